/** What one server reads of the other's reports costs what is new, not what there is. */
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type ClassStore, openClassStore } from '../../src/classroom/store/class-store.ts';
import type { Database } from '../../src/classroom/store/database.ts';
import { openDatabase } from '../../src/classroom/store/open-database.ts';
import { disposeDatabases, newDatabase } from '../support/class/open-class.ts';

const JOURNALS = 200;

afterAll(disposeDatabases);

async function classOfSize(database: Database): Promise<void> {
  await database.run(
    "INSERT INTO classes (id, lesson_id, lesson, title, code, started_at, signing_key) VALUES ('c', 'l', '{}', '', '', 0, '')",
  );
  await database.run(
    "INSERT INTO seats (seat, class, name, token_hash, joined_at, hand_seen_at) SELECT 's' || n, 'c', '', 't' || n, 0, 0 FROM generate_series(1, $1::bigint) n",
    [JOURNALS],
  );
  await database.run(
    "INSERT INTO journals (n, class, seat, id, lesson_hash, next, head, first_received_at, last_received_at) SELECT n, 'c', 's' || n, 'j' || n, '', 0, '', 0, 0 FROM generate_series(1, $1::bigint) n",
    [JOURNALS],
  );
}

/** So many further reports of every journal. */
async function addReports(database: Database, from: number, to: number): Promise<void> {
  await database.run(
    `INSERT INTO reports (journal, seq, hash, event, received_at)
     SELECT n, seq, '', '{"type":"journal-begun","at":0}', 0 FROM generate_series(1, $1::bigint) n, generate_series($2::bigint, $3::bigint) seq`,
    [JOURNALS, from, to],
  );
}

/** Reads the last report of every third journal, as a server that was told of them does. */
async function readNewest(store: ClassStore, last: number): Promise<number> {
  const wanted = Array.from({ length: Math.floor(JOURNALS / 3) }, (_, n) => ({ n: 3 * n + 1, from: last }));
  const reports = await store.reportsOf(wanted, 5000);
  expect(reports.map(({ journal, seq }) => ({ n: journal, from: seq }))).toEqual(wanted);
  return reports.length;
}

test('reading on touches the new reports alone, also by a plan that was made when there were few', async () => {
  const database = await openDatabase(await newDatabase('postgres'), () => {});
  onTestFinished(() => database.close());
  await openClassStore(database, 'one');
  await classOfSize(database);
  await addReports(database, 0, 19);
  const [read, touched] = await database.transaction(async (statements) => {
    const store = await openClassStore({ ...database, ...statements, transaction: (work) => work(statements) }, 'two');
    const counted = async (): Promise<number> => {
      // Rows of a scan of the table, and entries of its index.
      const [row] = await statements.all(
        "SELECT pg_stat_get_xact_tuples_returned('reports'::regclass) + pg_stat_get_xact_tuples_returned('reports_pkey'::regclass) AS touched",
      );
      return Number(row?.['touched']);
    };
    // From the sixth time on PostgreSQL keeps the plan it has made.
    for (let n = 0; n < 8; n += 1) await readNewest(store, 19);
    const before = await counted();
    return [await readNewest(store, 19), (await counted()) - before];
  });
  expect(touched).toBeGreaterThan(0);
  expect(touched).toBeLessThanOrEqual(2 * read);
});
