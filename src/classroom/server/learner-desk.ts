/** The learners' open streams: what each is told when it opens one, and as it happens. */
import type { ClassNews } from '../../classroom/protocol/learner-api.ts';
import type { SeatRow } from '../../classroom/store/rows.ts';
import type { Cohort, LiveSeat } from './cohort.ts';
import type { EventStream } from './event-stream.ts';

/** More at once is a program that does not close its streams. */
const MOST_STREAMS = 4;

/** Learners' streams. */
export class LearnerDesk {
  readonly #streams = new Map<string, EventStream[]>();
  readonly #cohort: () => Cohort;
  readonly #onPresence: (seat: string) => void;

  /**
   * @param cohort the class.
   * @param onPresence told of a seat that has come or gone.
   */
  constructor(cohort: () => Cohort, onPresence: (seat: string) => void) {
    this.#cohort = cohort;
    this.#onPresence = onPresence;
  }

  /** The seats with an open stream. */
  present(): readonly string[] {
    return [...this.#streams.keys()];
  }

  /** Begins to tell a seat. The oldest of too many streams is ended. */
  open(seat: LiveSeat, stream: EventStream): void {
    const id = seat.row.seat;
    const own = this.#streams.get(id) ?? [];
    own.push(stream);
    this.#streams.set(id, own);
    this.#count(seat, own.length);
    stream.onEnd(() => this.#close(seat, stream));
    if (own.length > MOST_STREAMS) own[0]?.end();
    for (const news of this.#pending(seat)) stream.send(JSON.stringify(news));
  }

  /** Tells a seat, where it has a stream here. */
  tell(seat: string, news: ClassNews): void {
    const text = JSON.stringify(news);
    for (const stream of this.#streams.get(seat) ?? []) stream.send(text);
  }

  /** Tells every seat. */
  tellAll(news: ClassNews): void {
    for (const seat of this.#streams.keys()) this.tell(seat, news);
  }

  /**
   * Tells a seat what has changed about it.
   * @param before its row as it was.
   * @param after its row as it is.
   */
  tellChange(before: SeatRow, after: SeatRow): void {
    const { seat } = after;
    if (after.removedAt !== null && before.removedAt === null) {
      this.tell(seat, { type: 'removed' });
      for (const stream of [...(this.#streams.get(seat) ?? [])]) stream.end();
      return;
    }
    if (after.handSeenAt > before.handSeenAt) this.tell(seat, { type: 'hand-seen', at: after.handSeenAt });
    const [old, now] = [before.share, after.share];
    if (old && old.request !== now?.request && old.state !== 'refused') {
      this.tell(seat, { type: 'share-ended', request: old.request });
    }
    if (now?.state === 'asked' && old?.request !== now.request) this.tell(seat, { type: 'share-asked', request: now.request });
  }

  /** Ends all streams in order. */
  stop(retryMs: number): void {
    for (const streams of [...this.#streams.values()]) for (const stream of [...streams]) stream.end(retryMs);
  }

  #close(seat: LiveSeat, stream: EventStream): void {
    const id = seat.row.seat;
    const left = (this.#streams.get(id) ?? []).filter((own) => own !== stream);
    if (left.length === 0) this.#streams.delete(id);
    else this.#streams.set(id, left);
    this.#count(seat, left.length);
  }

  #count(seat: LiveSeat, streams: number): void {
    seat.streams = streams;
    this.#onPresence(seat.row.seat);
  }

  /** What a stream begins with: the class, and everything that the learner has not answered to yet. */
  *#pending(seat: LiveSeat): Iterable<ClassNews> {
    const cohort = this.#cohort();
    yield { type: 'class', class: cohort.forLearner() };
    for (const message of seat.messages) {
      if (cohort.shownAt(seat, message.id) === null) yield { type: 'message', message };
    }
    const { handSeenAt, share } = seat.row;
    const hand = cohort.current(seat)?.stand.hand;
    if (hand && hand.at <= handSeenAt) yield { type: 'hand-seen', at: handSeenAt };
    // One who shares already goes on; where a message got lost, being asked again does no harm.
    if (share?.state === 'asked') yield { type: 'share-asked', request: share.request };
  }
}
