/**
 * Where one person is in one lesson, as plain data. Made only by `apply` and `update`; read by `select`.
 * It knows no clock, no host and no screen.
 */
import type { Given } from '../model/answer.ts';
import type { Verdict } from '../model/check.ts';
import type { HostKind } from '../model/host.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import type { ClassFacts, ClassLinkStatus, ClassMessage } from './class-events.ts';
import type { Actor, WritePreview } from './events.ts';
import type { HostView } from './view.ts';

/** How far a step is. */
export interface StepState {
  readonly status: 'todo' | 'running' | 'done' | 'failed';
  /** Commands that have finished. */
  readonly finished: number;
  readonly sentence?: string;
}

/** A verdict and since when it is so, ms since the epoch. */
export interface VerdictState {
  readonly verdict: Verdict;
  readonly since: number;
  /** When it was last seen to hold. */
  readonly held?: number;
  /** The command that ran when it broke. */
  readonly after?: string;
}

/** What the monitor has counted while its section is open. */
export interface MonitorState {
  readonly served: number;
  readonly failed: number;
  readonly slowestMs: number;
  /** One entry a second, newest last; `second` is its start, ms since the epoch. */
  readonly seconds: readonly {
    readonly second: number;
    readonly served: number;
    readonly failed: number;
    readonly slowestMs: number;
  }[];
  readonly failure: string | null;
  readonly programs: Readonly<Record<string, readonly { readonly at: number; readonly state: string }[]>>;
  readonly now: number;
}

/** One section's state. */
export interface SectionState {
  readonly status: 'locked' | 'open' | 'done' | 'skipped';
  readonly openedAt?: number;
  readonly closedAt?: number;
  /** Its scripts were started. */
  readonly prepared?: boolean;
  readonly steps: Readonly<Record<string, StepState>>;
  readonly verdicts: Readonly<Record<string, VerdictState>>;
  /** Questions to the learner that were answered, by check: the newest answer, and how many were wrong. */
  readonly answers: Readonly<Record<string, { readonly given: Given; readonly wrong: number }>>;
  /** Ids of checks whose hint was revealed. */
  readonly hintedChecks: readonly string[];
  /** How many of the section's own hints were revealed. */
  readonly hintsShown: number;
  /** Rounds of checks since the section was opened (or the program came back). */
  readonly rounds: number;
  readonly monitor: MonitorState;
  /** The host's files at its start are kept. */
  readonly snapshot: boolean;
  /** Ids of earlier sections' checks that held at its start; null where nobody has looked. */
  readonly baseline: readonly string[] | null;
  /** Since when requests and times count, where that is not since it was opened; ms since the epoch. */
  readonly countedFrom?: number;
  readonly solvedBy?: 'program';
}

/** What the learner is asked right now. */
export type QuestionState =
  | { readonly type: 'write'; readonly block: string; readonly preview: WritePreview; readonly by: Actor }
  | { readonly type: 'skip'; readonly section: string; readonly times: 1 | 2 }
  /** `rewind`: by its snapshot; `afresh`: by solving everything again on a fresh host; `catch-up`: on to it. */
  | { readonly type: 'go'; readonly section: string; readonly how: 'rewind' | 'afresh' | 'catch-up' }
  /** `times` 2: the services were started again, and it did not help. */
  | { readonly type: 'drift'; readonly broken: Readonly<Record<string, Verdict>>; readonly times: 1 | 2 };

/** What the host's driver can do for going back. */
export interface HostAbilities {
  readonly snapshots: boolean;
  readonly reset: boolean;
}

/** What the journal keeps of the class, whether or not the session is in one just now. */
export interface ClassRecord {
  readonly hand: { readonly at: number; readonly note: string } | null;
  /** Oldest first. */
  readonly messages: readonly (ClassMessage & { readonly at: number; readonly read: boolean })[];
}

