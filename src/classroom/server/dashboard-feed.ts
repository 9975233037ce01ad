/**
 * What instructors' screens are told: a whole snapshot first, then only seats that changed, a few times a second. A seat
 * is written down once for all screens.
 */
import type { ClassSnapshot, ClassUpdate } from '../../classroom/protocol/instructor-api.ts';
import { clustersOf } from '../../classroom/stand/class-figures.ts';
import { seatStandOf } from '../../classroom/stand/seat-stand.ts';
import type { Cohort } from './cohort.ts';
import type { EventStream } from './event-stream.ts';

/** Between two tellings, ms. */
const TICK_MS = 250;
/** What depends on the time alone (pace, need) is looked at again within so many tickings. */
const WHOLE_ROUND = 20;

/** Tells open screens. */
export class DashboardFeed {
  readonly #cohort: () => Cohort;
  readonly #now: () => number;
  readonly #streams = new Set<EventStream>();
  /** A seat's stand as JSON. */
  readonly #told = new Map<string, string>();
  readonly #changed = new Set<string>();
  #rest = '';
  #tick = 0;
  readonly #timer: NodeJS.Timeout;

  /**
   * @param cohort the class; asked for with every telling.
   * @param now the server's clock.
   */
  constructor(cohort: () => Cohort, now: () => number) {
    this.#cohort = cohort;
    this.#now = now;
    this.#timer = setInterval(() => this.#tell(), TICK_MS);
    this.#timer.unref();
  }

  /** How many screens there are. */
  get size(): number {
    return this.#streams.size;
  }

  /** Notes that something about a seat has changed. */
  changed(seat: string): void {
    this.#changed.add(seat);
  }

  /** Begins to tell a screen. */
  open(stream: EventStream): void {
    this.#tell();
    stream.send(`{"type":"snapshot","snapshot":${this.snapshotJson()}}`);
    this.#streams.add(stream);
    stream.onEnd(() => this.#streams.delete(stream));
  }

  /** Ends all streams in order. */
  stop(retryMs: number): void {
    clearInterval(this.#timer);
    for (const stream of this.#streams) stream.end(retryMs);
  }

  /** The whole class now, as JSON of a classSnapshot. */
  snapshotJson(): string {
    const cohort = this.#cohort();
    for (const { row } of cohort.present()) {
      if (this.#changed.has(row.seat) || !this.#told.has(row.seat)) this.#renew(row.seat);
    }
    const seats = [...cohort.present()].map(({ row }) => this.#told.get(row.seat));
    const { lesson } = cohort.row;
    const around: Omit<ClassSnapshot, 'seats'> = { lesson, ...this.#figures(), now: this.#now() };
    return `{"seats":[${seats.join(',')}],${JSON.stringify(around).slice(1)}`;
  }

  #figures(): Pick<ClassSnapshot, 'class' | 'clusters' | 'medians'> {
    const cohort = this.#cohort();
    const { medians } = cohort.figures();
    const { sections } = cohort.row.lesson;
    const seats = [...cohort.present()].map((seat) => cohort.facts(seat));
    return {
      class: cohort.about(),
      clusters: clustersOf(cohort.index, seats, { now: this.#now(), medians }),
      medians: Object.fromEntries([...medians].map(([n, ms]) => [sections[n]?.id ?? '', ms])),
    };
  }

  #tell(): void {
    // Without a screen nothing is computed; what has changed meanwhile is known when one comes.
    if (this.#streams.size === 0) return;
    this.#lookAgain();
    const seats: string[] = [];
    const removed: string[] = [];
    for (const id of this.#changed) {
      const renewed = this.#renew(id);
      if (renewed === 'gone') removed.push(id);
      else if (renewed !== null) seats.push(renewed);
    }
    this.#changed.clear();
    const figures = this.#figures();
    const rest = JSON.stringify(figures);
    if (seats.length === 0 && removed.length === 0 && rest === this.#rest) return;
    this.#rest = rest;
    const around: Omit<Extract<ClassUpdate, { type: 'changed' }>, 'seats'> = {
      type: 'changed',
      removed,
      ...figures,
      now: this.#now(),
    };
    const json = `{"seats":[${seats.join(',')}],${JSON.stringify(around).slice(1)}`;
    for (const stream of this.#streams) stream.send(json);
  }

  /** A part of the class with every ticking, so that no single one takes long. */
  #lookAgain(): void {
    this.#tick = (this.#tick + 1) % WHOLE_ROUND;
    let n = 0;
    for (const { row } of this.#cohort().present()) {
      if (n % WHOLE_ROUND === this.#tick) this.#changed.add(row.seat);
      n += 1;
    }
  }

  /** Its new stand where it is another one; null where it is the same. */
  #renew(id: string): string | 'gone' | null {
    const cohort = this.#cohort();
    const seat = cohort.seat(id);
    if (seat === null) return this.#told.delete(id) ? 'gone' : null;
    const json = JSON.stringify(seatStandOf(cohort.facts(seat), cohort.figures(), this.#now()));
    if (json === this.#told.get(id)) return null;
    this.#told.set(id, json);
    return json;
  }
}
