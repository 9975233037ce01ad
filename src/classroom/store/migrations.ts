/**
 * The tables, and how older ones become today's. Each step is done once, in order, in one transaction with its number.
 * `BIGINT` is what both databases understand; times are ms since the epoch.
 */
import { UserError } from '../../model/errors.ts';
import type { Database, Statements } from './database.ts';

/** A step: its statements, by dialect where they differ. */
type Step = readonly string[];

const steps = (dialect: Database['dialect']): readonly Step[] => [
  [
    `CREATE TABLE classes (
      id TEXT PRIMARY KEY, lesson_id TEXT NOT NULL, lesson TEXT NOT NULL, title TEXT NOT NULL, code TEXT NOT NULL,
      code_expires_at BIGINT, gate TEXT, started_at BIGINT NOT NULL, signing_key TEXT NOT NULL)`,
    `CREATE TABLE secrets (
      class TEXT NOT NULL REFERENCES classes (id), hash TEXT NOT NULL, made_at BIGINT NOT NULL, PRIMARY KEY (class, hash))`,
    `CREATE TABLE seats (
      seat TEXT PRIMARY KEY, class TEXT NOT NULL REFERENCES classes (id), name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
      joined_at BIGINT NOT NULL, removed_at BIGINT, hand_seen_at BIGINT NOT NULL, share_request TEXT, share_state TEXT)`,
    'CREATE INDEX seats_of_class ON seats (class)',
    `CREATE TABLE journals (
      n BIGINT PRIMARY KEY, class TEXT NOT NULL, seat TEXT NOT NULL REFERENCES seats (seat), id TEXT NOT NULL,
      lesson_hash TEXT NOT NULL, next BIGINT NOT NULL, head TEXT NOT NULL, first_received_at BIGINT NOT NULL,
      last_received_at BIGINT NOT NULL, UNIQUE (seat, id))`,
    'CREATE INDEX journals_of_class ON journals (class)',
    `CREATE TABLE reports (
      journal BIGINT NOT NULL REFERENCES journals (n), seq BIGINT NOT NULL, hash TEXT NOT NULL, event TEXT NOT NULL,
      received_at BIGINT NOT NULL, PRIMARY KEY (journal, seq))${dialect === 'sqlite' ? ' WITHOUT ROWID' : ''}`,
    `CREATE TABLE messages (
      id TEXT PRIMARY KEY, class TEXT NOT NULL REFERENCES classes (id), at BIGINT NOT NULL, kind TEXT NOT NULL, check_id TEXT,
      text TEXT NOT NULL)`,
    `CREATE TABLE message_seats (
      message TEXT NOT NULL REFERENCES messages (id), seat TEXT NOT NULL REFERENCES seats (seat), PRIMARY KEY (message, seat))`,
    // What of these is lost with the database is of no use after that.
    `CREATE ${dialect === 'postgres' ? 'UNLOGGED ' : ''}TABLE presence (
      process TEXT PRIMARY KEY, class TEXT NOT NULL, seats TEXT NOT NULL, seen_at BIGINT NOT NULL)`,
    `CREATE ${dialect === 'postgres' ? 'UNLOGGED ' : ''}TABLE screens (seat TEXT PRIMARY KEY, frame TEXT NOT NULL)`,
  ],
];

/** Any number that nobody else locks: several processes may start at once. */
const ADVISORY_LOCK = 5_640_511_093;

/**
 * Brings the tables to today's form.
 * @param database open.
 * @throws UserError `class-newer` when a newer Lockstep has made them, StoreTrouble.
 */
export async function migrate(database: Database): Promise<void> {
  const all = steps(database.dialect);
  await database.transaction(async (statements) => {
    if (database.dialect === 'postgres') await statements.run('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    await statements.run('CREATE TABLE IF NOT EXISTS lockstep_schema (version BIGINT PRIMARY KEY)');
    const version = await versionOf(statements);
    if (version > all.length) {
      throw new UserError('class-newer', "The class's database was made by a newer Lockstep.", {
        tries: ['Use that version, or another database.'],
      });
    }
    for (const [n, step] of all.entries()) {
      if (n < version) continue;
      for (const sql of step) await statements.run(sql);
      await statements.run('INSERT INTO lockstep_schema (version) VALUES ($1)', [n + 1]);
    }
  });
}

async function versionOf(statements: Statements): Promise<number> {
  const [row] = await statements.all('SELECT MAX(version) AS version FROM lockstep_schema');
  return Number(row?.['version'] ?? 0);
}
