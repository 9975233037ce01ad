/**
 * What a learner's program and the class server say to each other. All paths begin with `/api/v1`; all bodies are JSON;
 * a seat's token goes into `Authorization: Bearer …`. A refusal is `{ error: word, sentence }` with its HTTP status.
 *
 * | request | who | answer |
 * |---|---|---|
 * | `POST /join` joinRequest | anybody with the code | joinAnswer |
 * | `GET /seat` | seat | seatAnswer: the class, and how far each journal is known |
 * | `POST /reports` reportsRequest | seat | reportsAnswer; 409 `gap` with `next` where reports before it are missing, 409 `other-journal` where one is known with another hash |
 * | `GET /seat/stream` | seat | server-sent events, each `data:` one classNews; an open stream is what "online" means |
 * | `POST /seat/screen` screenFrame | seat | 204; 403 `not-shared` when sharing has ended: stop sending |
 * | `POST /seat/record` recordRequest | seat | signedRecord (record.ts); 409 `behind` with `next` where reports are missing, 409 `other-journal` where `head` is not the newest line |
 *
 * A stream without news carries a comment at least every 20 s (`STREAM_QUIET_MS`); who hears nothing for three times as
 * long takes it for dead.
 *
 * Every request may also be refused with 400 `bad-request`, 401 `unknown-seat` (stop: the seat was removed, or never was),
 * 403 `wrong-code` or `code-expired` (joining), 409 `other-lesson`, 413 `too-large`, 429 `too-many` (with Retry-After) and
 * 503 `cannot-keep` (nothing of it was kept: try later).
 */
import * as z from 'zod';
import { journalIdentity, report } from './report.ts';
import { displayName, hash, lessonId, MOST_EVENTS, moment, opaqueId, PROTOCOL, saying, sequence, word } from './words.ts';

/** A learner asks for a seat. */
export const joinRequest = z.strictObject({
  protocol: z.literal(PROTOCOL),
  code: z.string().trim().min(1).max(32),
  name: displayName,
});

/** A lesson as the class knows it: ids and titles, in order. */
export const classLesson = z.strictObject({
  id: lessonId,
  title: z.string().max(300),
  sections: z.array(
    z.strictObject({
      id: lessonId,
      title: z.string().max(300),
      kind: z.enum(['work', 'reading']),
      checks: z.array(z.strictObject({ id: lessonId, title: z.string().max(500), hints: z.array(z.string().max(4000)) })),
    }),
  ),
});

/** The class as a learner sees it. `gate`: nobody goes on from before this section to it until it is released. */
export const classForLearner = z.strictObject({
  id: opaqueId,
  title: z.string().max(300),
  lesson: lessonId,
  gate: lessonId.nullable(),
});

export const joinAnswer = z.strictObject({
  seat: opaqueId,
  token: z.string().min(20).max(200),
  name: displayName,
  class: classForLearner,
});

export const seatAnswer = z.strictObject({
  seat: opaqueId,
  name: displayName,
  class: classForLearner,
  /** For each journal of this seat, the number of the next report wanted. */
  journals: z.record(hash, sequence),
});

/** Reports in their order, without a hole between them. Sending what is known already is no error. */
export const reportsRequest = z.strictObject({
  journal: journalIdentity,
  reports: z.array(report).min(1).max(MOST_EVENTS),
});

/** `next`: the number of the next report wanted; everything before it is kept for good. */
export const reportsAnswer = z.strictObject({ next: sequence });

/** Something an instructor says. A hint is about a check. Sent until its `message-shown` has come. */
export const message = z.strictObject({
  id: opaqueId,
  at: moment,
  kind: z.enum(['hint', 'message', 'answer']),
  check: lessonId.nullable(),
  text: saying,
});

/** What a learner's program is told as it happens. */
export const classNews = z.discriminatedUnion('type', [
  /** First on every stream, and whenever the class changes. */
  z.strictObject({ type: z.literal('class'), class: classForLearner }),
  z.strictObject({ type: z.literal('message'), message }),
  /** The instructor has seen to it: the hand goes down. `at`: raised no later than this. */
  z.strictObject({ type: z.literal('hand-seen'), at: moment }),
  /** May the instructor see the terminal, read-only? Only the learner can say yes, and end it at any time. */
  z.strictObject({ type: z.literal('share-asked'), request: opaqueId }),
  z.strictObject({ type: z.literal('share-ended'), request: opaqueId }),
  /** The seat is no longer in the class; nothing more is sent. */
  z.strictObject({ type: z.literal('removed') }),
]);

/** A stretch of cells of one look. `fg`, `bg`: `#rrggbb`, or 0-255 of the palette; absent: the default. */
export const screenRun = z.strictObject({
  text: z.string().max(1000),
  fg: z.union([z.int().min(0).max(255), z.string().regex(/^#[0-9a-f]{6}$/)]).optional(),
  bg: z.union([z.int().min(0).max(255), z.string().regex(/^#[0-9a-f]{6}$/)]).optional(),
  bold: z.literal(true).optional(),
  dim: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  underline: z.literal(true).optional(),
  inverse: z.literal(true).optional(),
});

/** The learner's terminal as it is now: whole, never a difference. `end`: the learner has ended it, or said no. */
export const screenFrame = z.strictObject({
  request: opaqueId,
  end: z.enum(['refused', 'ended']).optional(),
  cols: z.int().min(1).max(1000),
  rows: z.array(z.array(screenRun).max(1000)).max(400),
  cursor: z.strictObject({ row: sequence, col: sequence }).nullable(),
});

/** Sign what is known of this journal. `head`: the hash of its newest line, as the learner has it. */
export const recordRequest = z.strictObject({ journal: hash, head: hash });

/** Every refusal. */
export const refusal = z.looseObject({ error: word, sentence: z.string() });

export type JoinRequest = z.infer<typeof joinRequest>;
export type JoinAnswer = z.infer<typeof joinAnswer>;
export type SeatAnswer = z.infer<typeof seatAnswer>;
export type ReportsRequest = z.infer<typeof reportsRequest>;
export type ReportsAnswer = z.infer<typeof reportsAnswer>;
export type ClassForLearner = z.infer<typeof classForLearner>;
export type ClassLesson = z.infer<typeof classLesson>;
export type Message = z.infer<typeof message>;
export type ClassNews = z.infer<typeof classNews>;
export type ScreenFrame = z.infer<typeof screenFrame>;
export type ScreenRun = z.infer<typeof screenRun>;
