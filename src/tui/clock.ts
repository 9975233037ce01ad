/** Time, as far as a screen needs it. */

/** Tells the time and calls later. */
export interface TuiClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A time of day for people, e.g. `14:07:31`. */
  time(at: number): string;
  /** Calls once after `ms` milliseconds; returns the way to call it off. */
  later(ms: number, call: () => void): () => void;
}

/** The machine's clock, in its own time zone. A call that is still due does not keep the program running. */
export const systemClock: TuiClock = {
  now: () => Date.now(),
  time: (at) => new Date(at).toTimeString().slice(0, 8),
  later(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
