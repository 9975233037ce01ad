/** What is computed over a whole class: medians, clusters, how many are where. Pure. */
import type { Cluster, ProjectorView } from '../../classroom/protocol/instructor-api.ts';
import type { JournalStand, LessonIndex } from './journal-stand.ts';
import type { SeatFacts } from './seat-stand.ts';

/** One who fails alone is no cluster. */
const FEWEST_OF_CLUSTER = 2;

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

/**
 * Seats that fail the same check of their open section for the same reason, the largest first. Who is not there is not
 * counted: a cluster is something to be said to the room.
 * @param index the lesson.
 * @param seats all of the class.
 * @param fewest seats of a cluster.
 */
export function clustersOf(index: LessonIndex, seats: Iterable<SeatFacts>, fewest = FEWEST_OF_CLUSTER): Cluster[] {
  const failing = new Map<string, { check: string; reason: string; seats: string[]; section: number }>();
  const here = new Map<number, number>();
  for (const { seat, online, journal } of seats) {
    if (!online || journal?.open == null || journal.sections[journal.open]?.status !== 'open') continue;
    const { open } = journal;
    here.set(open, (here.get(open) ?? 0) + 1);
    for (const { id } of index.lesson.sections[open]?.checks ?? []) {
      const verdict = journal.checks.get(id)?.verdict;
      if (verdict?.status !== 'fail') continue;
      const key = `${verdict.reason} ${id}`;
      const known = failing.get(key);
      if (known) known.seats.push(seat);
      else failing.set(key, { check: id, reason: verdict.reason, seats: [seat], section: open });
    }
  }
  return [...failing.values()]
    .filter((found) => found.seats.length >= fewest)
    .sort((a, b) => b.seats.length - a.seats.length || a.section - b.section || (a.check < b.check ? -1 : 1))
    .map(({ check, reason, seats: members, section }) => ({ check, reason, seats: members, of: here.get(section) ?? 0 }));
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
