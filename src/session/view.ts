/**
 * What a person can be shown of a session: one plain value for screen, plain text, report and class.
 * Made by `select`; drawn by others.
 */
import type { HostKind } from '../model/host.ts';
import type { Node } from '../model/markdown.ts';
import type { ClassLinkStatus, ClassMessage } from './class-events.ts';
import type { WritePreview } from './events.ts';

/** The host, as far as the learner cares. */
export type HostView =
  | { readonly status: 'preparing'; readonly kind: HostKind; readonly sentence: string; readonly fraction: number | null }
  | { readonly status: 'ready'; readonly kind: HostKind }
  /** There is none and none is coming: the lesson is only looked at. */
  | { readonly status: 'none'; readonly kind: HostKind; readonly sentence: string }
  | { readonly status: 'failed' | 'lost'; readonly kind: HostKind; readonly sentence: string; readonly tries: readonly string[] };

/** A block and its state. */
export interface StepView {
  readonly block: string;
  readonly kind: 'run' | 'write';
  readonly status: 'todo' | 'running' | 'done' | 'failed';
  readonly optional: boolean;
  /** For write steps: where to. */
  readonly path?: string;
  /** For run steps: every command's text, in order, and how many have finished. */
  readonly commands: readonly string[];
  readonly finished: number;
  readonly because?: string;
  /** Why it failed. */
  readonly sentence?: string;
}

/** A check and its verdict. `unknown`: not asked yet. */
export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly status: 'pass' | 'fail' | 'error' | 'pending' | 'unknown';
  readonly reason?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly sentence?: string;
  /** A question to the learner: with choices, or for words of their own where there are none. */
  readonly asks?: {
    readonly ask: string;
    readonly how: 'one' | 'several' | 'text';
    readonly choices: readonly string[];
    /** The newest answer; empty before the first. */
    readonly given: readonly string[];
    /** How many answers were wrong. */
    readonly wrong: number;
  };
  readonly hasHint: boolean;
  /** The hint's text once revealed. */
  readonly hint?: string;
  /** When it turned to this status, ms since the epoch. */
  readonly since?: number;
  /** True for an invariant of an earlier section that held and holds no longer. */
  readonly regressed?: boolean;
  /** For those: when it was last seen to hold, ms since the epoch, and the command that ran when it broke. */
  readonly held?: number;
  readonly after?: string;
}

/** Live requests while a section is open. */
export interface MonitorView {
  readonly url: string;
  readonly served: number;
  readonly failed: number;
  readonly slowestMs: number;
  /** Newest last, at most 60: one entry a second. */
  readonly seconds: readonly { readonly served: number; readonly failed: number; readonly slowestMs: number }[];
  readonly failure: string | null;
  /** Supervised programs and when each changed its state, oldest first. */
  readonly programs: readonly {
    readonly name: string;
    readonly changes: readonly { readonly at: number; readonly state: string }[];
  }[];
  /** Time of the newest sample, ms since the epoch; 0 before the first. */
  readonly now: number;
}

/** One section of the lesson. */
export interface SectionView {
  readonly id: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly kind: 'work' | 'reading';
  /** Number among the work sections, from 1; 0 for reading ones. */
  readonly number: number;
  readonly status: 'locked' | 'open' | 'done' | 'skipped';
  readonly body: readonly Node[];
  /** Present once the section is done (or skipped) and has one. */
  readonly explain: readonly Node[];
  readonly steps: readonly StepView[];
  readonly checks: readonly CheckView[];
  /** Revealed hints of the section as a whole, and how many there are. */
  readonly hints: readonly string[];
  readonly hintCount: number;
  readonly monitor?: MonitorView;
  readonly openedAt?: number;
  readonly closedAt?: number;
  /** Where it was not the learner who did it: the program, catching up. */
  readonly solvedBy?: 'program';
}

/** What the learner is asked right now, if anything. */
export type QuestionView =
  | { readonly type: 'write'; readonly block: string; readonly preview: WritePreview }
  | { readonly type: 'skip'; readonly section: string; readonly times: 1 | 2 }
  /** Go to the start of a section; `lost`: how many sections' work is thrown away by that, `solved`: how many the program does. */
  | {
      readonly type: 'go';
      readonly section: string;
      readonly how: 'rewind' | 'afresh' | 'catch-up';
      readonly lost: number;
      readonly solved: number;
    }
  /** What earlier sections checked and holds no longer; `times` 2: starting the services again did not help. */
  | { readonly type: 'drift'; readonly checks: readonly CheckView[]; readonly times: 1 | 2 };

/** The class that the session is in, as the learner sees it. */
export interface ClassView {
  readonly title: string;
  /** The learner's name there. */
  readonly name: string;
  readonly status: ClassLinkStatus;
  /** Journal lines that the class server does not have yet. */
  readonly waiting: number;
  /** What is in the way, where something is. */
  readonly sentence: string | null;
  readonly hand: { readonly at: number; readonly note: string } | null;
  /** What the instructor said and was not read yet, oldest first; and how many there were in all. */
  readonly messages: readonly (ClassMessage & { readonly at: number })[];
  readonly messageCount: number;
  /** May the instructor look at the terminal: asked, or allowed and going on. */
  readonly share: { readonly request: string; readonly status: 'asked' | 'on' } | null;
  /**
   * The class waits before the section after the open one. `waiting`: the learner wanted to go on and does so when it is
   * released; `passable`: nobody can release it just now (the server is out of reach): asked once more, it goes on.
   */
  readonly held: { readonly section: string; readonly waiting: boolean; readonly passable: boolean } | null;
}

/** The whole picture. */
export interface View {
  readonly lesson: {
    readonly id: string;
    readonly title: string;
    readonly introduction: readonly Node[];
    readonly minutes?: number;
  };
  readonly host: HostView;
  readonly sections: readonly SectionView[];
  /** Index of the section to show. */
  readonly shown: number;
  /** Index of the section that is open; the last one when the lesson is finished. */
  readonly open: number;
  readonly workTotal: number;
  /** Work sections done or skipped. */
  readonly workDone: number;
  readonly finished: boolean;
  /** The open section was just completed: waits for `advance-asked`; its text is the moment's sentence. */
  readonly unlocked: { readonly sentence: string; readonly next: { readonly id: string; readonly title: string } | null } | null;
  readonly question: QuestionView | null;
  /** The block being typed into a shell now. */
  readonly running: string | null;
  /** Earlier sections' checks are being asked again before the open one is called current. */
  readonly reviewing?: boolean;
  /** The program solves sections to come to another one: how many work sections are behind it, of how many. */
  readonly going?: { readonly section: string; readonly done: number; readonly total: number };
  readonly notice: { readonly sentence: string; readonly tone: 'info' | 'problem'; readonly at: number } | null;
  readonly startedAt: number;
  /** Absent without a class. */
  readonly class?: ClassView;
}
