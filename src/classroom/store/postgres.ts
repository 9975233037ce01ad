/** PostgreSQL, where several server processes serve one class. They tell each other what changed by LISTEN and NOTIFY. */
import postgres from 'postgres';
import { messageOf, UserError } from '../../model/errors.ts';
import { type Database, type Row, type Statements, StoreTrouble, storable, type Value } from './database.ts';

/** Connections of one process: reports are written by one at a time, everything else is rare. */
const CONNECTIONS = 6;
const CHANNEL = 'lockstep_class';
/** PostgreSQL takes at most this many values in one statement. */
const MOST_VALUES = 65_000;

/**
 * Opens a connection pool.
 * @param address `postgres://…`, as libpq has it.
 * @param onNotice told of what goes wrong between statements.
 */
export function openPostgres(address: string, onNotice: (sentence: string) => void): Database {
  const { url, host } = withoutHostParameter(address);
  const sql = postgres(url, {
    ...(host === null ? {} : { host }),
    max: CONNECTIONS,
    connect_timeout: 10,
    onnotice: ({ message }) => onNotice(String(message)),
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  });
  return {
    dialect: 'postgres',
    ...statementsOn(sql),
    transaction: (work) => attempt(async () => (await sql.begin((own) => work(statementsOn(own)))) as never),
    tell: (text) =>
      attempt(async () => {
        await sql.notify(CHANNEL, text);
      }),
    listen: (onText, onGap) => listen(sql, onText, onGap),
    close: () => sql.end({ timeout: 5 }),
  };
}

/** `?host=/FOLDER` is how libpq names a Unix socket; the driver wants it apart. */
function withoutHostParameter(address: string): { readonly url: string; readonly host: string | null } {
  const url = new URL(address);
  const host = url.searchParams.get('host');
  url.searchParams.delete('host');
  return { url: url.href, host };
}

/** The driver takes up listening again by itself after the connection was lost; what was told meanwhile is missing. */
async function listen(sql: postgres.Sql, onText: (text: string) => void, onGap: () => void): Promise<void> {
  let first = true;
  await attempt(() =>
    sql.listen(CHANNEL, onText, () => {
      if (!first) onGap();
      first = false;
    }),
  );
}

function statementsOn(sql: postgres.ISql): Statements {
  const ask = async (text: string, values: readonly Value[]): Promise<readonly Row[]> =>
    (await sql.unsafe(text, values.map(storable), { prepare: true })) as unknown as readonly Row[];
  return {
    all: (text, values = []) => attempt(() => ask(text, values)),
    run: (text, values = []) =>
      attempt(async () => {
        await ask(text, values);
      }),
    // All are on their way before the first one is answered.
    runEach: (text, rows) =>
      attempt(async () => {
        await Promise.all(rows.map((values) => ask(text, values)));
      }),
    insert: (table, columns, rows) => attempt(() => insertRows(sql, table, columns, rows)),
  };
}

async function insertRows(
  sql: postgres.ISql,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const most = Math.floor(MOST_VALUES / columns.length);
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most);
    const places = some.map((_, n) => `(${columns.map((__, at) => `$${n * columns.length + at + 1}`).join(', ')})`);
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places.join(', ')}`;
    await sql.unsafe(text, some.flat().map(storable));
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // What the work itself threw is its own affair; what the driver threw is the database's.
    if (cause instanceof StoreTrouble || !isDrivers(cause)) throw cause;
    throw new StoreTrouble(messageOf(cause), { cause });
  }
}

function isDrivers(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !(error instanceof UserError);
}
