/**
 * SQLite inside this process. A write-ahead log that is synced with every commit: what was acknowledged survives the
 * process and the machine going down. The driver is synchronous; transactions take turns, so none sees half of another.
 */
import SqliteDatabase from 'libsql';
import { messageOf } from '../../model/errors.ts';
import { type Database, inTurn, type Row, type Statements, StoreTrouble, storable, type Value } from './database.ts';

/** Another program (an export, a backup) may hold the file this long before it counts as trouble, ms. */
const BUSY_MS = 5000;

type Prepared = SqliteDatabase.Statement<unknown[]>;

/**
 * Opens a database file; it is made where there is none.
 * @param path the file.
 * @throws StoreTrouble where it cannot be opened.
 */
export function openSqlite(path: string): Database {
  const file = attempt(() => {
    const opened = new SqliteDatabase(path);
    opened.pragma('journal_mode = WAL');
    opened.pragma('synchronous = FULL');
    opened.pragma(`busy_timeout = ${BUSY_MS}`);
    return opened;
  });
  const statements = statementsOn(file);
  const turn = inTurn();
  const between = <A extends readonly unknown[], T>(method: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => turn(() => method(...args));
  };
  let closed = false;
  return {
    dialect: 'sqlite',
    all: between(statements.all),
    run: between(statements.run),
    runEach: between(statements.runEach),
    insert: between(statements.insert),
    transaction: (work) => turn(() => inTransaction(file, () => work(statements))),
    // One process has the file: there is nobody else to tell.
    tell: async () => {},
    listen: async () => {},
    close: () =>
      turn(async () => {
        if (closed) return;
        closed = true;
        // Whoever copies the file afterwards has everything in it.
        attempt(() => file.pragma('wal_checkpoint(TRUNCATE)'));
        attempt(() => file.close());
      }),
  };
}

async function inTransaction<T>(file: SqliteDatabase.Database, work: () => Promise<T>): Promise<T> {
  attempt(() => file.exec('BEGIN IMMEDIATE'));
  try {
    const result = await work();
    attempt(() => file.exec('COMMIT'));
    return result;
  } catch (error) {
    try {
      if (file.inTransaction) file.exec('ROLLBACK');
    } catch {
      // A full disk has rolled it back already.
    }
    throw error;
  }
}

function statementsOn(file: SqliteDatabase.Database): Statements {
  const prepared = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = file.prepare<unknown[]>(sql.replace(/\$(\d+)/g, '?$1'));
    prepared.set(sql, made);
    return made;
  };
  return {
    all: async (sql, values = []) => attempt(() => prepare(sql).all(...values.map(storable)) as Row[]),
    run: async (sql, values = []) => {
      attempt(() => prepare(sql).run(...values.map(storable)));
    },
    runEach: async (sql, rows) => {
      attempt(() => {
        for (const values of rows) prepare(sql).run(...values.map(storable));
      });
    },
    insert: async (table, columns, rows) => {
      const places = columns.map((_, n) => `$${n + 1}`).join(', ');
      attempt(() => {
        const statement = prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
        for (const values of rows) statement.run(...values.map((value: Value) => storable(value)));
      });
    },
  };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new StoreTrouble(messageOf(cause), { cause });
  }
}
