/**
 * Keeps the end of a section off the screen until it is on the disk: a program that is killed the moment after "done" was
 * read must know of it when it comes back. Nothing waits but what is shown: keys, shells and checks go on.
 */
import type { DurableEvent } from '../session/events.ts';
import type { View } from '../session/view.ts';

/** A journal that says when everything appended is on the disk, or has been told that it cannot be. */
interface Flushed {
  flush?(): Promise<void>;
}

/** What a learner takes as done for good once they have read it. */
const promises: ReadonlySet<DurableEvent['type']> = new Set(['section-done', 'section-skipped', 'lesson-finished']);

/** What is shown while an end is on its way to the disk. */
export class SavedView {
  private readonly journal: Flushed;
  private readonly released: () => void;
  private before: View | null = null;
  private waits = 0;

  /**
   * @param journal what has to be written.
   * @param released called when the newest view may be shown again.
   */
  constructor(journal: Flushed, released: () => void) {
    this.journal = journal;
    this.released = released;
  }

  /** What has to be shown now; null where it is the newest. */
  get held(): View | null {
    return this.before;
  }

  /**
   * Something is about to be appended to the journal: whoever is told of it meanwhile sees the view without it.
   * @param events what.
   * @param before that view.
   * @returns to be called once it is appended; null where nothing has to wait for it.
   */
  hold(events: readonly DurableEvent[], before: () => View): (() => void) | null {
    if (this.journal.flush === undefined || !events.some(({ type }) => promises.has(type))) return null;
    this.before ??= before();
    this.waits += 1;
    return () => this.release();
  }

  private release(): void {
    void this.journal.flush?.().finally(() => {
      this.waits -= 1;
      if (this.waits > 0 || this.before === null) return;
      this.letGo();
      this.released();
    });
  }

  /** Shows the newest from here on. */
  letGo(): void {
    this.before = null;
  }
}
