/**
 * What a class server keeps: classes, seats, reports as they came, messages. It appends, reads, and tells other server
 * processes of the same class; what any of it means is computed elsewhere. Everything may throw a StoreTrouble.
 */
import type { ClassLesson, Message } from '../../classroom/protocol/learner-api.ts';
import { appendReports } from './append.ts';
import type { KnownJournals } from './append-known.ts';
import type { Append, Appended } from './appended.ts';
import { among, type Database, type Row, type Value } from './database.ts';
import { migrate } from './migrations.ts';
import { encodeNews, type StoreNews } from './news.ts';
import {
  type ClassRow,
  classRow,
  type JournalRow,
  journalRow,
  messageRow,
  type ReportRow,
  reportRow,
  type SeatRow,
  type SentMessage,
  type Share,
  seatRow,
} from './rows.ts';

/** What of a class can change. */
export type ClassChange = Partial<Pick<ClassRow, 'lesson' | 'title' | 'code' | 'codeExpiresAt' | 'gate'>>;
/** What of a seat can change. */
export type SeatChange = Partial<Pick<SeatRow, 'removedAt' | 'handSeenAt' | 'share'>>;

/** Reports of a journal from a number on. */
export interface WantedReports {
  readonly n: number;
  readonly from: number;
}

/** A class's store, open. */
export interface ClassStore {
  readonly dialect: Database['dialect'];
  /** The classes on a lesson, or on another of the same id; the newest first. */
  classesOn(lessonId: string): Promise<readonly ClassRow[]>;
  readClass(id: string): Promise<ClassRow | null>;
  addClass(row: ClassRow): Promise<void>;
  /** Adds a class where there is none on the lesson yet; false where there is. Of several that try at once, one does. */
  addFirstClass(row: ClassRow): Promise<boolean>;
  changeClass(id: string, change: ClassChange): Promise<void>;
  /** SHA-256 of every secret that opens the instructor's side, hex. */
  secrets(classId: string): Promise<readonly string[]>;
  addSecret(classId: string, hash: string, now: number): Promise<void>;
  /** Every secret but this one is worth nothing from now on. */
  dropOtherSecrets(classId: string, hash: string): Promise<void>;
  addSeat(classId: string, row: SeatRow): Promise<void>;
  /** All seats of a class, or those of a list. */
  seats(classId: string, of?: readonly string[]): Promise<readonly SeatRow[]>;
  seatByToken(classId: string, tokenHash: string): Promise<SeatRow | null>;
  changeSeat(classId: string, seat: string, change: SeatChange): Promise<void>;
  /** Null for what could not be kept now, though others were. */
  append(classId: string, batch: readonly Append[], now: number): Promise<readonly (Appended | null)[]>;
  /** The journals of a class, or of some of its seats. */
  journals(classId: string, of?: readonly string[]): Promise<readonly JournalRow[]>;
  /** Reports of one journal from a number on, in order. */
  reports(journal: number, from: number, most: number): Promise<readonly ReportRow[]>;
  /** Reports of several journals, each from a number on; by journal, in order. */
  reportsOf(wanted: readonly WantedReports[], most: number): Promise<readonly ReportRow[]>;
  /** Whether a journal has a report with this hash. */
  reportWithHash(journal: number, hash: string): Promise<boolean>;
  addMessage(classId: string, message: Message, seats: readonly string[]): Promise<void>;
  messages(classId: string): Promise<readonly SentMessage[]>;
  /** Says which seats this process has a stream open with. The time is the database's, which all processes share. */
  setPresence(classId: string, process: string, seats: readonly string[]): Promise<void>;
  /** The seats that other processes have, as of those that were heard of within so many ms. */
  presence(classId: string, exceptProcess: string, withinMs: number): Promise<readonly string[]>;
  dropPresence(process: string): Promise<void>;
  setScreen(classId: string, seat: string, frame: string): Promise<void>;
  screen(seat: string): Promise<string | null>;
  dropScreen(seat: string): Promise<void>;
  /** Tells the other processes. */
  tell(news: StoreNews): Promise<void>;
  listen(onText: (text: string) => void, onGap: () => void): Promise<void>;
  /** Whether the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Any number that nobody else locks, and another one than that of the tables. */
const FIRST_CLASS_LOCK = 5_640_511_094;

/**
 * Makes the tables ready and opens the store on them.
 * @param database open.
 * @param origin this process, so that it does not hear itself.
 * @throws UserError `class-newer`, StoreTrouble.
 */
export async function openClassStore(database: Database, origin: string): Promise<ClassStore> {
  await migrate(database);
  const list = async <T>(sql: string, values: readonly Value[], read: (row: Row) => T): Promise<T[]> =>
    (await database.all(sql, values)).map(read);
  const one = async <T>(sql: string, values: readonly Value[], read: (row: Row) => T): Promise<T | null> =>
    (await list(sql, values, read))[0] ?? null;
  const clock =
    database.dialect === 'postgres'
      ? '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT'
      : "CAST(strftime('%s', 'now') AS INTEGER) * 1000";
  const tell = (news: StoreNews): Promise<void> => tellAll(database, encodeNews(origin, news));
  const inClass = (table: string, classId: string, of: readonly string[] | undefined): [string, Value[]] =>
    of === undefined
      ? [`SELECT * FROM ${table} WHERE class = $1`, [classId]]
      : [`SELECT * FROM ${table} WHERE class = $1 AND seat ${among(database.dialect, 2)}`, [classId, JSON.stringify(of)]];
  const known: KnownJournals = new Map();
  return {
    dialect: database.dialect,
    classesOn: (lessonId) => list('SELECT * FROM classes WHERE lesson_id = $1 ORDER BY started_at DESC', [lessonId], classRow),
    readClass: (id) => one('SELECT * FROM classes WHERE id = $1', [id], classRow),
    addClass: (row) => database.insert('classes', CLASS_COLUMNS, [classValues(row)]),
    addFirstClass: (row) =>
      database.transaction(async (statements) => {
        // Whoever waits for it sees what was begun meanwhile.
        if (database.dialect === 'postgres') await statements.run('SELECT pg_advisory_xact_lock($1)', [FIRST_CLASS_LOCK]);
        const there = await statements.all('SELECT id FROM classes WHERE lesson_id = $1 LIMIT 1', [row.lesson.id]);
        if (there.length > 0) return false;
        await statements.insert('classes', CLASS_COLUMNS, [classValues(row)]);
        return true;
      }),
    async changeClass(id, change) {
      await update(database, 'classes', ['id', id], classChanges(change));
      await tell({ type: 'class', class: id });
    },
    secrets: (classId) => list('SELECT hash FROM secrets WHERE class = $1', [classId], (row) => String(row['hash'])),
    async addSecret(classId, hash, now) {
      const sql = 'INSERT INTO secrets (class, hash, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
      await database.run(sql, [classId, hash, now]);
      await tell({ type: 'class', class: classId });
    },
    async dropOtherSecrets(classId, hash) {
      await database.run('DELETE FROM secrets WHERE class = $1 AND hash <> $2', [classId, hash]);
      await tell({ type: 'class', class: classId });
    },
    async addSeat(classId, row) {
      await database.insert('seats', SEAT_COLUMNS, [seatValues(classId, row)]);
      await tell({ type: 'seats', class: classId, seats: [row.seat] });
    },
    seats: (classId, of) => list(...inClass('seats', classId, of), seatRow),
    seatByToken: (classId, hash) => one('SELECT * FROM seats WHERE class = $1 AND token_hash = $2', [classId, hash], seatRow),
    async changeSeat(classId, seat, change) {
      await update(database, 'seats', ['seat', seat], seatChanges(change));
      await tell({ type: 'seats', class: classId, seats: [seat] });
    },
    append: (classId, batch, now) => {
      const newsOf = (seats: readonly string[], begun: boolean): readonly string[] =>
        encodeNews(origin, { type: 'reports', class: classId, seats: [...seats], ...(begun ? {} : { known: true }) });
      return appendReports({ database, classId, known, newsOf }, batch, now);
    },
    journals: (classId, of) => list(...inClass('journals', classId, of), journalRow),
    reports: (journal, from, most) =>
      list('SELECT * FROM reports WHERE journal = $1 AND seq >= $2 ORDER BY seq LIMIT $3', [journal, from, most], reportRow),
    reportsOf: (wanted, most) => list(reportsOfSql(database.dialect), [JSON.stringify(wanted), most], reportRow),
    reportWithHash: async (journal, hash) =>
      (await database.all('SELECT seq FROM reports WHERE journal = $1 AND hash = $2', [journal, hash])).length > 0,
    async addMessage(classId, message, seats) {
      const { id, at, kind, check, text } = message;
      await database.transaction(async (statements) => {
        await statements.insert(
          'messages',
          ['id', 'class', 'at', 'kind', 'check_id', 'text'],
          [[id, classId, at, kind, check, text]],
        );
        await statements.insert(
          'message_seats',
          ['message', 'seat'],
          seats.map((seat) => [id, seat]),
        );
      });
      await tell({ type: 'messages', class: classId });
    },
    messages: (classId) => readMessages(database, classId),
    async setPresence(classId, process, seats) {
      await database.run(
        `INSERT INTO presence (process, class, seats, seen_at) VALUES ($1, $2, $3, ${clock})
         ON CONFLICT (process) DO UPDATE SET seats = excluded.seats, seen_at = excluded.seen_at`,
        [process, classId, JSON.stringify(seats)],
      );
      await tell({ type: 'presence', class: classId });
    },
    async presence(classId, except, within) {
      const sql = `SELECT seats FROM presence WHERE class = $1 AND process <> $2 AND seen_at >= ${clock} - $3`;
      return (await list(sql, [classId, except, within], (row) => JSON.parse(String(row['seats'])) as string[])).flat();
    },
    dropPresence: (process) => database.run('DELETE FROM presence WHERE process = $1', [process]),
    async setScreen(classId, seat, frame) {
      await database.run(
        'INSERT INTO screens (seat, frame) VALUES ($1, $2) ON CONFLICT (seat) DO UPDATE SET frame = excluded.frame',
        [seat, frame],
      );
      await tell({ type: 'screen', class: classId, seat });
    },
    screen: (seat) => one('SELECT frame FROM screens WHERE seat = $1', [seat], (row) => String(row['frame'])),
    dropScreen: (seat) => database.run('DELETE FROM screens WHERE seat = $1', [seat]),
    tell,
    listen: (onText, onGap) => database.listen(onText, onGap),
    ping: async () => {
      await database.all('SELECT 1 AS one');
    },
    close: () => database.close(),
  };
}

/**
 * Each journal is looked up by itself. PostgreSQL does not know how many journals there are in a list and how few of
 * their reports are wanted: left to itself it may read all reports of all classes for each question, the longer the
 * class lasts the more. A limit inside leaves it no other way than the index, once for each journal.
 */
function reportsOfSql(dialect: Database['dialect']): string {
  const found =
    dialect === 'postgres'
      ? `json_to_recordset($1::text::json) AS w(n BIGINT, "from" BIGINT) CROSS JOIN LATERAL
         (SELECT * FROM reports WHERE journal = w.n AND seq >= w."from" ORDER BY seq LIMIT $2) AS r`
      : `(SELECT json_extract(value, '$.n') AS n, json_extract(value, '$.from') AS "from" FROM json_each($1)) AS w
         JOIN reports r ON r.journal = w.n AND r.seq >= w."from"`;
  return `SELECT r.* FROM ${found} ORDER BY r.journal, r.seq LIMIT $2`;
}

async function tellAll(database: Database, texts: readonly string[]): Promise<void> {
  for (const text of texts) await database.tell(text);
}

async function readMessages(database: Database, classId: string): Promise<SentMessage[]> {
  const messages = await database.all('SELECT * FROM messages WHERE class = $1 ORDER BY at, id', [classId]);
  const pairs = await database.all(
    'SELECT m.message AS message, m.seat AS seat FROM message_seats m JOIN messages o ON o.id = m.message WHERE o.class = $1',
    [classId],
  );
  const seats = new Map<string, string[]>();
  for (const pair of pairs) {
    const id = String(pair['message']);
    const own = seats.get(id);
    if (own) own.push(String(pair['seat']));
    else seats.set(id, [String(pair['seat'])]);
  }
  return messages.map(messageRow).map((message) => ({ message, seats: seats.get(message.id) ?? [] }));
}

const CLASS_COLUMNS = ['id', 'lesson_id', 'lesson', 'title', 'code', 'code_expires_at', 'gate', 'started_at', 'signing_key'];

function classValues(row: ClassRow): Value[] {
  const { id, lesson, title, code, codeExpiresAt, gate, startedAt, signingKey } = row;
  return [id, lesson.id, JSON.stringify(lesson), title, code, codeExpiresAt, gate, startedAt, signingKey];
}

function classChanges({ lesson, title, code, codeExpiresAt, gate }: ClassChange): Record<string, Value | undefined> {
  const text: ClassLesson | string | undefined = lesson === undefined ? undefined : JSON.stringify(lesson);
  return { lesson: text, title, code, code_expires_at: codeExpiresAt, gate };
}

const SEAT_COLUMNS = [
  'seat',
  'class',
  'name',
  'token_hash',
  'joined_at',
  'removed_at',
  'hand_seen_at',
  'share_request',
  'share_state',
];

function seatValues(classId: string, row: SeatRow): Value[] {
  const { seat, name, tokenHash, joinedAt, removedAt, handSeenAt, share } = row;
  return [seat, classId, name, tokenHash, joinedAt, removedAt, handSeenAt, share?.request ?? null, share?.state ?? null];
}

function seatChanges({ removedAt, handSeenAt, share }: SeatChange): Record<string, Value | undefined> {
  const sharing = (value: Share | null): Record<string, Value> => ({
    share_request: value?.request ?? null,
    share_state: value?.state ?? null,
  });
  return { removed_at: removedAt, hand_seen_at: handSeenAt, ...(share === undefined ? {} : sharing(share)) };
}

async function update(
  database: Database,
  table: string,
  [key, id]: readonly [string, string],
  changes: Readonly<Record<string, Value | undefined>>,
): Promise<void> {
  const given = Object.entries(changes).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  if (given.length === 0) return;
  const sets = given.map(([column], n) => `${column} = $${n + 2}`).join(', ');
  await database.run(`UPDATE ${table} SET ${sets} WHERE ${key} = $1`, [id, ...given.map(([, value]) => value)]);
}
