/** When the next frame may be painted. Pure; times are milliseconds of one steady clock. */

/** Frames a key waits for: at most that far apart, for that long after it. */
const ECHO_FLOOR_MS = 4;
const ECHO_FOR_MS = 100;
/** They come sooner the less they cost: a third of the time at most goes into them. */
const ECHO_PAUSE = 3;
/** All other frames: 30 a second are enough for output that only rolls by. */
const FLOOR_MS = 33;

/** The frame before. */
export interface LastFrame {
  /** When it was begun; minus infinity where there was none. */
  readonly at: number;
  /** How long making and writing it took, milliseconds. */
  readonly cost: number;
}

/**
 * How long the next frame has to wait; 0 for at once.
 * @param now the time.
 * @param last the frame before.
 * @param lastKey when the last key went in.
 */
export function frameDelay(now: number, last: LastFrame, lastKey: number): number {
  const floor = now - lastKey < ECHO_FOR_MS ? Math.min(ECHO_FLOOR_MS, last.cost * ECHO_PAUSE) : FLOOR_MS;
  return Math.max(0, last.at + floor - now);
}
