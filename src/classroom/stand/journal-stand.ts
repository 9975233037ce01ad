/**
 * How one learner's journal stands: a fold over its reports, as the session's state is one over the journal. Pure. What
 * names sections or checks that the class's lesson does not have changes nothing, so a stand can never grow without end.
 */
import type { ClassLesson } from '../../classroom/protocol/learner-api.ts';
import type { ReportedEvent, ReportedVerdict } from '../../classroom/protocol/report.ts';

/** A section as this journal has it. Times by the learner's clock. */
export interface SectionFacts {
  readonly status: 'locked' | 'open' | 'done' | 'skipped';
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly solvedBy: 'learner' | 'program' | null;
  readonly hints: number;
  /** When something was last run or written in it to its end. */
  readonly triedAt: number | null;
  /** What was run last did not end well. */
  readonly broke: boolean;
}

/** What the reports of one journal come to. */
export interface JournalStand {
  readonly host: 'sandbox' | 'docker' | 'podman' | 'ssh' | 'local' | null;
  /** By the learner's clock. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Index of the section that was opened last; null before the first and once the lesson is finished. */
  readonly open: number | null;
  /** One for each section of the lesson, in its order. */
  readonly sections: readonly SectionFacts[];
  readonly checks: ReadonlyMap<string, { readonly verdict: ReportedVerdict; readonly since: number }>;
  readonly hand: { readonly at: number; readonly note: string } | null;
  /** Messages that stood on the learner's screen, with when. */
  readonly shown: ReadonlyMap<string, number>;
  /** The newest event's time by the learner's clock, and when it came by the server's. */
  readonly lastAt: number;
  readonly lastReceivedAt: number;
}

/** The lesson's sections and checks by id, made once for a class. */
export interface LessonIndex {
  readonly lesson: ClassLesson;
  readonly sections: ReadonlyMap<string, number>;
  /** The section that a check belongs to. */
  readonly checks: ReadonlyMap<string, number>;
}

/** More messages than an instructor can write; a journal that claims to have seen more is not believed. */
const MOST_SHOWN = 5000;

const LOCKED: SectionFacts = {
  status: 'locked',
  openedAt: null,
  closedAt: null,
  solvedBy: null,
  hints: 0,
  triedAt: null,
  broke: false,
};

/** Makes the index of a lesson. */
export function indexLesson(lesson: ClassLesson): LessonIndex {
  return {
    lesson,
    sections: new Map(lesson.sections.map(({ id }, index) => [id, index])),
    checks: new Map(lesson.sections.flatMap(({ checks }, index) => checks.map(({ id }) => [id, index] as const))),
  };
}

/** A journal of which nothing is known. */
export function emptyStand({ lesson }: LessonIndex): JournalStand {
  return {
    host: null,
    startedAt: null,
    finishedAt: null,
    open: null,
    sections: lesson.sections.map(() => LOCKED),
    checks: new Map(),
    hand: null,
    shown: new Map(),
    lastAt: 0,
    lastReceivedAt: 0,
  };
}

/**
 * The stand after one more report.
 * @param index the class's lesson.
 * @param stand before.
 * @param event what was reported.
 * @param receivedAt when, by the server's clock.
 */
export function foldReport(index: LessonIndex, stand: JournalStand, event: ReportedEvent, receivedAt: number): JournalStand {
  const next = fold(index, stand, event);
  return { ...next, lastAt: event.at, lastReceivedAt: receivedAt };
}

function fold(index: LessonIndex, stand: JournalStand, event: ReportedEvent): JournalStand {
  switch (event.type) {
    case 'session-started':
      return { ...stand, host: event.host, startedAt: event.at };
    case 'session-resumed':
      return { ...stand, host: event.host, startedAt: stand.startedAt ?? event.at };
    case 'verdict-changed':
      return foldVerdict(index, stand, event);
    case 'step-started':
    case 'step-finished':
    case 'step-failed':
    case 'file-written':
      return foldTry(stand, event);
    case 'hand-raised':
      return { ...stand, hand: { at: event.at, note: event.note } };
    case 'hand-lowered':
      return { ...stand, hand: null };
    case 'message-shown':
      return stand.shown.size >= MOST_SHOWN ? stand : { ...stand, shown: new Map(stand.shown).set(event.message, event.at) };
    case 'lesson-finished':
      return { ...stand, open: null, finishedAt: event.at };
    default:
      return 'section' in event ? foldSection(index, stand, event) : stand;
  }
}

/** Those that name a section; not all of them change how it stands. */
type SectionEvent = Extract<ReportedEvent, { section: string }>;

function foldSection(index: LessonIndex, stand: JournalStand, event: SectionEvent): JournalStand {
  const at = index.sections.get(event.section);
  if (at === undefined) return stand;
  const set = (change: Partial<SectionFacts>): readonly SectionFacts[] =>
    stand.sections.map((own, n) => (n === at ? { ...own, ...change } : own));
  switch (event.type) {
    case 'section-opened':
      return { ...stand, open: at, sections: set({ ...LOCKED, status: 'open', openedAt: event.at }) };
    case 'section-done':
      return { ...stand, sections: set({ status: 'done', closedAt: event.at, solvedBy: event.by }) };
    case 'section-skipped':
      return { ...stand, sections: set({ status: 'skipped', closedAt: event.at }) };
    case 'hint-revealed':
      return { ...stand, sections: set({ hints: (stand.sections[at]?.hints ?? 0) + 1 }) };
    case 'section-rewound':
      return rewind(index, stand, at, event);
    default:
      return stand;
  }
}

/** What is done is done in the open section: the class does not know which blocks a section has. */
function foldTry(stand: JournalStand, { type, at }: ReportedEvent): JournalStand {
  const sections = stand.sections.map((own, n) =>
    n === stand.open && own.status === 'open'
      ? { ...own, triedAt: type === 'step-started' ? null : at, broke: type === 'step-failed' }
      : own,
  );
  return { ...stand, sections };
}

/** What comes after the section was never done; on a fresh host nothing of what is before it is either. */
function rewind(
  index: LessonIndex,
  stand: JournalStand,
  to: number,
  event: Extract<ReportedEvent, { type: 'section-rewound' }>,
): JournalStand {
  const gone = (section: number | undefined): boolean => section === undefined || section >= to || event.how === 'fresh';
  const sections = stand.sections.map((own, n) => {
    if (n === to) return { ...LOCKED, status: 'open' as const, openedAt: event.at };
    return gone(n) ? LOCKED : own;
  });
  const checks = new Map([...stand.checks].filter(([id]) => !gone(index.checks.get(id))));
  return { ...stand, sections, checks, open: to, finishedAt: null };
}

function foldVerdict(
  index: LessonIndex,
  stand: JournalStand,
  { check, verdict, at }: Extract<ReportedEvent, { type: 'verdict-changed' }>,
): JournalStand {
  if (!index.checks.has(check)) return stand;
  return { ...stand, checks: new Map(stand.checks).set(check, { verdict, since: at }) };
}
