/**
 * One class, running: what learners and instructors do goes into the store first, then into the class in memory, then to
 * whoever has to know. What another server process does comes in at `hear` and takes the same way from there on.
 */
import type { SendRequest } from '../../classroom/protocol/instructor-api.ts';
import type { Message, ReportsRequest } from '../../classroom/protocol/learner-api.ts';
import { clustersOf } from '../../classroom/stand/class-figures.ts';
import type { ClassStore, SeatChange } from '../../classroom/store/class-store.ts';
import type { StoreNews } from '../../classroom/store/news.ts';
import type { ClassRow, SeatRow } from '../../classroom/store/rows.ts';
import { Cohort, type LiveSeat } from './cohort.ts';
import { DashboardFeed } from './dashboard-feed.ts';
import { LearnerDesk } from './learner-desk.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { Refused } from './refused.ts';
import { ReportQueue } from './report-queue.ts';
import { ScreenDesk } from './screens.ts';
import { hashOf, newId, newToken } from './secrets.ts';
import { Sharing } from './sharing.ts';

/** Seats of one class; more is somebody who has the code and a script. */
const MOST_SEATS = 5000;
/** Messages of one class. */
const MOST_MESSAGES = 2000;
/** After a graceful stop clients come again after this many ms. */
const COME_AGAIN_MS = 1000;

/** What a class runs on. */
export interface ClassroomOptions {
  readonly store: ClassStore;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The server's clock. */
  readonly now: () => number;
}

/** A running class. */
export class Classroom {
  readonly store: ClassStore;
  readonly feed: DashboardFeed;
  readonly desk: LearnerDesk;
  readonly screens: ScreenDesk;
  readonly sharing: Sharing;
  readonly queue: ReportQueue;
  readonly now: () => number;
  #cohort!: Cohort;
  readonly #log: Log;
  readonly #presenceListeners: (() => void)[] = [];

