/**
 * Plays a recording at its own pace or another one, with a person's keys: pause, step, quit. What the file says is not
 * trusted: only what draws is shown. It knows nothing of the terminal that it plays in.
 */
import { createOutputFilter } from '../terminal/output-filter.ts';
import type { CastEvent } from './asciicast.ts';

/** Waits; resolves early when told to. */
export interface PlayerClock {
  /** Calls back after `ms` milliseconds; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
  /** Milliseconds of any steady clock. */
  now(): number;
}

/** How a recording is played. */
export interface PlayerOptions {
  readonly events: AsyncIterable<CastEvent>;
  /** Shows a piece; resolves when there is room for the next one. */
  readonly show: (text: string) => Promise<void> | void;
  /** 2 plays twice as fast. */
  readonly speed: number;
  /** Everything before this marker is shown at once; null plays from the beginning. */
  readonly from: number | null;
  readonly clock: PlayerClock;
}

/** A recording that plays. */
export interface Player {
  /** Plays to the end, or until somebody has enough. */
  play(): Promise<'ended' | 'quit'>;
  /** Takes a key: space, `.`, `q` or Ctrl-C; others do nothing. */
  key(char: string): void;
}

/**
 * A player that waits to be started.
 * @param options what to play, how fast, and where to.
 */
export function createPlayer({ events, show, speed, from, clock }: PlayerOptions): Player {
  const filter = createOutputFilter({ keep: 'picture' });
  let paused = false;
  let quit = false;
  /** Pieces to be shown although it is stopped. */
  let steps = 0;
  /** Tells the wait that is under way that something has changed. */
  let wake: (() => void) | null = null;

  /** Waits for the time between two events, however often it is stopped meanwhile. */
  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      let left = ms;
      let since = clock.now();
      let callOff: (() => void) | null = null;
      const end = (): void => {
        callOff?.();
        wake = null;
        resolve();
      };
      const arm = (): void => {
        if (quit || steps > 0) {
          steps = Math.max(0, steps - 1);
          end();
          return;
        }
        since = clock.now();
        callOff = paused ? null : clock.after(left, end);
      };
      wake = () => {
        if (callOff !== null) left -= clock.now() - since;
        callOff?.();
        arm();
      };
      arm();
    });
  }

  /** Time of what was shown last; null while everything is shown at once. */
  let last = from === null ? 0 : null;
  let markers = 0;

  async function due(at: number): Promise<void> {
    if (last === null) return;
    if (at > last || paused) await wait(Math.max(0, ((at - last) * 1000) / speed));
    last = Math.max(last, at);
  }

  function passMarker(at: number): void {
    if (markers === from) last = at;
    markers += 1;
  }

  async function play(): Promise<'ended' | 'quit'> {
    for await (const { at, code, data } of events) {
      await due(at);
      if (quit) return 'quit';
      if (code === 'o') await show(filter(data));
      if (code === 'm') passMarker(at);
    }
    return 'ended';
  }

  return {
    play,
    key(char) {
      if (char === 'q' || char === '\x03') quit = true;
      else if (char === ' ') paused = !paused;
      else if (char === '.' && paused) steps += 1;
      else return;
      if (!paused) steps = 0;
      wake?.();
    },
  };
}
