/**
 * The class in memory: computed from the store alone, so that a server that starts again, or hears from another one, has
 * the same. Knows nothing of requests and streams; who wants to know what changed gives a listener.
 */
import type { ClassSnapshot } from '../../classroom/protocol/instructor-api.ts';
import type { ClassForLearner, Message } from '../../classroom/protocol/learner-api.ts';
import { mediansOf } from '../../classroom/stand/class-figures.ts';
import { emptyStand, foldReport, indexLesson, type JournalStand, type LessonIndex } from '../../classroom/stand/journal-stand.ts';
import type { ClassFigures, SeatFacts } from '../../classroom/stand/seat-stand.ts';
import type { ClassStore } from '../../classroom/store/class-store.ts';
import type { ClassRow, JournalRow, ReportRow, SeatRow } from '../../classroom/store/rows.ts';

/** A journal as it is known here. */
interface LiveJournal {
  row: JournalRow;
  /** Number of the next report to be folded in. */
  next: number;
  stand: JournalStand;
}

/** A seat as it is known here. */
export interface LiveSeat {
  row: SeatRow;
  readonly journals: Map<string, LiveJournal>;
  /** Streams open with this process. */
  streams: number;
  /** Another process has a stream open with it. */
  elsewhere: boolean;
  heardAt: number;
  /** What was said to this seat, oldest first. */
  messages: Message[];
}

/** Reports read at once. */
const PAGE = 5000;
const JOURNALS_AT_ONCE = 500;

/** The class in memory. */
export class Cohort {
  readonly #store: ClassStore;
  readonly #seats = new Map<string, LiveSeat>();
  readonly #byToken = new Map<string, string>();
  readonly #onChange: (seat: string) => void;
  #row: ClassRow;
  #index: LessonIndex;
  #medians: Map<number, number> | null = null;

  private constructor(store: ClassStore, row: ClassRow, onChange: (seat: string) => void) {
    this.#store = store;
    this.#row = row;
    this.#index = indexLesson(row.lesson);
    this.#onChange = onChange;
  }

  /**
   * Reads a class from its store.
   * @param onChange told which seat has changed.
   */
  static async load(store: ClassStore, row: ClassRow, onChange: (seat: string) => void): Promise<Cohort> {
    const cohort = new Cohort(store, row, onChange);
    await cohort.readAll();
    return cohort;
  }

  get row(): ClassRow {
    return this.#row;
  }

  get index(): LessonIndex {
    return this.#index;
  }

