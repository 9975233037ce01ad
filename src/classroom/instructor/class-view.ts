/** The class as an instructor's screen has it: a snapshot, kept current by updates. Pure. */
import type { ClassSnapshot, ClassUpdate, SeatStand } from '../../classroom/protocol/instructor-api.ts';

/** A class on an instructor's screen. */
export interface ClassView {
  readonly class: ClassSnapshot['class'];
  readonly lesson: ClassSnapshot['lesson'];
  readonly clusters: ClassSnapshot['clusters'];
  readonly medians: ClassSnapshot['medians'];
  readonly seats: ReadonlyMap<string, SeatStand>;
  /** The server's clock less ours, milliseconds. */
  readonly clockAhead: number;
}

/** A view after an update, and which seats are to be drawn again; null: all of them. */
export interface Applied {
  readonly view: ClassView;
  readonly changed: ReadonlySet<string> | null;
}

/**
 * The view after an update. One that says what changed before anything is known is ignored.
 * @param view the view before; null at the beginning.
 * @param update what the server said.
 * @param now our clock, ms.
 */
export function applyUpdate(view: ClassView | null, update: ClassUpdate, now: number): Applied | null {
  if (update.type === 'snapshot') {
    const { seats, now: serverNow, ...rest } = update.snapshot;
    const whole = { ...rest, seats: new Map(seats.map((one) => [one.seat, one])), clockAhead: serverNow - now };
    return { view: whole, changed: null };
  }
  if (view === null) return null;
  const seats = new Map(view.seats);
  for (const one of update.seats) seats.set(one.seat, one);
  for (const gone of update.removed) seats.delete(gone);
  const { class: about, clusters, medians } = update;
  const next = { ...view, class: about, clusters, medians, seats, clockAhead: update.now - now };
  return { view: next, changed: new Set([...update.seats.map(({ seat }) => seat), ...update.removed]) };
}
