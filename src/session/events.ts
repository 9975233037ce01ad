/**
 * Everything that can happen in a session, as one type. Events carry their time; the session has no clock.
 * Adapters (keys, pty marks, host answers) only translate into these.
 */
import type { Given } from '../model/answer.ts';
import type { Verdict } from '../model/check.ts';
import type { HostKind } from '../model/host.ts';
import type { DurableClassEvent, PassingClassEvent } from './class-events.ts';

/** Who did it: the learner's own hands, or the program on its own (`--auto`). */
export type Actor = 'learner' | 'program';

/** What will be written and what is there now; shown before a file is written. */
export interface WritePreview {
  readonly path: string;
  /** Who writes: `root` or the lesson's user. */
  readonly as: string;
  /** Owner, group and mode the file has now and keeps, or the ones a new file gets. */
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  readonly exists: boolean;
  /** True when the file already says exactly this. */
  readonly same: boolean;
  readonly diff: readonly DiffLine[];
}

/** One line of a difference: kept, added or removed. `gap` stands for unchanged lines left out. */
export interface DiffLine {
  readonly sign: ' ' | '+' | '-' | 'gap';
  readonly text: string;
}

/** Events that change what is known for good; the journal keeps exactly these. */
export type DurableEvent =
  | DurableClassEvent
  | {
      readonly type: 'session-started';
      readonly at: number;
      readonly lesson: string;
      readonly hash: string;
      readonly host: HostKind;
      readonly version: string;
    }
  /** The program came back to a session; nothing is assumed about the host until checks have run. */
  | {
      readonly type: 'session-resumed';
      readonly at: number;
      readonly hash: string;
      readonly host: HostKind;
      readonly version: string;
    }
  | { readonly type: 'section-opened'; readonly at: number; readonly section: string }
  /** The scripts that come with a section have been started, its files copied: that is done once. */
  | { readonly type: 'section-prepared'; readonly at: number; readonly section: string }
  | {
      readonly type: 'section-done';
      readonly at: number;
      readonly section: string;
      /** Absent where it was the learner: catching up, the program solved it. */
      readonly by?: 'program';
    }
  | { readonly type: 'section-skipped'; readonly at: number; readonly section: string }
  | { readonly type: 'step-started'; readonly at: number; readonly block: string; readonly by: Actor }
  | { readonly type: 'step-finished'; readonly at: number; readonly block: string }
  | { readonly type: 'step-failed'; readonly at: number; readonly block: string; readonly sentence: string }
  | {
      readonly type: 'file-written';
      readonly at: number;
      readonly block: string;
      readonly path: string;
      readonly backup: string | null;
      readonly by: Actor;
    }
  /** A check's verdict turned into another one (status or reason). */
  | {
      readonly type: 'verdict-changed';
      readonly at: number;
      readonly check: string;
      readonly verdict: Verdict;
      /** When it was last seen to hold, where it does not any more. */
      readonly held?: number;
      /** The command that ran when it broke, where one did. */
      readonly after?: string;
    }
  /** The learner (or the program, playing) answered a question of a section. */
  | {
      readonly type: 'question-answered';
      readonly at: number;
      readonly check: string;
      readonly given: Given;
      readonly right: boolean;
      readonly by: Actor;
    }
  | { readonly type: 'hint-revealed'; readonly at: number; readonly section: string; readonly check: string | null }
  /** What the monitor has counted when its section closed. */
  | {
      readonly type: 'monitor-summed';
      readonly at: number;
      readonly section: string;
      readonly served: number;
      readonly failed: number;
      readonly slowestMs: number;
    }
  /** The host's files as they were when this section began are kept. */
  | { readonly type: 'snapshot-taken'; readonly at: number; readonly section: string; readonly tookMs: number }
  /** Which checks of earlier sections held when this section began. */
  | { readonly type: 'baseline-taken'; readonly at: number; readonly section: string; readonly holds: readonly string[] }
  /** The host is about to go back to this section: whoever comes back before that has ended goes on with it. */
  | { readonly type: 'rewind-begun'; readonly at: number; readonly section: string; readonly how: 'snapshot' | 'fresh' }
  /** It could not go back, and is as it was before. */
  | { readonly type: 'rewind-failed'; readonly at: number; readonly section: string; readonly sentence: string }
  /**
   * The host is again as it was when this section began, and so is what is known from there on: by the snapshot, or by
   * a fresh host, on which everything begins anew.
   */
  | {
      readonly type: 'section-rewound';
      readonly at: number;
      readonly section: string;
      readonly how: 'snapshot' | 'fresh';
      readonly tookMs: number;
    }
  /** From here on the program solves sections, until it has come to this one. */
  | { readonly type: 'catch-up-started'; readonly at: number; readonly to: string }
  /** `sentence` says why it did not get there; null where it did. */
  | { readonly type: 'catch-up-ended'; readonly at: number; readonly to: string; readonly sentence: string | null }
  /** Requests and verdicts of a monitored section's earlier attempt count no more. */
  | { readonly type: 'count-restarted'; readonly at: number; readonly section: string }
  | { readonly type: 'lesson-finished'; readonly at: number };

