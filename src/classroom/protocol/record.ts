/**
 * The completion record: what a learner has done, signed by the class server. It is a file of its own that needs neither
 * the server nor Lockstep to be read; `lockstep verify` checks it.
 */
import * as z from 'zod';
import { hostKind } from './report.ts';
import { displayName, hash, lessonId, moment, opaqueId, sequence } from './words.ts';

/** What the signature is over: the JSON of this, keys sorted, without spaces, as UTF-8. */
export const completionRecord = z.strictObject({
  format: z.literal('lockstep-completion-record'),
  version: z.literal(1),
  class: z.strictObject({ id: opaqueId, title: z.string().max(300) }),
  learner: z.strictObject({ seat: opaqueId, name: displayName }),
  lesson: z.strictObject({ id: lessonId, title: z.string().max(300), hash: z.string().max(128) }),
  host: hostKind.nullable(),
  /** By the learner's clock. */
  startedAt: moment.nullable(),
  /** By the learner's clock; null while the lesson is not finished. */
  finishedAt: moment.nullable(),
  sections: z.array(
    z.strictObject({
      id: lessonId,
      title: z.string().max(300),
      status: z.enum(['locked', 'open', 'done', 'skipped']),
      openedAt: moment.nullable(),
      closedAt: moment.nullable(),
      solvedBy: z.enum(['learner', 'program']).nullable(),
      hints: sequence,
    }),
  ),
  /** The journal it was computed from: its first and its newest line, and how many there are. */
  journal: z.strictObject({ id: hash, head: hash, lines: sequence }),
  /** By the server's clock, as is `signedAt`. */
  firstHeardAt: moment,
  signedAt: moment,
});

/** A record with its signature. `key`: the class server's public key, as base64 of its SPKI DER form. */
export const signedRecord = z.strictObject({
  record: completionRecord,
  signature: z.strictObject({ algorithm: z.literal('Ed25519'), key: z.base64().max(200), value: z.base64().max(200) }),
});

export type CompletionRecord = z.infer<typeof completionRecord>;
export type SignedRecord = z.infer<typeof signedRecord>;
