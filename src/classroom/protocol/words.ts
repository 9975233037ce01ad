/** The smallest shapes of what travels in a class, with their limits. What is longer or otherwise is refused, never cut. */
import * as z from 'zod';

/** Version of the protocol; both sides say theirs when they meet. */
export const PROTOCOL = 1;

/** Bytes of a request's body; a batch of events that would be larger is sent as several. */
export const MOST_BODY_BYTES = 256 * 1024;
/** Events in one batch. */
export const MOST_EVENTS = 200;
/** A stream of news is not silent for longer than this, milliseconds: where there is none, a comment is sent. */
export const STREAM_QUIET_MS = 20_000;

/** An id from a lesson: of a section, block or check. */
export const lessonId = z.string().min(1).max(200);
/** A stable word such as a verdict's reason, e.g. `file-missing`. */
export const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
/** A place in an order, from 0. */
export const sequence = z.int().min(0);
/** Milliseconds since the epoch, by the clock of whoever says it. */
export const moment = z.int().min(0).max(8_640_000_000_000_000);
/** Hexadecimal SHA-256. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Made by the server; nobody can guess one. */
export const opaqueId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** What a person wrote; shown as text only, with everything that terminals obey taken out by whoever shows it. */
const written = (most: number) => z.string().trim().min(1).max(most);
/** A learner's display name. */
export const displayName = written(60);
/** One line with a raised hand. */
export const handNote = z.string().trim().max(280);
/** What an instructor says: a hint, an answer. */
export const saying = written(2000);
