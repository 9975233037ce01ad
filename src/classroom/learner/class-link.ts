/**
 * The learner's side of a class, while a lesson is followed: reports go out from the journal, news come in as events of
 * the session, frames of the terminal go out while the learner allows it. It knows nothing of screens and hosts, and
 * the lesson never waits for it: whatever goes wrong here is told, and tried again.
 */
import type { ClassNews } from '../../classroom/protocol/learner-api.ts';
import type { SignedRecord } from '../../classroom/protocol/record.ts';
import { messageOf } from '../../model/errors.ts';
import type { ClassLinkStatus, PassingClassEvent } from '../../session/class-events.ts';
import type { ClassView } from '../../session/view.ts';
import { type ClassApi, createClassApi } from './api.ts';
import { backoff } from './backoff.ts';
import { ClassTrouble } from './class-trouble.ts';
import { createOutbox, type Outbox, type SavedJournal } from './outbox.ts';
import { ReportSender } from './report-sender.ts';
import { type PicturedTerminal, ScreenSharer } from './screen-sharer.ts';
import type { Seat } from './seat-file.ts';

/** What a link is made of. */
export interface ClassLinkOptions {
  readonly seat: Seat;
  readonly journal: SavedJournal;
  readonly lesson: { readonly id: string; readonly hash: string };
  /** Takes news of the class; must not throw. */
  readonly tell: (news: PassingClassEvent) => void;
  /** Called when something about the seat is to be remembered. */
  readonly remember: (seat: Seat) => void;
  /** The terminal that may be shared, as it looks now; null while there is none. */
  readonly picture: () => PicturedTerminal | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** For tests: how waits are chosen, and how long an answer may take. */
  readonly wait?: (tries: number, atLeastMs: number) => number;
  readonly deadlineMs?: number;
  readonly silenceMs?: number;
}

/** A running link. */
export interface ClassLink {
  /**
   * What the learner allows now.
   * @param share the view's.
   */
  follow(share: ClassView['share']): void;
  /** The terminal may look different now. */
  terminalChanged(): void;
  /**
   * The signed completion record of what was told; null where the class does not have everything, or cannot be reached.
   * Call it before `close`, once the session has ended.
   */
  record(): Promise<SignedRecord | null>;
  /** What is on the disk is sent if that takes no time to speak of; then everything ends. Safe to call twice. */
  close(): Promise<void>;
}

/** How long the end waits for the last reports, milliseconds. */
const lastWordsMs = 1_500;
/** Reports that are on their way are not called waiting before this, milliseconds. */
const inFlightMs = 1_500;

/**
 * Begins to report and to listen.
 * @param options seat, journal, and whom to tell.
 */
export function startClassLink(options: ClassLinkOptions): ClassLink {
  return new Link(options);
}

class Link implements ClassLink {
  private readonly options: ClassLinkOptions;
  private readonly ending = new AbortController();
  private readonly api: ClassApi;
  private readonly outbox: Outbox;
  private readonly sender: ReportSender;
  private readonly sharer: ScreenSharer;
  private readonly unsubscribe: () => void;
  private readonly running: Promise<void>;
  private readonly wait: (tries: number, atLeastMs: number) => number;
  private readonly early = new Set<() => void>();
  private seat: Seat;
  private listening = false;
  private tried = false;
  private newsTrouble: ClassTrouble | null = null;
  private removed: ClassTrouble | null = null;
  private told = '';
  private behindSince: number | null = null;
  private behindTimer: NodeJS.Timeout | null = null;
  private closing: Promise<void> | null = null;

