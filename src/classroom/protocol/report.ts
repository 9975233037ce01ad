/**
 * What a learner's program tells a class: the journal's events without anything that was on the screen. Ids, verdicts,
 * reason codes and times; no command, no path, no output, no sentence. One journal line is one report, with its number
 * and its hash, so that what was told can be counted and compared. What is not for the class is told as `other`.
 */
import * as z from 'zod';
import { handNote, hash, lessonId, moment, opaqueId, sequence, word } from './words.ts';

/** The kinds of host. */
export const hostKind = z.enum(['sandbox', 'docker', 'podman', 'ssh', 'local']);

const by = z.enum(['learner', 'program']);

/** A verdict without its words. */
export const verdict = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('pass') }),
  z.strictObject({ status: z.enum(['fail', 'error']), reason: word }),
  z.strictObject({ status: z.literal('pending') }),
]);

/** One thing that happened, as the class is told of it. */
export const reportedEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('journal-begun'), at: moment }),
  z.strictObject({
    type: z.enum(['session-started', 'session-resumed']),
    at: moment,
    host: hostKind,
    version: z.string().max(40),
  }),
  z.strictObject({ type: z.enum(['section-opened', 'section-skipped', 'section-prepared']), at: moment, section: lessonId }),
  z.strictObject({ type: z.literal('section-done'), at: moment, section: lessonId, by }),
  z.strictObject({ type: z.literal('section-rewound'), at: moment, section: lessonId, how: z.enum(['snapshot', 'fresh']) }),
  z.strictObject({ type: z.literal('step-started'), at: moment, block: lessonId, by }),
  z.strictObject({ type: z.enum(['step-finished', 'step-failed', 'file-written']), at: moment, block: lessonId }),
  z.strictObject({ type: z.literal('verdict-changed'), at: moment, check: lessonId, verdict }),
  z.strictObject({ type: z.literal('hint-revealed'), at: moment, section: lessonId, check: lessonId.nullable() }),
  z.strictObject({
    type: z.literal('monitor-summed'),
    at: moment,
    section: lessonId,
    served: sequence,
    failed: sequence,
    slowestMs: z.number().min(0),
  }),
  z.strictObject({ type: z.enum(['catch-up-started', 'catch-up-ended']), at: moment, to: lessonId }),
  z.strictObject({ type: z.literal('hand-raised'), at: moment, note: handNote }),
  z.strictObject({ type: z.literal('hand-lowered'), at: moment }),
  /** A message from the instructor stands on the learner's screen: from now on it is not sent again. */
  z.strictObject({ type: z.literal('message-shown'), at: moment, message: opaqueId }),
  z.strictObject({ type: z.literal('lesson-finished'), at: moment }),
  z.strictObject({ type: z.literal('other'), at: moment }),
]);

/** One journal line: its number in the journal, the hash that the next one names, and what happened. */
export const report = z.strictObject({ seq: sequence, hash, event: reportedEvent });

/**
 * Which journal: begun anew, a lesson has another one. `id` is the hash of its first line; where a server has refused
 * that as `other-journal` (a journal that lost its end and went on otherwise), the hash of the line that was its newest
 * then: it is told again under that id, from its first line.
 */
export const journalIdentity = z.strictObject({ id: hash, lesson: lessonId, lessonHash: z.string().max(128) });

/** What happened, as the class is told of it. */
export type ReportedEvent = z.infer<typeof reportedEvent>;
/** One journal line as the class gets it. */
export type Report = z.infer<typeof report>;
/** Which journal reports are of. */
export type JournalIdentity = z.infer<typeof journalIdentity>;
/** A verdict without its words. */
export type ReportedVerdict = z.infer<typeof verdict>;
