/** When the next frame may be painted. Pure; times are milliseconds of one steady clock. */

/** Frames a key waits for: at most that far apart, for that long after it. */
const ECHO_FLOOR_MS = 4;
const ECHO_FOR_MS = 100;
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
  const pause = Math.min(ECHO_FLOOR_MS, last.cost * PAUSE);
  if (now - since.key < ECHO_FOR_MS) return Math.max(0, last.at + pause - now);
  const rolling = last.at + FLOOR_MS;
  const quiet = Math.max(since.change + QUIET_MS, last.at + Math.max(ECHO_FLOOR_MS, last.cost * PAUSE));
  return Math.max(0, Math.min(rolling, quiet) - now);
}