/** The class that the session is in. */
export interface ClassState {
  readonly name: string;
  readonly facts: ClassFacts;
  readonly status: ClassLinkStatus;
  readonly waiting: number;
  readonly sentence: string | null;
  /** The section (its id) that the learner wanted to go on to and was held before; released, it goes on. */
  readonly held: string | null;
  readonly share: { readonly request: string; readonly status: 'asked' | 'on' } | null;
}

/** The whole session. */
export interface SessionState {
  readonly lesson: Lesson;
  readonly hostKind: HostKind;
  readonly startedAt: number;
  readonly host: HostView;
  readonly sections: readonly SectionState[];
  readonly shown: number;
  readonly open: number;
  readonly finished: boolean;
  /** The open section was just completed and waits for the reader; `already`: nothing had to be done. */
  readonly unlocked: { readonly already: boolean } | null;
  readonly question: QuestionState | null;
  readonly running: string | null;
  readonly abilities: HostAbilities;
  /** Earlier sections' checks are being asked again; no section is current before they are answered. */
  readonly reviewing: boolean;
  /** The host's services were started again because of a drift. */
  readonly driftRetried: boolean;
  /** The host goes back to this section; after a crash in the middle of it that is done again. */
  readonly rewinding: { readonly section: string; readonly how: 'snapshot' | 'fresh' } | null;
  /** The program solves sections from the one with index `from` until it comes to the one with index `to`. */
  readonly going: { readonly from: number; readonly to: number } | null;
  readonly notice: { readonly sentence: string; readonly tone: 'info' | 'problem'; readonly at: number } | null;
  readonly classRecord: ClassRecord;
  /** Null without a class. */
  readonly classroom: ClassState | null;
}

const noMonitor: MonitorState = { served: 0, failed: 0, slowestMs: 0, seconds: [], failure: null, programs: {}, now: 0 };

/** A section nobody has opened yet. */
export const lockedSection: SectionState = {
  status: 'locked',
  steps: {},
  verdicts: {},
  answers: {},
  hintedChecks: [],
  hintsShown: 0,
  rounds: 0,
  monitor: noMonitor,
  snapshot: false,
  baseline: null,
};

/**
 * The state before anything has happened.
 * @param lesson the lesson; it does not change during a session.
 * @param hostKind which kind of host it runs on.
 * @param abilities what that host can do for going back.
 */
export function initialState(
  lesson: Lesson,
  hostKind: HostKind,
  abilities: HostAbilities = { snapshots: false, reset: false },
): SessionState {
  return {
    lesson,
    hostKind,
    startedAt: 0,
    host: { status: 'preparing', kind: hostKind, sentence: 'Starting', fraction: null },
    sections: lesson.sections.map(() => lockedSection),
    shown: 0,
    open: 0,
    finished: false,
    unlocked: null,
    question: null,
    running: null,
    abilities,
    reviewing: false,
    driftRetried: false,
    rewinding: null,
    going: null,
    notice: null,
    classRecord: { hand: null, messages: [] },
    classroom: null,
  };
}

/**
 * The section that is open (or was the last to be open) with its state.
 * @param state the session.
 */
export function openSection(state: SessionState): { readonly section: Section; readonly own: SectionState } | null {
  const section = state.lesson.sections[state.open];
  const own = state.sections[state.open];
  return section && own ? { section, own } : null;
}

/**
 * The same state with one section changed.
 * @param state the session.
 * @param index which section, from 0; out of range changes nothing.
 * @param change what to put in its place.
 */
export function withSection(state: SessionState, index: number, change: (own: SectionState) => SectionState): SessionState {
  return { ...state, sections: state.sections.map((own, at) => (at === index ? change(own) : own)) };
}

/**
 * Index of the section a block or check belongs to, by the `<section id>` in front of its id; -1 where there is none.
 * @param lesson the lesson.
 * @param id a block's or a check's id.
 */
export function sectionOf(lesson: Lesson, id: string): number {
  return lesson.sections.findIndex(
    (section) => section.blocks.some((block) => block.id === id) || section.checks.some((check) => check.id === id),
  );
}
