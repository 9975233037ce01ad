/**
 * Which seats an instructor sees and in which order: those who need help first. The order holds still while somebody
 * points at it, or the row they mean would be another one by the time they click. Pure.
 */
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';

/** What is looked for: one of the groups, or those who fail a check for a reason. */
export type SeatGroup = 'all' | 'help' | 'hand' | 'working' | 'waiting' | 'done' | 'offline' | 'not-started';

/** What the matrix is narrowed to. */
export interface SeatFilter {
  readonly group: SeatGroup;
  /** Part of a name, in any case. */
  readonly search: string;
  /** Only these; null for no such limit. */
  readonly only: ReadonlySet<string> | null;
}

/** How many times as long as the median is long enough to look after somebody. */
export const SLOW = 2;

/**
 * Whether somebody should be looked after: a hand is up, or the section takes much longer than the class needed for it.
 * @param seat the seat.
 */
export function needsHelp(seat: SeatStand): boolean {
  return seat.hand !== null || (seat.open !== null && seat.online && (seat.pace ?? 0) >= SLOW);
}

/**
 * Whether a seat is shown.
 * @param seat the seat.
 * @param filter what is looked for.
 */
function matches(seat: SeatStand, { group, search, only }: SeatFilter): boolean {
  if (only && !only.has(seat.seat)) return false;
  if (search !== '' && !seat.name.toLocaleLowerCase().includes(search.toLocaleLowerCase())) return false;
  return inGroup(seat, group);
}

/**
 * Whether a seat is in a group.
 * @param seat the seat.
 * @param group the group.
 */
export function inGroup(seat: SeatStand, group: SeatGroup): boolean {
  if (group === 'all') return true;
  if (group === 'hand') return seat.hand !== null;
  return group === 'help' ? needsHelp(seat) : seat.state === group;
}

/**
 * The seats to show, in order: greatest need first, then by name, so that two who need alike never change places.
 * @param seats all of the class.
 * @param filter what is looked for.
 */
export function sortedSeats(seats: ReadonlyMap<string, SeatStand>, filter: SeatFilter): readonly string[] {
  return [...seats.values()]
    .filter((seat) => matches(seat, filter))
    .sort((a, b) => b.need - a.need || compareNames(a, b))
    .map(({ seat }) => seat);
}

/**
 * An order that holds still: who is there stays where they are, also where they no longer match; who comes is put at the
 * end; who has left the class is left out.
 * @param before the order on the screen.
 * @param wanted the order that would be right.
 * @param seats all of the class.
 */
export function heldOrder(
  before: readonly string[],
  wanted: readonly string[],
  seats: ReadonlyMap<string, SeatStand>,
): readonly string[] {
  const there = new Set(before);
  return [...before.filter((seat) => seats.has(seat)), ...wanted.filter((seat) => !there.has(seat))];
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareNames(a: SeatStand, b: SeatStand): number {
  return names.compare(a.name, b.name) || (a.seat < b.seat ? -1 : 1);
}
