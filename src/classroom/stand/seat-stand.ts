/**
 * How a seat stands, as the instructor sees it: whether somebody works there, how fast, and how much they need help.
 * Pure: the time is an argument.
 */
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import type { JournalStand, LessonIndex } from './journal-stand.ts';

/** What is known of a seat beside its journals. Times by the server's clock. */
export interface SeatFacts {
  readonly seat: string;
  readonly name: string;
  readonly joinedAt: number;
  readonly online: boolean;
  readonly heardAt: number;
  readonly sharing: SeatStand['sharing'];
  /** A hand raised no later than this, by the learner's clock, has been seen to. */
  readonly handSeenAt: number;
  /** The journal that was heard of last; null where there is none. */
  readonly journal: JournalStand | null;
}

/** What is computed over the whole class. */
export interface ClassFigures {
  readonly index: LessonIndex;
  /** Index of the section that is held; null where none is. */
  readonly gate: number | null;
  /** Median ms by section index. */
  readonly medians: ReadonlyMap<number, number>;
}

/** Nothing heard for this long while a section is open: waiting, ms. */
const IDLE_MS = 3 * 60_000;

/** A learner whose clock jumped is not on a section for years, ms. */
const LONGEST_MS = 24 * 3_600_000;
const MINUTE = 60_000;
/** What a section is taken to last where the class has no median yet, ms. */
const USUAL_MS = 10 * MINUTE;

/**
 * How long a seat is on its open section: by the learner's clock up to the newest report, by the server's from there on,
 * so that a clock that goes wrong is wrong once and not for ever. Null where no section is open.
 * @param journal the seat's.
 * @param now by the server's clock.
 */
function timeOnSection(journal: JournalStand, now: number): number | null {
  const section = journal.open === null ? undefined : journal.sections[journal.open];
  if (section?.status !== 'open' || section.openedAt === null) return null;
  return msSince(journal, section.openedAt, now);
}

/**
 * How long something is past, by both clocks; a day at the most.
 * @param journal whose newest report is the bridge between them.
 * @param at when it happened, by the learner's clock.
 * @param now by the server's clock.
 */
export function msSince(journal: JournalStand, at: number, now: number): number {
  const reported = Math.max(0, journal.lastAt - at);
  return Math.min(LONGEST_MS, reported + Math.max(0, now - journal.lastReceivedAt));
}

/**
 * A seat as the instructor sees it.
 * @param facts what is known of it.
 * @param figures what is computed over the class.
 * @param now by the server's clock.
 */
export function seatStandOf(facts: SeatFacts, figures: ClassFigures, now: number): SeatStand {
  const { journal } = facts;
  const { index } = figures;
  const hand = journal?.hand && journal.hand.at > facts.handSeenAt ? journal.hand : null;
  const pace = journal === null ? null : paceOf(journal, figures, now);
  const state = stateOf(facts, figures, now);
  return {
    seat: facts.seat,
    name: facts.name,
    joinedAt: facts.joinedAt,
    online: facts.online,
    heardAt: facts.heardAt,
    state,
    host: journal?.host ?? null,
    hand: hand === null ? null : { at: hand.at, note: hand.note },
    open: journal?.open == null ? null : (index.lesson.sections[journal.open]?.id ?? null),
    sections: sectionsOf(journal, index),
    checks: Object.fromEntries(journal?.checks ?? []),
    pace,
    need: needOf({ state, hand: hand?.at ?? null, journal, pace, now }),
    sharing: facts.sharing,
  };
}

function sectionsOf(journal: JournalStand | null, index: LessonIndex): SeatStand['sections'] {
  return Object.fromEntries(
    index.lesson.sections.map(({ id }, n) => {
      const own = journal?.sections[n];
      return [
        id,
        {
          status: own?.status ?? 'locked',
          ...(own?.openedAt == null ? {} : { openedAt: own.openedAt }),
          ...(own?.closedAt == null ? {} : { closedAt: own.closedAt }),
          ...(own?.solvedBy === 'program' ? { solvedBy: 'program' as const } : {}),
          hints: own?.hints ?? 0,
        },
      ];
    }),
  );
}

function paceOf(journal: JournalStand, { medians }: ClassFigures, now: number): number | null {
  const spent = timeOnSection(journal, now);
  const median = journal.open === null ? undefined : medians.get(journal.open);
  if (spent === null || median === undefined) return null;
  return Math.min(99, Math.round((spent / Math.max(1000, median)) * 10) / 10);
}

function stateOf({ online, heardAt, journal }: SeatFacts, { gate }: ClassFigures, now: number): SeatStand['state'] {
  if (journal?.finishedAt != null) return 'done';
  if (journal?.startedAt == null) return 'not-started';
  if (!online) return 'offline';
  if (isHeld(journal, gate)) return 'waiting';
  return now - heardAt > IDLE_MS ? 'waiting' : 'working';
}

/** Through with the section before the one that is held. */
function isHeld({ open, sections }: JournalStand, gate: number | null): boolean {
  if (gate === null) return false;
  if (open === null) return gate === 0;
  return open === gate - 1 && sections[open]?.status !== 'open';
}

interface NeedFacts {
  readonly state: SeatStand['state'];
  readonly hand: number | null;
  readonly journal: JournalStand | null;
  readonly pace: number | null;
  readonly now: number;
}

/**
 * A raised hand comes before everything, the one that waits longest first. Then who is slower than the class, who has
 * asked for hints, whose host makes trouble. Who is through, or not there, needs nothing that can be given.
 */
function needOf({ state, hand, journal, pace, now }: NeedFacts): number {
  if (journal === null) return 0;
  const waiting = Math.max(0, now - journal.lastReceivedAt + Math.max(0, journal.lastAt - (hand ?? journal.lastAt)));
  const asked = hand === null ? 0 : 1000 + Math.min(500, Math.floor(waiting / MINUTE));
  if (state === 'done' || state === 'offline' || state === 'not-started') return asked;
  const spent = timeOnSection(journal, now);
  if (spent === null) return asked;
  const slowness = pace ?? spent / USUAL_MS;
  const slow = Math.min(60, Math.max(0, (slowness - 1) * 20));
  const hints = Math.min(15, (journal.open === null ? 0 : (journal.sections[journal.open]?.hints ?? 0)) * 5);
  const idle = state === 'waiting' ? 10 : 0;
  const trouble = [...journal.checks.values()].some(({ verdict }) => verdict.status === 'error') ? 30 : 0;
  return asked + Math.round(slow + hints + idle + trouble);
}