/** Events of the moment: they move the session but are not kept. */
export type PassingEvent =
  | PassingClassEvent
  | { readonly type: 'host-preparing'; readonly at: number; readonly sentence: string; readonly fraction: number | null }
  | { readonly type: 'host-ready'; readonly at: number }
  | { readonly type: 'host-failed'; readonly at: number; readonly sentence: string; readonly tries: readonly string[] }
  | { readonly type: 'host-lost'; readonly at: number; readonly sentence: string }
  | { readonly type: 'run-asked'; readonly at: number; readonly block: string; readonly by: Actor }
  | { readonly type: 'run-stop-asked'; readonly at: number }
  | {
      readonly type: 'command-started';
      readonly at: number;
      readonly block: string;
      readonly index: number;
      readonly terminal: number;
    }
  | {
      readonly type: 'command-finished';
      readonly at: number;
      readonly block: string;
      readonly index: number;
      readonly code: number;
    }
  | { readonly type: 'write-asked'; readonly at: number; readonly block: string; readonly by: Actor }
  | {
      readonly type: 'write-previewed';
      readonly at: number;
      readonly block: string;
      readonly preview: WritePreview;
      readonly by: Actor;
    }
  | { readonly type: 'write-confirmed'; readonly at: number }
  | { readonly type: 'write-cancelled'; readonly at: number }
  | { readonly type: 'write-failed'; readonly at: number; readonly block: string; readonly sentence: string }
  /** Reveal the next hint: of this check, or of the section where `check` is null. */
  | { readonly type: 'hint-asked'; readonly at: number; readonly check: string | null }
  /** An answer to a question of the open section; `right`: whatever is right, from a player. */
  | {
      readonly type: 'answer-given';
      readonly at: number;
      readonly check: string;
      readonly given: Given | 'right';
      readonly by: Actor;
    }
  | { readonly type: 'skip-asked'; readonly at: number }
  | { readonly type: 'skip-confirmed'; readonly at: number }
  | { readonly type: 'skip-cancelled'; readonly at: number }
  /** The reader goes on: from a reading section, or past the moment of unlocking. */
  | { readonly type: 'advance-asked'; readonly at: number }
  /** Show another section without changing which one is open. */
  | { readonly type: 'section-viewed'; readonly at: number; readonly section: string }
  | { readonly type: 'check-asked'; readonly at: number; readonly by: Actor }
  /** Go to the start of a section: back to it, or on to it by having what is before it solved. `sure`: do not ask. */
  | { readonly type: 'go-asked'; readonly at: number; readonly section: string; readonly sure?: boolean }
  | { readonly type: 'go-confirmed'; readonly at: number }
  | { readonly type: 'go-cancelled'; readonly at: number }
  | { readonly type: 'snapshot-failed'; readonly at: number; readonly section: string; readonly sentence: string }
  /** The host is gone or could not be made ready: start it again. */
  | { readonly type: 'host-restart-asked'; readonly at: number }
  /** What earlier sections checked, asked again before one is called current: the verdicts of what holds no longer. */
  | { readonly type: 'earlier-judged'; readonly at: number; readonly broken: Readonly<Record<string, Verdict>> }
  /** Yes, start the host's services again. */
  | { readonly type: 'drift-confirmed'; readonly at: number }
  /** No, go on with it as it is. */
  | { readonly type: 'drift-cancelled'; readonly at: number }
  /** Every verdict of one round of checks of the open section. */
  | {
      readonly type: 'checks-judged';
      readonly at: number;
      /** When the host was asked, where that was earlier: what held then may have broken before its answer came. */
      readonly asked?: number;
      readonly section: string;
      readonly verdicts: Readonly<Record<string, Verdict>>;
      /** The newest command of a shell; `endedAt` null while it runs. Times in ms since the epoch. */
      readonly command?: { readonly text: string; readonly endedAt: number | null };
    }
  /** Requests since the last such event. `at` is the end of the slice. */
  | {
      readonly type: 'monitor-counted';
      readonly at: number;
      readonly section: string;
      readonly served: number;
      readonly failed: number;
      readonly slowestMs: number;
      /** What a failed request said, newest, if one failed. */
      readonly failure: string | null;
    }
  /** States of supervised programs that a monitored section watches, in the order asked. */
  | {
      readonly type: 'programs-seen';
      readonly at: number;
      readonly section: string;
      readonly states: Readonly<Record<string, string>>;
    }
  | { readonly type: 'notice-shown'; readonly at: number; readonly sentence: string; readonly tone: 'info' | 'problem' };

/** One thing that happened. */
export type SessionEvent = DurableEvent | PassingEvent;
