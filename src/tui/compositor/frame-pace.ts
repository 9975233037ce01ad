/** When the next frame may be painted. Pure; times are milliseconds of one steady clock. */

/** What a key waits for is in the first frames after it: at most that far apart, milliseconds. */
const ECHO_FLOOR_MS = 4;
/** The longer ago the key, the less is being waited for: they come further apart by that share of the time since. */
const ECHO_SHARE = 0.5;
/** They come sooner the less they cost: a third of the time at most goes into them. */
const PAUSE = 3;
/** All other frames: 30 a second are enough for output that only rolls by. */
const FLOOR_MS = 33;
/** Where nothing has changed for that long, what was written last need not wait for the next of those. */
const QUIET_MS = 5;

/** The frame before. */
export interface LastFrame {
  /** When it was begun; minus infinity where there was none. */
  readonly at: number;
  /** How long making and writing it took, milliseconds. */
  readonly cost: number;
}

/** What has happened since. */
export interface Since {
  /** When the last key went in. */
  readonly key: number;
  /** When something changed last. */
  readonly change: number;
}

/**
 * How long the next frame has to wait if nothing changes meanwhile; 0 for at once.
 * @param now the time.
 * @param last the frame before.
 * @param since keys and changes.
 */
export function frameDelay(now: number, last: LastFrame, since: Since): number {
  if (last.at === Number.NEGATIVE_INFINITY) return 0;
  const pause = last.cost * PAUSE;
  const echo = Math.max(Math.min(ECHO_FLOOR_MS, pause), (last.at - since.key) * ECHO_SHARE);
  const quiet = Math.max(since.change + QUIET_MS, last.at + Math.max(ECHO_FLOOR_MS, pause));
  return Math.max(0, Math.min(last.at + Math.min(FLOOR_MS, echo), quiet) - now);
}
