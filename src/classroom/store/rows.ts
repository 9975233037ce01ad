/** The rows of a class's store as types, and how they are read. */
import { type ClassLesson, classLesson, type Message, message } from '../../classroom/protocol/learner-api.ts';
import type { Report, ReportedEvent } from '../../classroom/protocol/report.ts';
import type { Row, Value } from './database.ts';

/** A class. Times: ms since the epoch by the server's clock. */
export interface ClassRow {
  readonly id: string;
  readonly lesson: ClassLesson;
  readonly title: string;
  readonly code: string;
  readonly codeExpiresAt: number | null;
  /** Id of the section that is held. */
  readonly gate: string | null;
  readonly startedAt: number;
  /** Ed25519 private key, PKCS #8 in PEM. */
  readonly signingKey: string;
}

/** What an instructor has asked of a seat's screen. */
export interface Share {
  readonly request: string;
  readonly state: 'asked' | 'yes' | 'refused';
}

/** A place in a class. */
export interface SeatRow {
  readonly seat: string;
  readonly name: string;
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  readonly joinedAt: number;
  readonly removedAt: number | null;
  readonly handSeenAt: number;
  readonly share: Share | null;
}

/** A journal of a seat, and how far it is known. */
export interface JournalRow {
  readonly n: number;
  readonly seat: string;
  readonly id: string;
  readonly lessonHash: string;
  /** Number of the next report wanted. */
  readonly next: number;
  /** Hash of the newest report. */
  readonly head: string;
  readonly firstReceivedAt: number;
  readonly lastReceivedAt: number;
}

/** A report as it is kept. */
export interface ReportRow extends Report {
  readonly journal: number;
  readonly receivedAt: number;
}

/** A message and whom it is for. */
export interface SentMessage {
  readonly message: Message;
  readonly seats: readonly string[];
}

const text = (value: Value | undefined): string => String(value);
const textOrNull = (value: Value | undefined): string | null => (value == null ? null : String(value));
const numberOrNull = (value: Value | undefined): number | null => (value == null ? null : Number(value));

/** Reads a row of `classes`. */
export function classRow(row: Row): ClassRow {
  return {
    id: text(row['id']),
    lesson: classLesson.parse(JSON.parse(text(row['lesson']))),
    title: text(row['title']),
    code: text(row['code']),
    codeExpiresAt: numberOrNull(row['code_expires_at']),
    gate: textOrNull(row['gate']),
    startedAt: Number(row['started_at']),
    signingKey: text(row['signing_key']),
  };
}

/** Reads a row of `seats`. */
export function seatRow(row: Row): SeatRow {
  const request = textOrNull(row['share_request']);
  return {
    seat: text(row['seat']),
    name: text(row['name']),
    tokenHash: text(row['token_hash']),
    joinedAt: Number(row['joined_at']),
    removedAt: numberOrNull(row['removed_at']),
    handSeenAt: Number(row['hand_seen_at']),
    share: request === null ? null : { request, state: text(row['share_state']) as Share['state'] },
  };
}

/** Reads a row of `journals`. */
export function journalRow(row: Row): JournalRow {
  return {
    n: Number(row['n']),
    seat: text(row['seat']),
    id: text(row['id']),
    lessonHash: text(row['lesson_hash']),
    next: Number(row['next']),
    head: text(row['head']),
    firstReceivedAt: Number(row['first_received_at']),
    lastReceivedAt: Number(row['last_received_at']),
  };
}

/** Reads a row of `reports`. It was checked before it was kept. */
export function reportRow(row: Row): ReportRow {
  return {
    journal: Number(row['journal']),
    seq: Number(row['seq']),
    hash: text(row['hash']),
    event: JSON.parse(text(row['event'])) as ReportedEvent,
    receivedAt: Number(row['received_at']),
  };
}

/** Reads a row of `messages`. */
export function messageRow(row: Row): Message {
  return message.parse({
    id: row['id'],
    at: Number(row['at']),
    kind: row['kind'],
    check: textOrNull(row['check_id']),
    text: row['text'],
  });
}
