/** What is computed over a whole class: medians, clusters, how many are where. Pure. */
import type { Cluster, ProjectorView } from '../../classroom/protocol/instructor-api.ts';
import type { JournalStand, LessonIndex } from './journal-stand.ts';
import { msSince, type SeatFacts } from './seat-stand.ts';

/** One who fails alone is no cluster. */
const FEWEST_OF_CLUSTER = 2;
/** A check that still fails so long after the last thing that was tried has not passed by it, ms. */
const AFTER_TRY_MS = 15_000;
/** On a section where nothing was tried: so long, ms, where nobody is through with it; otherwise the class's median, at least this. */
const UNTRIED_MS = 3 * 60_000;
const LEAST_UNTRIED_MS = 30_000;

/**
 * The median time that a section took those who have solved it themselves.
 * @param index the lesson.
 * @param journals one for each seat.
 * @returns ms by section index; none where nobody is through.
 */
export function mediansOf({ lesson }: LessonIndex, journals: Iterable<JournalStand>): Map<number, number> {
  const times: number[][] = lesson.sections.map(() => []);
  for (const { sections } of journals) {
    for (const [n, { status, solvedBy, openedAt, closedAt }] of sections.entries()) {
      if (status !== 'done' || solvedBy === 'program' || openedAt === null || closedAt === null) continue;
      // A clock that was set back tells nothing.
      if (closedAt >= openedAt) times[n]?.push(closedAt - openedAt);
    }
  }
  return new Map(times.flatMap((all, n) => (all.length === 0 ? [] : [[n, median(all)] as const])));
}

function median(numbers: number[]): number {
  numbers.sort((a, b) => a - b);
  const middle = numbers.length >> 1;
  const upper = numbers[middle] ?? 0;
  return numbers.length % 2 === 1 ? upper : Math.round(((numbers[middle - 1] ?? 0) + upper) / 2);
}

/** What clusters are computed with. */
export interface ClusterOptions {
  /** By the server's clock. */
  readonly now: number;
  /** Median ms by section index. */
  readonly medians: ReadonlyMap<number, number>;
  /** Seats of a cluster; default 2: one who fails alone is none. */
  readonly fewest?: number;
}

/**
 * Seats that are stuck at the same check of their open section for the same reason, the largest first. Who is not there
 * is not counted: a cluster is something to be said to the room. Nor is who has only just begun: at first every check
 * of every section fails.
 * @param index the lesson.
 * @param seats all of the class.
 */
export function clustersOf(index: LessonIndex, seats: Iterable<SeatFacts>, options: ClusterOptions): Cluster[] {
  const { now, medians, fewest = FEWEST_OF_CLUSTER } = options;
  const failing = new Map<string, { check: string; reason: string; seats: string[]; section: number }>();
  const here = new Map<number, number>();
  for (const { seat, online, journal } of seats) {
    if (!online || journal?.open == null || journal.sections[journal.open]?.status !== 'open') continue;
    const { open } = journal;
    here.set(open, (here.get(open) ?? 0) + 1);
    if (!isStuck(journal, medians.get(open), now)) continue;
    for (const { check, reason } of failsOf(index, journal)) {
      const key = `${reason} ${check}`;
      const known = failing.get(key);
      if (known) known.seats.push(seat);
      else failing.set(key, { check, reason, seats: [seat], section: open });
    }
  }
  return [...failing.values()]
    .filter((found) => found.seats.length >= fewest)
    .sort((a, b) => b.seats.length - a.seats.length || a.section - b.section || (a.check < b.check ? -1 : 1))
    .map(({ check, reason, seats: members, section }) => ({ check, reason, seats: members, of: here.get(section) ?? 0 }));
}

/** The checks of a journal's open section that fail, and why. */
function failsOf({ lesson }: LessonIndex, { open, checks }: JournalStand): { readonly check: string; readonly reason: string }[] {
  return (lesson.sections[open ?? -1]?.checks ?? []).flatMap(({ id }) => {
    const verdict = checks.get(id)?.verdict;
    return verdict?.status === 'fail' ? [{ check: id, reason: verdict.reason }] : [];
  });
}

/**
 * Who has tried something and not gone on, whose command failed, who asks for help, or who takes longer than half of
 * the class did. What is typed by hand is not reported: the time tells of it.
 */
function isStuck(journal: JournalStand, median: number | undefined, now: number): boolean {
  const section = journal.open === null ? undefined : journal.sections[journal.open];
  if (section === undefined) return false;
  if (section.hints > 0 || section.broke || journal.hand !== null) return true;
  if (section.triedAt !== null && msSince(journal, section.triedAt, now) >= AFTER_TRY_MS) return true;
  const allowed = median === undefined ? UNTRIED_MS : Math.max(LEAST_UNTRIED_MS, median);
  return section.openedAt !== null && msSince(journal, section.openedAt, now) >= allowed;
}

/**
 * How many are where, without names.
 * @param index the lesson.
 * @param seats all of the class.
 * @param of the class's title, and the section that is held.
 */
export function projectorOf(
  index: LessonIndex,
  seats: Iterable<SeatFacts>,
  of: { readonly title: string; readonly gate: string | null },
): ProjectorView {
  const sections = index.lesson.sections.map(({ id, title }) => ({ id, title, here: 0, done: 0 }));
  const view = { title: of.title, seats: 0, online: 0, hands: 0, gate: of.gate, sections };
  for (const { online, journal, handSeenAt } of seats) {
    view.seats += 1;
    view.online += Number(online);
    if (journal === null) continue;
    view.hands += Number(journal.hand !== null && journal.hand.at > handSeenAt);
    for (const [n, section] of sections.entries()) {
      section.here += Number(journal.open === n);
      section.done += Number(journal.sections[n]?.status === 'done');
    }
  }
  return view;
}
