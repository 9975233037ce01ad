/**
 * Takes reports of many seats in one transaction: with it, all of them are on the disk at the price of one. A batch that
 * does not fit what is known of its journal is refused alone, the others count.
 */
import { randomInt } from 'node:crypto';
import { appendKnown, type KnownJournals, keyOf } from './append-known.ts';
import type { Append, Appended } from './appended.ts';
import { among, type Database, type Row, type Statements, StoreTrouble, type Value } from './database.ts';
import { type AppendPlan, type KnownJournal, planAppend } from './plan-append.ts';
import { type JournalRow, journalRow } from './rows.ts';

/** Journals that one seat may begin: each start afresh and each kind of host has its own. */
const MOST_JOURNALS = 200;
/** Lines of one journal; a workshop's has some hundreds. */
const MOST_REPORTS = 100_000;

/** Where reports are appended to. */
export interface AppendPlace {
  readonly database: Database;
  /** The class of all the seats. */
  readonly classId: string;
  /** What this process knows of journals, for a database that is far away; brought up to date. */
  readonly known: KnownJournals;
  /** What other processes are to be told of seats that have something new; `begun`: maybe in a journal they do not know. */
  readonly newsOf: (seats: readonly string[], begun: boolean) => readonly string[];
}

/**
 * Appends.
 * @param place where to.
 * @param batch in the order they came.
 * @param now by the server's clock.
 * @returns what came of each; null where it could not be kept now, though others were.
 * @throws StoreTrouble; then nothing of the whole batch counts.
 */
export async function appendReports(
  place: AppendPlace,
  batch: readonly Append[],
  now: number,
): Promise<readonly (Appended | null)[]> {
  if (place.database.dialect === 'sqlite') return appendAll(place, batch, now);
  const { database, known, newsOf } = place;
  const outcomes = await appendKnown(database, known, batch, now, (seats) => newsOf(seats, false));
  const places = [...outcomes.keys()].filter((at) => outcomes[at] === null);
  const rest = batch.filter((_, at) => outcomes[at] === null);
  if (rest.length === 0) return outcomes;
  try {
    for (const [n, outcome] of (await appendAll(place, rest, now)).entries()) {
      outcomes[places[n] ?? 0] = outcome;
      const { seat, journal } = rest[n] ?? { seat: '', journal: '' };
      if (outcome.journal !== null) known.set(keyOf(seat, journal), outcome.journal);
    }
  } catch (trouble) {
    // What is kept already has to be answered as kept.
    if (!(trouble instanceof StoreTrouble) || rest.length === batch.length) throw trouble;
  }
  return outcomes;
}

/** Whatever a batch may hold, in one transaction. */
async function appendAll({ database, classId, newsOf }: AppendPlace, batch: readonly Append[], now: number): Promise<Appended[]> {
  return database.transaction(async (statements) => {
    const seats = [...new Set(batch.map(({ seat }) => seat))].sort();
    const round = new Round(await lockJournals(database, statements, seats), now);
    const outcomes: Appended[] = [];
    for (const item of batch) outcomes.push(await round.take(statements, item));
    await round.write(database.dialect, statements, classId);
    const heard = round.heard();
    if (heard.length > 0 && database.dialect === 'postgres') {
      const rows = newsOf(heard, true).map((text) => ['lockstep_class', text]);
      await statements.runEach('SELECT pg_notify($1, $2)', rows);
    }
    return outcomes;
  });
}

/** One transaction's worth: what is known of its seats' journals, and what it adds to them. */
class Round {
  readonly #journals: Map<string, JournalRow>;
  readonly #now: number;
  readonly #count = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #changed = new Map<string, JournalRow>();
  readonly #added: Value[][] = [];
  /** Hashes of what comes within this very round, by journal and number. */
  readonly #fresh = new Map<string, Map<number, string>>();

  constructor(journals: Map<string, JournalRow>, now: number) {
    this.#journals = journals;
    this.#now = now;
    for (const { seat } of journals.values()) this.#countOne(seat);
  }

