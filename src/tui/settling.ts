/**
 * A section that has just come up is not acted on at once: whoever pressed Enter once too often to get here has not
 * seen yet what the next one would run. The keys that are not heard in that moment are not shown either.
 */
import type { TuiClock } from './clock.ts';

/** How long, milliseconds: longer than a double press, shorter than anybody reads. */
const settleMs = 400;

/** Watches which section is shown. */
export interface Settling {
  /**
   * Whether what is shown may be acted on.
   * @param section the id of the section that is shown now.
   */
  isSettled(section: string): boolean;
  close(): void;
}

/**
 * Nothing has been shown yet; the first section of all is settled at once.
 * @param clock whose time.
 * @param redraw called when a section has settled.
 */
export function createSettling(clock: TuiClock, redraw: () => void): Settling {
  let shown: string | null = null;
  let until = Number.NEGATIVE_INFINITY;
  let callOff: () => void = () => {};
  return {
    isSettled(section) {
      if (section !== shown && shown !== null) {
        until = clock.now() + settleMs;
        callOff();
        callOff = clock.later(settleMs, redraw);
      }
      shown = section;
      return clock.now() >= until;
    },
    close: () => callOff(),
  };
}
