/** Learners' screens on their way to instructors who were allowed to look. Nothing of them is kept once it is over. */
import type { ScreenFrame } from '../../classroom/protocol/learner-api.ts';
import type { EventStream } from './event-stream.ts';

/** Somebody who has stopped looking may come back (a page that was reloaded) within this, ms. */
const UNWATCHED_MS = 20_000;

/** Who looks at which screen. */
export class ScreenDesk {
  readonly #watchers = new Map<string, Set<EventStream>>();
  readonly #latest = new Map<string, string>();
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  readonly #onUnwatched: (seat: string) => void;

  /** @param onUnwatched told of a seat that nobody has looked at for a while. */
  constructor(onUnwatched: (seat: string) => void) {
    this.#onUnwatched = onUnwatched;
  }

  /** Somebody looks from now on. */
  watch(seat: string, stream: EventStream): void {
    clearTimeout(this.#leaving.get(seat));
    this.#leaving.delete(seat);
    const watchers = this.#watchers.get(seat) ?? new Set();
    this.#watchers.set(seat, watchers.add(stream));
    const latest = this.#latest.get(seat);
    if (latest !== undefined) stream.send(latest);
    stream.onEnd(() => {
      watchers.delete(stream);
      if (watchers.size === 0) this.#leave(seat);
    });
  }

  isWatched(seat: string): boolean {
    return (this.#watchers.get(seat)?.size ?? 0) > 0;
  }

  /**
   * The newest picture of a screen.
   * @param json a screenFrame.
   */
  show(seat: string, json: string): void {
    this.#latest.set(seat, json);
    for (const stream of this.#watchers.get(seat) ?? []) stream.send(json);
  }

  /** It is over: whoever looks is told, and nothing is kept. */
  end(seat: string, request: string, how: NonNullable<ScreenFrame['end']>): void {
    const last: ScreenFrame = { request, end: how, cols: 1, rows: [], cursor: null };
    for (const stream of [...(this.#watchers.get(seat) ?? [])]) {
      stream.send(JSON.stringify(last));
      stream.end();
    }
    this.#forget(seat);
  }

  /** Ends all streams in order. */
  stop(retryMs: number): void {
    for (const watchers of [...this.#watchers.values()]) for (const stream of [...watchers]) stream.end(retryMs);
    for (const timer of this.#leaving.values()) clearTimeout(timer);
  }

  #leave(seat: string): void {
    this.#watchers.delete(seat);
    const timer = setTimeout(() => {
      this.#forget(seat);
      this.#onUnwatched(seat);
    }, UNWATCHED_MS);
    timer.unref();
    this.#leaving.set(seat, timer);
  }

  #forget(seat: string): void {
    clearTimeout(this.#leaving.get(seat));
    this.#leaving.delete(seat);
    this.#latest.delete(seat);
  }
}
