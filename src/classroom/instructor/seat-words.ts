/** What an instructor's screens call things: states, verdicts, times. Pure. */
import type { Cluster, SeatStand } from '../../classroom/protocol/instructor-api.ts';
import type { ClassLesson } from '../../classroom/protocol/learner-api.ts';
import type { ReportedVerdict } from '../../classroom/protocol/report.ts';
import { words } from '../../words/words.ts';
import type { ClassView } from './class-view.ts';

/** One check of a section as it stands for one seat. */
export interface CheckStand {
  readonly id: string;
  readonly title: string;
  readonly hints: readonly string[];
  readonly verdict: ReportedVerdict;
  /** Since when, ms; null where nothing was told yet. */
  readonly since: number | null;
}

/** A section of the class's lesson. */
export type ClassSection = ClassLesson['sections'][number];

/**
 * What a seat's state is called.
 * @param state the state.
 */
export function stateWords(state: SeatStand['state']): string {
  return words().seat.states[state];
}

/**
 * A section's checks as they stand for a seat, in the lesson's order.
 * @param section the section.
 * @param seat the seat.
 */
export function checksOf(section: ClassSection, seat: SeatStand): readonly CheckStand[] {
  return section.checks.map((check) => {
    const known = seat.checks[check.id];
    return { ...check, verdict: known?.verdict ?? { status: 'pending' }, since: known?.since ?? null };
  });
}

/**
 * Why a check fails, from its reason code: `wrong-owner` is "wrong owner".
 * @param reason a stable word.
 */
export function reasonWords(reason: string): string {
  return words().seat.reasons[reason] ?? reason.replaceAll('-', ' ');
}

/**
 * A verdict in a few words: "not yet: wrong owner".
 * @param verdict the verdict.
 */
export function verdictWords(verdict: ReportedVerdict): string {
  return 'reason' in verdict
    ? `${words().seat.verdicts[verdict.status]}: ${reasonWords(verdict.reason)}`
    : words().seat.verdicts[verdict.status];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How long, in a few characters: "40 s", "4 min", "1 h 05".
 * @param ms milliseconds; what is negative counts as none.
 */
export function duration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  const hours = Math.floor(ms / HOUR);
  return hours < 24 ? `${hours} h ${String(Math.floor((ms % HOUR) / MINUTE)).padStart(2, '0')}` : `${Math.floor(hours / 24)} d`;
}

/**
 * Ms a seat has been, or was, on a section; null where it has not begun. Never below 0: the times are the learner's.
 * @param seat the seat.
 * @param section the section's id.
 * @param now the server's time, ms.
 */
export function timeOn(seat: SeatStand, section: string, now: number): number | null {
  const stand = seat.sections[section];
  if (stand?.openedAt === undefined) return null;
  return Math.max(0, (stand.closedAt ?? now) - stand.openedAt);
}

/**
 * A pace in words: "2.1× the median".
 * @param pace time over the median's; null where there is none.
 */
export function paceWords(pace: number | null): string {
  if (pace === null) return words().seat.noMedian;
  return words().seat.pace(paceFigure(pace));
}

/**
 * A pace as a figure: "2.1×".
 * @param pace time over the median's.
 */
export function paceFigure(pace: number): string {
  return `${pace < 9.95 ? pace.toFixed(1) : Math.min(99, Math.round(pace))}×`;
}

/** A cluster with its names looked up. */
export interface NamedCluster extends Cluster {
  readonly key: string;
  readonly title: string;
  readonly section: string;
  readonly sectionId: string;
  readonly hints: readonly string[];
}

/**
 * The class's clusters with the lesson's words, largest first.
 * @param view the class.
 */
export function namedClusters({ clusters, lesson }: ClassView): readonly NamedCluster[] {
  const named = clusters.flatMap((cluster) => {
    const section = lesson.sections.find(({ checks }) => checks.some(({ id }) => id === cluster.check));
    const check = section?.checks.find(({ id }) => id === cluster.check);
    if (!section || !check) return [];
    const key = `${cluster.check} ${cluster.reason}`;
    return [{ ...cluster, key, title: check.title, section: section.title, sectionId: section.id, hints: check.hints }];
  });
  return named.sort((a, b) => b.seats.length - a.seats.length || (a.key < b.key ? -1 : 1));
}

/** How many of a class are in each state, and how many hands are up. */
export interface ClassCounts {
  readonly all: number;
  readonly online: number;
  readonly hands: number;
  readonly states: Readonly<Record<SeatStand['state'], number>>;
}

/**
 * Counts a class.
 * @param seats all of it.
 */
export function countClass(seats: Iterable<SeatStand>): ClassCounts {
  const states = { working: 0, waiting: 0, done: 0, offline: 0, 'not-started': 0 };
  let [all, online, hands] = [0, 0, 0];
  for (const seat of seats) {
    states[seat.state] += 1;
    all += 1;
    online += seat.online ? 1 : 0;
    hands += seat.hand ? 1 : 0;
  }
  return { all, online, hands, states };
}

/**
 * Several of something: "1 learner", "3 learners".
 * @param count how many.
 * @param one what one is called.
 * @param many what several are called.
 */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