  /** Those that are in the class. */
  *present(): Iterable<LiveSeat> {
    for (const seat of this.#seats.values()) if (seat.row.removedAt === null) yield seat;
  }

  /** A seat that is in the class. */
  seat(id: string): LiveSeat | null {
    const found = this.#seats.get(id);
    return found && found.row.removedAt === null ? found : null;
  }

  /** The seat of a token; null where there is none, or where it was removed. */
  async seatOfToken(tokenHash: string): Promise<LiveSeat | null> {
    const id = this.#byToken.get(tokenHash);
    if (id !== undefined) return this.seat(id);
    if (this.#store.dialect === 'sqlite') return null;
    // Another process may have given it out a moment ago.
    const row = await this.#store.seatByToken(this.#row.id, tokenHash);
    return row === null ? null : this.seat(this.putSeat(row).row.seat);
  }

  /** Takes a seat's row as it is now. */
  putSeat(row: SeatRow): LiveSeat {
    const known = this.#seats.get(row.seat);
    if (known) known.row = row;
    const seat = known ?? { row, journals: new Map(), streams: 0, elsewhere: false, heardAt: row.joinedAt, messages: [] };
    this.#seats.set(row.seat, seat);
    this.#byToken.set(row.tokenHash, row.seat);
    this.#onChange(row.seat);
    return seat;
  }

  putClass(row: ClassRow): void {
    this.#row = row;
    for (const { row: own } of this.present()) this.#onChange(own.seat);
  }

  /** Takes a message that was sent to these seats. */
  putMessage(message: Message, seats: readonly string[]): void {
    for (const id of seats) this.#seats.get(id)?.messages.push(message);
  }

  /** Takes reports that the store has just taken. */
  async putReports(seat: LiveSeat, row: JournalRow, added: ReportRow[]): Promise<void> {
    const journal = this.#journal(seat, row);
    if ((added[0]?.seq ?? journal.next) > journal.next) await this.#readOn([journal]);
    else this.#fold(seat, journal, added);
  }

  /** Reads what other processes have kept for these seats; for all where none are named. */
  async catchUp(seats?: readonly string[]): Promise<void> {
    const behind: LiveJournal[] = [];
    for (const row of await this.#store.journals(this.#row.id, seats)) {
      const seat = this.#seats.get(row.seat) ?? (await this.#readSeat(row.seat));
      if (!seat) continue;
      const journal = this.#journal(seat, row);
      if (row.next > journal.next) behind.push(journal);
    }
    for (let from = 0; from < behind.length; from += JOURNALS_AT_ONCE) {
      await this.#readOn(behind.slice(from, from + JOURNALS_AT_ONCE));
    }
  }

  /** Reads what other processes have added to journals of these seats that are known here. */
  async readOn(seats: readonly string[]): Promise<void> {
    const known = seats.flatMap((id) => [...(this.#seats.get(id)?.journals.values() ?? [])]);
    for (let from = 0; from < known.length; from += JOURNALS_AT_ONCE) {
      await this.#readOn(known.slice(from, from + JOURNALS_AT_ONCE));
    }
  }

  /** Reads seats that have changed in the store. */
  async readSeats(seats?: readonly string[]): Promise<void> {
    for (const row of await this.#store.seats(this.#row.id, seats)) this.putSeat(row);
  }

  /** Reads the messages; returns those that are new here, with their seats. */
  async readMessages(): Promise<readonly { readonly message: Message; readonly seats: readonly string[] }[]> {
    const fresh = (await this.#store.messages(this.#row.id)).map(({ message, seats }) => ({
      message,
      seats: seats.filter((id) => this.#seats.get(id)?.messages.every((own) => own.id !== message.id) ?? false),
    }));
    for (const { message, seats } of fresh) this.putMessage(message, seats);
    return fresh.filter(({ seats }) => seats.length > 0);
  }

  /** Everything again: at the start, and when something may have been missed. */
  async readAll(): Promise<void> {
    const row = await this.#store.readClass(this.#row.id);
    if (row) this.putClass(row);
    await this.readSeats();
    await this.catchUp();
    await this.readMessages();
  }

  /** The journal that was heard of last. */
  current(seat: LiveSeat): LiveJournal | null {
    let newest: LiveJournal | null = null;
    for (const journal of seat.journals.values()) {
      if (newest === null || journal.stand.lastReceivedAt >= newest.stand.lastReceivedAt) newest = journal;
    }
    return newest;
  }

  facts(seat: LiveSeat): SeatFacts {
    const { row } = seat;
    return {
      seat: row.seat,
      name: row.name,
      joinedAt: row.joinedAt,
      online: seat.streams > 0 || seat.elsewhere,
      heardAt: seat.heardAt,
      sharing: row.share?.state ?? 'no',
      handSeenAt: row.handSeenAt,
      journal: this.current(seat)?.stand ?? null,
    };
  }

  figures(): ClassFigures {
    this.#medians ??= mediansOf(
      this.#index,
      [...this.present()].flatMap((seat) => this.current(seat)?.stand ?? []),
    );
    const gate = this.#row.gate === null ? null : (this.#index.sections.get(this.#row.gate) ?? null);
    return { index: this.#index, gate, medians: this.#medians };
  }

  /** Whether a message stood on this seat's screen: when, by the learner's clock. */
  shownAt(seat: LiveSeat, message: string): number | null {
    for (const { stand } of seat.journals.values()) {
      const at = stand.shown.get(message);
      if (at !== undefined) return at;
    }
    return null;
  }

  /** The class as the instructor sees it. */
  about(): ClassSnapshot['class'] {
    const { id, title, code, codeExpiresAt, gate, startedAt } = this.#row;
    return { id, title, code, codeExpiresAt, gate, startedAt };
  }

  /** The class as a learner sees it. */
  forLearner(): ClassForLearner {
    const { id, title, lesson, gate } = this.#row;
    return { id, title, lesson: lesson.id, gate };
  }

  #journal(seat: LiveSeat, row: JournalRow): LiveJournal {
    const known = seat.journals.get(row.id);
    if (known) {
      known.row = row;
      return known;
    }
    const journal: LiveJournal = { row, next: 0, stand: emptyStand(this.#index) };
    seat.journals.set(row.id, journal);
    return journal;
  }

  async #readOn(behind: readonly LiveJournal[]): Promise<void> {
    const byNumber = new Map(behind.map((journal) => [journal.row.n, journal]));
    for (;;) {
      const wanted = behind.map(({ row, next }) => ({ n: row.n, from: next }));
      const reports = await this.#store.reportsOf(wanted, PAGE);
      for (const report of reports) {
        const journal = byNumber.get(report.journal);
        const seat = journal && this.#seats.get(journal.row.seat);
        if (journal && seat) this.#fold(seat, journal, [report]);
      }
      if (reports.length < PAGE) return;
    }
  }

  #fold(seat: LiveSeat, journal: LiveJournal, reports: readonly ReportRow[]): void {
    for (const { seq, hash, event, receivedAt } of reports) {
      if (seq !== journal.next) continue;
      journal.next += 1;
      // The reports may be newer than the row that was read before them.
      if (journal.row.next <= seq) journal.row = { ...journal.row, next: seq + 1, head: hash, lastReceivedAt: receivedAt };
      journal.stand = foldReport(this.#index, journal.stand, event, receivedAt);
      seat.heardAt = Math.max(seat.heardAt, receivedAt);
      if (event.type === 'section-done' || event.type === 'section-rewound') this.#medians = null;
    }
    this.#onChange(seat.row.seat);
  }

  async #readSeat(id: string): Promise<LiveSeat | null> {
    const [row] = await this.#store.seats(this.#row.id, [id]);
    return row ? this.putSeat(row) : null;
  }
}
