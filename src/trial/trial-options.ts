/** What a trial is given, and what its snapshots are called. */
import type { Host } from '../host/host.ts';
import type { WrongAnswer } from '../lesson/wrong-answer.ts';
import type { Lesson } from '../model/lesson.ts';
import type { TestCase } from '../report/test-case.ts';

/** What is tried, and with what. */
export interface TrialOptions {
  readonly lesson: Lesson;
  /** Not started, and nobody else's; the caller throws it away. */
  readonly host: Host;
  readonly wrong: readonly WrongAnswer[];
  /** Whether each section is tried once more, alone, from the state before it. */
  readonly isolated: boolean;
  /** How long one section may take, milliseconds. */
  readonly budgetMs: number;
  /** How long a check without a time of its own is waited for once the section's last block has ended, milliseconds. */
  readonly settleMs: number;
  /** Which repetition, from 1. */
  readonly run: number;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told each case as it comes out. */
  readonly tell: (testCase: TestCase) => void;
  /** Told what is going on, for people who wait. */
  readonly note: (sentence: string) => void;
}

/** `open`: before a section; `ready`: its own scripts have been started, nothing else done; `done`: its work is done. */
export type Moment = 'open' | 'ready' | 'done';

/**
 * The name of a snapshot.
 * @param moment when it is taken.
 * @param index the section's.
 */
export function snapshotName(moment: Moment, index: number): string {
  return `test-${moment}-${index}`;
}
