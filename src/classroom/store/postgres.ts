/** PostgreSQL, where several server processes serve one class. They tell each other what changed by LISTEN and NOTIFY. */
import pg from 'pg';
import { messageOf } from '../../model/errors.ts';
import { type Database, type Row, type Statements, StoreTrouble, storable, type Value } from './database.ts';
import { listenTo } from './postgres-listener.ts';

/** Connections of one process: reports are written by one at a time, everything else is rare. */
const CONNECTIONS = 6;
const CHANNEL = 'lockstep_class';
/** PostgreSQL takes at most this many values in one statement. */
const MOST_VALUES = 65_000;
/** How long a connection may take to be made, milliseconds. */
const CONNECT_MS = 10_000;
const BIGINT: number = pg.types.builtins.INT8;

/** Of the two formats the driver names we ask for text only, and its type of the built-in parsers knows no other. */
type TypeParsers = typeof pg.types.getTypeParser;

/** What statements go to: a connection, or any of several. */
type Asked = Pick<pg.Pool, 'query'>;

/**
 * Opens a connection pool.
 * @param address `postgres://…`, as libpq has it.
 * @param onNotice told of what goes wrong between statements.
 */
export function openPostgres(address: string, onNotice: (sentence: string) => void): Database {
  const settings: pg.ClientConfig = {
    connectionString: address,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    // Everything we count fits into a number.
    types: { getTypeParser: ((oid, format) => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format))) as TypeParsers },
  };
  const pool = new pg.Pool({ ...settings, max: CONNECTIONS });
  const tellOf = (error: Error): void => onNotice(messageOf(error));
  // A connection that is lost while nobody uses it is nobody's failure: the next statement gets another one.
  pool.on('error', tellOf);
  pool.on('connect', (client) => client.on('notice', ({ message }) => onNotice(String(message))));
  const stops: (() => Promise<void>)[] = [];
  return {
    dialect: 'postgres',
    ...statementsOn(pool),
    transaction: (work) => inTransaction(pool, tellOf, work),
    tell: async (text) => {
      await asked(() => pool.query('SELECT pg_notify($1, $2)', [CHANNEL, text]));
    },
    listen: async (onText, onGap) => {
      stops.push(await asked(() => listenTo(() => new pg.Client(settings), CHANNEL, { onText, onGap, onNotice })));
    },
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await pool.end();
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  tellOf: (error: Error) => void,
  work: (statements: Statements) => Promise<T>,
): Promise<T> {
  const client = await asked(() => pool.connect());
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost = error;
    tellOf(error);
  };
  client.on('error', lose);
  try {
    await asked(() => client.query('BEGIN'));
    const result = await work(statementsOn(client));
    await asked(() => client.query('COMMIT'));
    return result;
  } catch (error) {
    // With the connection the transaction is gone as well; one that cannot be taken back must not be used again.
    if (lost === undefined) await client.query('ROLLBACK').catch((cause: Error) => (lost = cause));
    throw error;
  } finally {
    client.off('error', lose);
    client.release(lost);
  }
}

/** Names under which connections keep statements they have seen. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text) ?? `lockstep_${names.size}`;
  names.set(text, known);
  return known;
}

function statementsOn(on: Asked): Statements {
  const ask = async (text: string, values: readonly Value[]): Promise<readonly Row[]> =>
    (await asked(() => on.query<Row>({ name: nameOf(text), text, values: values.map(storable) }))).rows;
  return {
    all: (text, values = []) => ask(text, values),
    run: async (text, values = []) => {
      await ask(text, values);
    },
    runEach: async (text, rows) => {
      for (const values of rows) await ask(text, values);
    },
    insert: (table, columns, rows) => insertRows(on, table, columns, rows),
  };
}

async function insertRows(
  on: Asked,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const most = Math.floor(MOST_VALUES / columns.length);
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most);
    const places = some.map((_, n) => `(${columns.map((__, at) => `$${n * columns.length + at + 1}`).join(', ')})`);
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places.join(', ')}`;
    await asked(() => on.query(text, some.flat().map(storable)));
  }
}

/** What the driver throws is the database's trouble. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StoreTrouble(messageOf(cause), { cause });
  }
}