  async take(statements: Statements, item: Append): Promise<Appended> {
    const key = keyOf(item.seat, item.journal);
    const row = this.#journals.get(key) ?? null;
    if (row === null && (this.#count.get(item.seat) ?? 0) >= MOST_JOURNALS) return { plan: { type: 'too-many' }, journal: null };
    const known = await knownOf(statements, item, row, this.#fresh.get(key));
    const plan = tooLong(planAppend(known, item.reports));
    return { plan, journal: plan.type === 'fits' ? this.#grow(key, item, row, plan) : row };
  }

  /** The seats that have something new. */
  heard(): readonly string[] {
    return [...new Set([...this.#changed.values()].map(({ seat }) => seat))];
  }

  async write(dialect: Database['dialect'], statements: Statements, classId: string): Promise<void> {
    const of = (begun: boolean): readonly JournalRow[] =>
      [...this.#changed].filter(([key]) => this.#begun.has(key) === begun).map(([, row]) => row);
    await statements.insert(
      'journals',
      JOURNAL_COLUMNS,
      of(true).map((row) => journalValues(row, classId)),
    );
    await growKnown(dialect, statements, of(false));
    await statements.insert('reports', ['journal', 'seq', 'hash', 'event', 'received_at'], this.#added);
  }

  #grow(key: string, item: Append, row: JournalRow | null, plan: Extract<AppendPlan, { type: 'fits' }>): JournalRow | null {
    const last = plan.add.at(-1);
    if (last === undefined) return row;
    const grown = { ...(row ?? begin(item, this.#now)), next: plan.next, head: last.hash, lastReceivedAt: this.#now };
    if (row === null) {
      this.#begun.add(key);
      this.#countOne(item.seat);
    }
    this.#journals.set(key, grown);
    this.#changed.set(key, grown);
    const fresh = this.#fresh.get(key) ?? new Map<number, string>();
    for (const { seq, hash, event } of plan.add) {
      fresh.set(seq, hash);
      this.#added.push([grown.n, seq, hash, JSON.stringify(event), this.#now]);
    }
    this.#fresh.set(key, fresh);
    return grown;
  }

  #countOne(seat: string): void {
    this.#count.set(seat, (this.#count.get(seat) ?? 0) + 1);
  }
}

/** Journals that grew. A server far away is asked once for all of them. */
async function growKnown(dialect: Database['dialect'], statements: Statements, rows: readonly JournalRow[]): Promise<void> {
  if (dialect === 'sqlite') {
    await statements.runEach(
      'UPDATE journals SET next = $2, head = $3, last_received_at = $4 WHERE n = $1',
      rows.map(({ n, next, head, lastReceivedAt }) => [n, next, head, lastReceivedAt]),
    );
  } else if (rows.length > 0) {
    const list = rows.map(({ n, next, head, lastReceivedAt: at }) => ({ n, next, head, at }));
    await statements.run(
      `UPDATE journals SET next = grown.next, head = grown.head, last_received_at = grown.at
       FROM json_to_recordset($1::text::json) AS grown(n bigint, next bigint, head text, at bigint)
       WHERE journals.n = grown.n`,
      [JSON.stringify(list)],
    );
  }
}

function begin({ seat, journal, lessonHash }: Append, now: number): JournalRow {
  const n = randomInt(2 ** 47);
  return { n, seat, id: journal, lessonHash, next: 0, head: journal, firstReceivedAt: now, lastReceivedAt: now };
}

function tooLong(plan: AppendPlan): Appended['plan'] {
  return plan.type === 'fits' && plan.next > MOST_REPORTS ? { type: 'too-many' } : plan;
}

/** Two processes may hear of the same seat at once: its row is what they take turns by, in one order for all. */
async function lockJournals(
  { dialect }: Database,
  statements: Statements,
  seats: readonly string[],
): Promise<Map<string, JournalRow>> {
  const list = JSON.stringify(seats);
  if (dialect === 'postgres') {
    await statements.all(`SELECT seat FROM seats WHERE seat ${among(dialect, 1)} ORDER BY seat FOR UPDATE`, [list]);
  }
  // The short way takes no seat's row, but the journal's.
  const locking = dialect === 'postgres' ? ' ORDER BY n FOR NO KEY UPDATE' : '';
  const rows = await statements.all(`SELECT * FROM journals WHERE seat ${among(dialect, 1)}${locking}`, [list]);
  return new Map(rows.map(journalRow).map((row) => [keyOf(row.seat, row.id), row]));
}

async function knownOf(
  statements: Statements,
  { reports }: Append,
  row: JournalRow | null,
  fresh: ReadonlyMap<number, string> | undefined,
): Promise<KnownJournal> {
  if (row === null) return { next: 0, hashes: new Map() };
  const first = reports[0]?.seq ?? 0;
  if (first >= row.next) return { next: row.next, hashes: new Map() };
  const kept: readonly Row[] = await statements.all(
    'SELECT seq, hash FROM reports WHERE journal = $1 AND seq >= $2 AND seq < $3',
    [row.n, first, first + reports.length],
  );
  const hashes = new Map(kept.map((one) => [Number(one['seq']), String(one['hash'])]));
  for (const [seq, hash] of fresh ?? []) hashes.set(seq, hash);
  return { next: row.next, hashes };
}

const JOURNAL_COLUMNS = ['n', 'class', 'seat', 'id', 'lesson_hash', 'next', 'head', 'first_received_at', 'last_received_at'];

function journalValues(row: JournalRow, classId: string): Value[] {
  return [row.n, classId, row.seat, row.id, row.lessonHash, row.next, row.head, row.firstReceivedAt, row.lastReceivedAt];
}