  private constructor({ store, log, metrics, now }: ClassroomOptions) {
    this.store = store;
    this.now = now;
    this.#log = log;
    this.feed = new DashboardFeed(() => this.#cohort, now);
    this.desk = new LearnerDesk(
      () => this.#cohort,
      (seat) => this.#presenceChanged(seat),
    );
    this.screens = new ScreenDesk((id) => {
      const seat = this.#cohort.seat(id);
      if (seat) this.sharing.end(seat).catch((error: unknown) => this.#trouble('end-share', error));
    });
    this.sharing = new Sharing({
      screens: this.screens,
      change: (seat, change) => this.#changeSeat(seat, change),
      passOn: async (seat, json) => {
        if (this.store.dialect === 'postgres') await this.store.setScreen(this.#cohort.row.id, seat, json);
      },
    });
    this.queue = new ReportQueue({
      write: (batch) => this.store.append(this.#cohort.row.id, batch, this.now()),
      onBatch: (_count, tookMs, trouble) => {
        metrics.add('lockstep_batches_total', 1, `outcome="${trouble ? 'trouble' : 'kept'}"`);
        metrics.add('lockstep_batch_seconds_sum', tookMs / 1000);
        if (trouble) this.#trouble('append', trouble);
      },
    });
  }

  /**
   * Opens a class that is in the store.
   * @param row which.
   */
  static async open(options: ClassroomOptions, row: ClassRow): Promise<Classroom> {
    const room = new Classroom(options);
    room.#cohort = await Cohort.load(options.store, row, (seat) => room.feed.changed(seat));
    return room;
  }

  get cohort(): Cohort {
    return this.#cohort;
  }

  /** Called whenever a seat has come or gone. */
  onPresence(listener: () => void): void {
    this.#presenceListeners.push(listener);
  }

  /** A new seat. */
  async join(name: string): Promise<{ readonly seat: LiveSeat; readonly token: string }> {
    const count = [...this.#cohort.present()].length;
    if (count >= MOST_SEATS) throw new Refused(409, 'class-full', 'The class is full.');
    const token = newToken();
    const row: SeatRow = {
      seat: newId(),
      name,
      tokenHash: hashOf(token),
      joinedAt: this.now(),
      removedAt: null,
      handSeenAt: 0,
      share: null,
    };
    await this.store.addSeat(this.#cohort.row.id, row);
    this.#log('joined', { seat: row.seat });
    return { seat: this.#cohort.putSeat(row), token };
  }

  /**
   * Takes a learner's reports.
   * @returns number of the next one wanted, and how many were new.
   * @throws Refused where they do not fit, or could not be kept.
   */
  async report(seat: LiveSeat, { journal, reports }: ReportsRequest): Promise<{ readonly next: number; readonly added: number }> {
    if (journal.lesson !== this.#cohort.row.lesson.id) {
      throw new Refused(409, 'other-lesson', `This class is on ${this.#cohort.row.lesson.id}.`);
    }
    const append = { seat: seat.row.seat, journal: journal.id, lessonHash: journal.lessonHash, reports };
    const { plan, journal: row } = await this.queue.add(append);
    switch (plan.type) {
      case 'fits': {
        if (row === null) throw new Refused(400, 'bad-request', 'There is nothing in it.');
        const added = plan.add.map((report) => ({ ...report, journal: row.n, receivedAt: row.lastReceivedAt }));
        if (added.length > 0) await this.#cohort.putReports(seat, row, added);
        return { next: row.next, added: added.length };
      }
      case 'gap':
        throw new Refused(409, 'gap', `Reports before these are missing, from ${plan.next} on.`, { extra: { next: plan.next } });
      case 'other-journal':
        throw new Refused(409, 'other-journal', 'These reports are of another journal than the one that is known.');
      case 'out-of-order':
        throw new Refused(400, 'bad-request', 'The reports have to be in order, without a hole between them.');
      case 'too-many':
        throw new Refused(409, 'too-long', 'This seat has more reports or journals than a class takes.');
    }
  }

  /**
   * Says something to one, to a cluster, to all.
   * @returns to how many.
   */
  async send({ to, kind, check, text }: SendRequest): Promise<number> {
    const seats = this.#receivers(to);
    if (seats.length === 0) return 0;
    if ((await this.store.messages(this.#cohort.row.id)).length >= MOST_MESSAGES) {
      throw new Refused(409, 'too-many-messages', `A class takes ${MOST_MESSAGES} messages.`);
    }
    const message: Message = { id: newId(), at: this.now(), kind, check, text };
    await this.store.addMessage(this.#cohort.row.id, message, seats);
    this.#cohort.putMessage(message, seats);
    for (const seat of seats) this.desk.tell(seat, { type: 'message', message });
    this.#log('message', { kind, seats: seats.length });
    return seats.length;
  }

  /** Holds everybody before a section, or releases. */
  async setGate(section: string | null): Promise<void> {
    if (section !== null && !this.#cohort.index.sections.has(section)) {
      throw new Refused(404, 'no-section', 'The lesson has no such section.');
    }
    await this.store.changeClass(this.#cohort.row.id, { gate: section });
    this.#putClass({ ...this.#cohort.row, gate: section });
    this.#log('gate', { section });
  }

  /** The raised hand of a seat has been seen to. */
  async seeHand(seat: LiveSeat): Promise<void> {
    const hand = this.#cohort.current(seat)?.stand.hand;
    if (hand) await this.#changeSeat(seat, { handSeenAt: Math.max(hand.at, seat.row.handSeenAt) });
  }

  /** Takes a seat out of the class; its reports stay. */
  async remove(seat: LiveSeat): Promise<void> {
    const { share } = seat.row;
    await this.#changeSeat(seat, { removedAt: this.now(), share: null });
    if (share) this.screens.end(seat.row.seat, share.request, 'ended');
    this.#log('removed', { seat: seat.row.seat });
  }

  /** Takes what another process has done. */
  async hear(news: StoreNews): Promise<void> {
    switch (news.type) {
      case 'reports':
        return news.known ? this.#cohort.readOn(news.seats) : this.#cohort.catchUp(news.seats);
      case 'seats':
        return this.#readSeats(news.seats);
      case 'messages':
        return this.#readMessages();
      case 'class': {
        const row = await this.store.readClass(this.#cohort.row.id);
        if (row) this.#putClass(row);
        return;
      }
      case 'screen': {
        if (!this.screens.isWatched(news.seat)) return;
        const frame = await this.store.screen(news.seat);
        if (frame !== null) this.screens.show(news.seat, frame);
        return;
      }
      case 'presence':
        // Read by the loop that keeps presence.
        return;
    }
  }

  /** Something may have been missed: looks at everything again. */
  async hearAll(): Promise<void> {
    await this.hear({ type: 'class', class: this.#cohort.row.id });
    await this.#readSeats();
    await this.#cohort.catchUp();
    await this.#readMessages();
  }

  /** Ends in order: what was taken is kept, streams are ended. */
  async stop(): Promise<void> {
    await this.queue.drain();
    this.feed.stop(COME_AGAIN_MS);
    this.desk.stop(COME_AGAIN_MS);
    this.screens.stop(COME_AGAIN_MS);
  }

  #receivers(to: SendRequest['to']): readonly string[] {
    const all = [...this.#cohort.present()];
    if (to.type === 'all') return all.map(({ row }) => row.seat);
    if (to.type === 'seat') {
      if (this.#cohort.seat(to.seat) === null) throw new Refused(404, 'no-seat', 'There is no such seat.');
      return [to.seat];
    }
    const clusters = clustersOf(
      this.#cohort.index,
      all.map((seat) => this.#cohort.facts(seat)),
      { now: this.now(), medians: this.#cohort.figures().medians, fewest: 1 },
    );
    return clusters.find(({ check, reason }) => check === to.check && reason === to.reason)?.seats ?? [];
  }

  async #changeSeat(seat: LiveSeat, change: SeatChange): Promise<void> {
    await this.store.changeSeat(this.#cohort.row.id, seat.row.seat, change);
    this.#putSeat({ ...seat.row, ...change });
  }

  #putSeat(after: SeatRow): void {
    const before = this.#cohort.seat(after.seat)?.row;
    this.#cohort.putSeat(after);
    if (!before) return;
    this.desk.tellChange(before, after);
  }

  #putClass(row: ClassRow): void {
    this.#cohort.putClass(row);
    this.desk.tellAll({ type: 'class', class: this.#cohort.forLearner() });
  }

  async #readSeats(seats?: readonly string[]): Promise<void> {
    for (const after of await this.store.seats(this.#cohort.row.id, seats)) {
      const before = this.#cohort.seat(after.seat)?.row.share;
      this.#putSeat(after);
      this.sharing.changedElsewhere(before, after);
    }
  }

  async #readMessages(): Promise<void> {
    for (const { message, seats } of await this.#cohort.readMessages()) {
      for (const seat of seats) this.desk.tell(seat, { type: 'message', message });
    }
  }

  #presenceChanged(id: string): void {
    const seat = this.#cohort.seat(id);
    if (seat) seat.heardAt = Math.max(seat.heardAt, this.now());
    this.feed.changed(id);
    for (const listener of this.#presenceListeners) listener();
  }

  #trouble(where: string, error: unknown): void {
    this.#log('store-trouble', { where, sentence: error instanceof Error ? error.message : String(error) });
  }
}
