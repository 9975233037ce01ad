/** When the next frame may be painted. Pure; times are milliseconds of one steady clock. */

/** Frames a key waits for: at most that far apart, for that long after it. */
const ECHO_FLOOR_MS = 4;
const ECHO_FOR_MS = 100;
/** All other frames: 30 a second are enough for output that only rolls by. */
const FLOOR_MS = 33;

/**
 * How long the next frame has to wait; 0 for at once.
 * @param now the time.
 * @param lastFrame when the last frame was painted.
 * @param lastKey when the last key went in.
 */
export function frameDelay(now: number, lastFrame: number, lastKey: number): number {
  const floor = now - lastKey < ECHO_FOR_MS ? ECHO_FLOOR_MS : FLOOR_MS;
  return Math.max(0, lastFrame + floor - now);
}
