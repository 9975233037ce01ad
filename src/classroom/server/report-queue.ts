/**
 * Reports of all learners go into the store together, a few milliseconds' worth in one transaction: one wait for the
 * disk for all of them. Nobody is answered before that has ended well.
 */
import type { Append, Appended } from '../../classroom/store/appended.ts';
import { StoreTrouble } from '../../classroom/store/database.ts';
import { cannotKeep } from './refused.ts';

/** How long the first of a batch waits for others, ms: longer than a disk takes, so that many share one wait for it. */
const GATHER_MS = 15;
/** Requests in one transaction. */
const MOST_AT_ONCE = 1000;
/** Requests that may wait; beyond, learners are told to come again, since their journals keep everything anyway. */
const MOST_WAITING = 5000;

interface Waiting {
  readonly append: Append;
  readonly done: (outcome: Appended) => void;
  readonly failed: (error: unknown) => void;
}

/** What the queue works with. */
export interface QueueOptions {
  readonly write: (batch: readonly Append[]) => Promise<readonly (Appended | null)[]>;
  /** Told of every batch: how many requests, how long it took in ms, and what went wrong. */
  readonly onBatch: (count: number, tookMs: number, trouble: StoreTrouble | null) => void;
}

/** The queue. */
export class ReportQueue {
  readonly #options: QueueOptions;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /**
   * Puts reports in.
   * @returns what came of them, once it is on the disk.
   * @throws Refused `cannot-keep`: nothing of them was kept.
   */
  add(append: Append): Promise<Appended> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(cannotKeep());
    return new Promise((done, failed) => {
      this.#waiting.push({ append, done, failed });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const batch = this.#waiting.slice(0, MOST_AT_ONCE);
      this.#waiting = this.#waiting.slice(MOST_AT_ONCE);
      await this.#writeBatch(batch);
    }
    this.#working = null;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const begun = performance.now();
    try {
      const outcomes = await this.#options.write(batch.map(({ append }) => append));
      this.#options.onBatch(batch.length, performance.now() - begun, null);
      for (const [n, { done, failed }] of batch.entries()) {
        const outcome = outcomes[n];
        if (outcome) done(outcome);
        else failed(cannotKeep());
      }
    } catch (error) {
      const trouble = error instanceof StoreTrouble ? error : null;
      this.#options.onBatch(batch.length, performance.now() - begun, trouble);
      for (const { failed } of batch) failed(trouble ? cannotKeep() : error);
    }
  }
}
