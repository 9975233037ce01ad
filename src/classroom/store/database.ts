/**
 * The little that the class store wants of a database. SQL is written once, with `$1`, `$2` for what is filled in; the
 * two drivers turn it into their own. Whatever a database has against a statement becomes a StoreTrouble.
 */

/** What can be filled in. */
export type Value = string | number | null;

/** One row as it comes: column names as written in the statement. */
export type Row = Readonly<Record<string, Value>>;

/** Statements, one after the other; inside a transaction all or none of them count. */
export interface Statements {
  all(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  run(sql: string, values?: readonly Value[]): Promise<void>;
  /** The same statement for every row of values, in order. */
  runEach(sql: string, rows: readonly (readonly Value[])[]): Promise<void>;
  /** Adds rows to a table. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<void>;
}

/** An open database. */
export interface Database extends Statements {
  readonly dialect: 'sqlite' | 'postgres';
  /** Runs `work` in a transaction of its own; what it throws takes everything back. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  /** Tells every process that listens, this one included, once everything before it counts. At most 7,000 bytes. */
  tell(text: string): Promise<void>;
  /**
   * Hears what other processes tell.
   * @param onText one telling.
   * @param onGap some may have been missed: everything has to be looked at again.
   */
  listen(onText: (text: string) => void, onGap: () => void): Promise<void>;
  close(): Promise<void>;
}

/** The database could not do it now: full, gone, or out of order. Nothing of the statement or transaction counts. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
}

/** Databases end a text at the character that is none; nobody writes it by hand. */
export function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}

/**
 * `IN …` for a list of texts that is filled in as one JSON array, so that the statement is the same for every length
 * (as text first: the driver would encode what is asked for as JSON once more).
 * @param dialect the database's.
 * @param place which of the values it is, from 1.
 */
export function among(dialect: Database['dialect'], place: number): string {
  return dialect === 'sqlite'
    ? `IN (SELECT value FROM json_each($${place}))`
    : `IN (SELECT json_array_elements_text($${place}::text::json))`;
}

/** Runs one piece of work after the other. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}
