/**
 * The way that almost all reports take on a server far away: they go on exactly where their journal ended when this
 * process last saw it. One statement keeps all of them, on the condition that the database says the same; a process that
 * is wrong about a journal changes nothing of it. Whatever else may be about a batch is the longer way's (`append.ts`).
 */
import type { Report } from '../../classroom/protocol/report.ts';
import type { Append, Appended } from './appended.ts';
import type { Database } from './database.ts';
import type { JournalRow } from './rows.ts';

/** Journals as this process saw them last, by seat and id. */
export type KnownJournals = Map<string, JournalRow>;

/** A journal's name among all. */
export const keyOf = (seat: string, journal: string): string => `${seat} ${journal}`;

/**
 * In one order for all processes, so that two of them never wait for each other. What another process has changed
 * meanwhile is looked at as it is now, and then does not fit.
 */
const APPEND = `
  WITH wanted AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::text::json) AS w(n BIGINT, "from" BIGINT, next BIGINT, head TEXT)
  ), locked AS MATERIALIZED (
    SELECT j.n FROM journals j WHERE j.n IN (SELECT n FROM wanted) ORDER BY j.n FOR NO KEY UPDATE
  ), grown AS (
    UPDATE journals j SET next = w.next, head = w.head, last_received_at = $3
    FROM wanted w JOIN locked l ON l.n = w.n WHERE j.n = w.n AND j.next = w."from"
    RETURNING j.n
  ), added AS (
    INSERT INTO reports (journal, seq, hash, event, received_at)
    SELECT r.n, r.seq, r.hash, r.event, $3
    FROM json_to_recordset($2::text::json) AS r(n BIGINT, seq BIGINT, hash TEXT, event TEXT) JOIN grown g ON g.n = r.n
  ), told AS (
    SELECT COUNT(pg_notify('lockstep_class', text)) AS count FROM json_array_elements_text($4::text::json) AS t(text)
  )
  SELECT grown.n AS n FROM grown, told`;

interface Growing {
  readonly at: number;
  readonly key: string;
  readonly reports: readonly Report[];
  readonly row: JournalRow;
}

/**
 * Keeps what goes on where its journal ended.
 * @param database PostgreSQL.
 * @param known what this process knows; brought up to date.
 * @param batch in the order they came.
 * @param now by the server's clock.
 * @param newsOf what the other processes are to be told of these seats.
 * @returns for each of the batch what came of it; null where it has to go the longer way.
 * @throws StoreTrouble; then nothing of it counts.
 */
export async function appendKnown(
  database: Database,
  known: KnownJournals,
  batch: readonly Append[],
  now: number,
  newsOf: (seats: readonly string[]) => readonly string[],
): Promise<(Appended | null)[]> {
  const outcomes: (Appended | null)[] = batch.map(() => null);
  const growing = whatGrows(known, batch, now);
  if (growing.length === 0) return outcomes;
  const wanted = growing.map(({ row, reports }) => ({ n: row.n, from: reports[0]?.seq, next: row.next, head: row.head }));
  const added = growing.flatMap(({ row, reports }) =>
    reports.map(({ seq, hash, event }) => ({ n: row.n, seq, hash, event: JSON.stringify(event) })),
  );
  const texts = newsOf([...new Set(growing.map(({ row }) => row.seat))]);
  const grown = await database.all(APPEND, [JSON.stringify(wanted), JSON.stringify(added), now, JSON.stringify(texts)]);
  const numbers = new Set(grown.map((row) => Number(row['n'])));
  for (const { at, key, row, reports } of growing) {
    if (numbers.has(row.n)) {
      known.set(key, row);
      outcomes[at] = { plan: { type: 'fits', add: reports, next: row.next }, journal: row };
    } else known.delete(key);
  }
  return outcomes;
}

/** Each journal once: a second batch of the same one waits for what comes of the first. */
function whatGrows(known: KnownJournals, batch: readonly Append[], now: number): Growing[] {
  const growing = new Map<string, Growing>();
  for (const [at, { seat, journal, reports }] of batch.entries()) {
    const key = keyOf(seat, journal);
    const row = known.get(key);
    const last = reports.at(-1);
    if (row === undefined || last === undefined || growing.has(key) || !follows(row.next, reports)) continue;
    growing.set(key, {
      at,
      key,
      reports,
      row: { ...row, next: row.next + reports.length, head: last.hash, lastReceivedAt: now },
    });
  }
  return [...growing.values()];
}

const follows = (next: number, reports: readonly Report[]): boolean => reports.every(({ seq }, n) => seq === next + n);