  constructor(options: ClassLinkOptions) {
    this.options = options;
    this.seat = options.seat;
    this.wait = options.wait ?? ((tries, atLeastMs) => backoff(tries, Math.random(), atLeastMs));
    const { signal } = this.ending;
    const { url, token } = options.seat;
    const { deadlineMs, silenceMs } = options;
    this.api = createClassApi({
      url,
      token,
      signal,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
    this.outbox = createOutbox(options.journal, options.lesson);
    this.sender = new ReportSender({
      api: this.api,
      outbox: this.outbox,
      idFor: (first) => this.seat.journals[first] ?? first,
      renamed: (first, id) => this.update({ ...this.seat, journals: { ...this.seat.journals, [first]: id } }),
      pause: (tries, atLeastMs) => this.pause(tries, atLeastMs),
      changed: () => this.publish(),
      signal,
    });
    this.sharer = new ScreenSharer({
      send: (frame) => this.api.screen(frame),
      picture: options.picture,
      ended: (request) => options.tell({ type: 'share-ended', at: options.now(), request }),
    });
    this.unsubscribe = options.journal.onSaved(() => this.sender.kick());
    const { title, gate } = this.seat.class;
    options.tell({ type: 'class-entered', at: options.now(), name: this.seat.name, facts: { title, gate } });
    this.running = this.run();
  }

  follow(share: ClassView['share']): void {
    this.sharer.follow(share);
  }

  terminalChanged(): void {
    this.sharer.changed();
  }

  async record(): Promise<SignedRecord | null> {
    await this.lastWords(Date.now() + lastWordsMs);
    const { known } = this.sender;
    if (known === null || this.removed !== null) return null;
    return this.api.record(known.journal, known.head).catch(() => null);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.unsubscribe();
    const shared = this.sharer.close();
    const patience = Date.now() + lastWordsMs;
    await this.lastWords(patience);
    if (this.listening) await Promise.race([shared, sleep(Math.max(0, patience - Date.now()))]);
    this.ending.abort();
    if (this.behindTimer !== null) clearTimeout(this.behindTimer);
    await this.running;
  }

  private async lastWords(until: number): Promise<void> {
    // What was saved last may not have been looked at yet.
    await this.outbox.refresh();
    this.sender.kick();
    while (this.mayStillSend() && Date.now() < until) await sleep(20);
  }

  private mayStillSend(): boolean {
    return this.listening && this.removed === null && this.sender.trouble === null && this.sender.waiting > 0;
  }

  private async run(): Promise<void> {
    try {
      await Promise.all([this.sender.run(), this.listen()]);
    } catch (thrown) {
      if (this.ending.signal.aborted) return;
      this.removed = thrown instanceof ClassTrouble ? thrown : null;
      if (this.removed === null) throw thrown;
      this.publish();
      this.ending.abort();
    }
  }

  /** News, with a new stream whenever one has ended. */
  private async listen(): Promise<void> {
    for (let tries = 0; !this.ending.signal.aborted; ) {
      try {
        await this.api.news(
          () => {
            tries = 0;
            this.opened();
          },
          (news) => this.heard(news),
        );
        this.newsTrouble = null;
      } catch (thrown) {
        if (!(thrown instanceof ClassTrouble)) throw thrown;
        if (thrown.word === 'unknown-seat') throw thrown;
        this.newsTrouble = thrown;
      }
      if (this.ending.signal.aborted) return;
      this.listening = false;
      this.tried = true;
      this.publish();
      tries += 1;
      await this.pause(tries, 0);
    }
  }

  private opened(): void {
    this.listening = true;
    this.newsTrouble = null;
    this.publish();
    // Whoever waits for the next try need not wait any longer.
    for (const wake of [...this.early]) wake();
    this.sender.kick();
  }

  private heard(news: ClassNews): void {
    const { tell, now } = this.options;
    const at = now();
    switch (news.type) {
      case 'class': {
        const { title, gate } = news.class;
        if (JSON.stringify(news.class) !== JSON.stringify(this.seat.class)) this.update({ ...this.seat, class: news.class });
        tell({ type: 'class-told', at, facts: { title, gate } });
        break;
      }
      case 'message': {
        const { id, kind, check, text } = news.message;
        tell({ type: 'message-arrived', at, message: { id, kind, check, text } });
        break;
      }
      case 'hand-seen':
        tell({ type: 'hand-seen', at, raised: news.at });
        break;
      case 'share-asked':
      case 'share-ended':
        tell({ type: news.type, at, request: news.request });
        break;
      default:
        this.removed = new ClassTrouble({ kind: 'refused', status: 401, word: 'unknown-seat', retryAfterMs: 0 });
        this.publish();
        this.ending.abort();
    }
  }

  private update(seat: Seat): void {
    this.seat = seat;
    this.options.remember(seat);
  }

  /** Tells how the link stands, where that has changed. */
  private publish(): void {
    const trouble = this.removed ?? this.newsTrouble ?? this.sender.trouble;
    const status = this.status();
    const waiting = this.waitingToTell(trouble !== null || status !== 'online');
    const sentence = trouble === null ? null : messageOf(trouble);
    const telling = JSON.stringify([status, waiting, sentence]);
    if (telling === this.told) return;
    this.told = telling;
    this.options.tell({ type: 'class-link-changed', at: this.options.now(), status, waiting, sentence });
  }

  private status(): ClassLinkStatus {
    if (this.removed !== null) return 'removed';
    if (this.listening) return 'online';
    return this.tried ? 'offline' : 'connecting';
  }

  /** What is just being sent does not wait, unless that takes long. */
  private waitingToTell(stuck: boolean): number {
    const { waiting } = this.sender;
    if (waiting === 0) this.behindSince = null;
    else this.behindSince ??= Date.now();
    if (stuck || waiting === 0 || Date.now() - (this.behindSince ?? 0) >= inFlightMs) return waiting;
    this.behindTimer ??= setTimeout(() => {
      this.behindTimer = null;
      this.publish();
    }, inFlightMs + 1);
    this.behindTimer.unref();
    return 0;
  }

  private pause(tries: number, atLeastMs: number): Promise<void> {
    const { signal } = this.ending;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.early.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.wait(tries, atLeastMs));
      timer.unref();
      signal.addEventListener('abort', done);
      if (atLeastMs === 0) this.early.add(done);
      if (signal.aborted) done();
    });
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
