/**
 * Several server processes, one class: hears what the others have done, gathers it for a moment, and takes it one after
 * the other. Tells them who is here, again and again, so that a process that was killed is missed.
 */
import { inTurn } from '../../classroom/store/database.ts';
import { decodeNews, type StoreNews } from '../../classroom/store/news.ts';
import type { Classroom } from './classroom.ts';
import type { Log } from './log.ts';

/** How long news are gathered, ms. */
const GATHER_MS = 50;
/** How often this process says who is here, and how long it is believed, ms. */
const PRESENCE_MS = 5000;
const BELIEVED_MS = 16_000;
/** After a change of who is here, ms. */
const PRESENCE_SOON_MS = 200;
/** A database that was away: again after, ms. */
const RETRY_MS = 1000;

/** Listening, until it is stopped. */
export interface Hearing {
  stop(): Promise<void>;
}

/** What is listened with. */
export interface HearOptions {
  readonly room: Classroom;
  /** This process, as it calls itself. */
  readonly origin: string;
  readonly log: Log;
  /** The instructor's secrets may be others now. */
  readonly onClassChanged: () => Promise<void>;
}

/**
 * Begins to listen. On a database that one process has to itself, it does nothing.
 * @throws StoreTrouble where listening cannot begin.
 */
export async function hearOthers(options: HearOptions): Promise<Hearing> {
  if (options.room.store.dialect === 'sqlite') return { stop: async () => {} };
  const hearing = new HearingOthers(options);
  await hearing.begin();
  return hearing;
}

class HearingOthers implements Hearing {
  readonly #options: HearOptions;
  readonly #turn = inTurn();
  /** Seats that have reported: whether only in journals that were told of before. */
  readonly #reported = new Map<string, boolean>();
  readonly #others: StoreNews[] = [];
  #gathering: NodeJS.Timeout | null = null;
  #presence: NodeJS.Timeout;
  #soon: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(options: HearOptions) {
    this.#options = options;
    this.#presence = setInterval(() => this.#keepPresence(), PRESENCE_MS);
  }

  async begin(): Promise<void> {
    const { room, origin } = this.#options;
    room.onPresence(() => {
      this.#soon ??= setTimeout(() => {
        this.#soon = null;
        this.#keepPresence();
      }, PRESENCE_SOON_MS);
    });
    await room.store.listen(
      (text) => {
        const news = decodeNews(text, origin, room.cohort.row.id);
        if (news) this.#take(news);
      },
      () => this.#lookAgain(),
    );
    // What was told between reading the class and listening.
    await room.hearAll();
    this.#keepPresence();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#presence);
    clearTimeout(this.#soon ?? undefined);
    clearTimeout(this.#gathering ?? undefined);
    await this.#turn(() => this.#options.room.store.dropPresence(this.#options.origin)).catch(() => {});
  }

  #take(news: StoreNews): void {
    if (news.type === 'reports') {
      for (const seat of news.seats) this.#reported.set(seat, (this.#reported.get(seat) ?? true) && news.known === true);
    } else this.#others.push(news);
    this.#gathering ??= setTimeout(() => this.#work(), GATHER_MS);
  }

  #work(): void {
    this.#gathering = null;
    const others = this.#others.splice(0);
    const seats = [true, false].map((known) => [...this.#reported].filter((own) => own[1] === known).map(([seat]) => seat));
    const [known = [], begun = []] = seats;
    this.#reported.clear();
    const { room } = this.#options;
    this.#do('hear', async () => {
      for (const news of others) {
        if (news.type === 'presence') await this.#readPresence();
        else await room.hear(news);
        if (news.type === 'class') await this.#options.onClassChanged();
      }
      const of = { type: 'reports', class: room.cohort.row.id } as const;
      if (begun.length > 0) await room.hear({ ...of, seats: begun });
      if (known.length > 0) await room.hear({ ...of, seats: known, known: true });
    });
  }

  /** The connection was lost and is there again: what was told meanwhile is read from the tables. */
  #lookAgain(): void {
    const { room, log } = this.#options;
    log('listening-again');
    this.#do('look-again', async () => {
      await room.hearAll();
      await this.#options.onClassChanged();
    });
  }

  #keepPresence(): void {
    const { room, origin } = this.#options;
    this.#do('presence', async () => {
      await room.store.setPresence(room.cohort.row.id, origin, room.desk.present());
      await this.#readPresence();
    });
  }

  async #readPresence(): Promise<void> {
    const { room, origin } = this.#options;
    const elsewhere = new Set(await room.store.presence(room.cohort.row.id, origin, BELIEVED_MS));
    for (const seat of room.cohort.present()) {
      const there = elsewhere.has(seat.row.seat);
      if (there === seat.elsewhere) continue;
      seat.elsewhere = there;
      room.feed.changed(seat.row.seat);
    }
  }

  /** Trouble makes what was heard uncertain: everything is looked at again, later. */
  #do(what: string, work: () => Promise<void>): void {
    if (this.#stopped) return;
    this.#turn(work).catch((error: unknown) => {
      this.#options.log('store-trouble', { where: what, sentence: error instanceof Error ? error.message : String(error) });
      if (what !== 'presence' && !this.#stopped) setTimeout(() => this.#lookAgain(), RETRY_MS).unref();
    });
  }
}
