/** Notices are shown for a while; when the while is over, the screen must be drawn once more. */
import type { TuiClock } from './clock.ts';

/** How long a notice is shown, milliseconds; a key ends it sooner. */
const noticeMs = 8_000;

/** Watches over the newest notice. */
export interface NoticeTimer {
  /** Notices newer than this are shown, ms since the epoch. */
  since(): number;
  /**
   * A picture was drawn.
   * @param at time of its notice, ms since the epoch; 0 where there is none.
   */
  drawn(at: number): void;
  close(): void;
}

/**
 * A timer for notices.
 * @param clock whose time.
 * @param redraw called when a notice has been shown long enough.
 */
export function createNoticeTimer(clock: TuiClock, redraw: () => void): NoticeTimer {
  let timed = 0;
  let callOff: () => void = () => {};
  return {
    since: () => clock.now() - noticeMs,
    drawn(at) {
      const left = at + noticeMs - clock.now();
      if (at === timed || left <= 0) return;
      timed = at;
      callOff();
      callOff = clock.later(left + 1, redraw);
    },
    close: () => callOff(),
  };
}
