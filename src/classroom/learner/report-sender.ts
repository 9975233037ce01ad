/**
 * Sends the journal's lines to the class server, in order, from where the server left off: at least once, and again
 * until it has said that it keeps them. It remembers nothing that the journal and the server do not know.
 */
import type { JournalIdentity, Report } from '../../classroom/protocol/report.ts';
import { MOST_BODY_BYTES, MOST_EVENTS } from '../../classroom/protocol/words.ts';
import type { ClassApi } from './api.ts';
import { ClassTrouble } from './class-trouble.ts';
import type { Outbox } from './outbox.ts';
import { withoutContents } from './report-of.ts';

/** What sending needs. */
export interface SenderOptions {
  readonly api: Pick<ClassApi, 'seat' | 'report'>;
  readonly outbox: Outbox;
  /** The id under which the class knows a journal whose first line has this hash. */
  readonly idFor: (first: string) => string;
  /** The class knows another journal by that id: from now on this one is told under another. */
  readonly renamed: (first: string, id: string) => void;
  /** Waits until it is time to try again, or until `wake` is called. */
  readonly pause: (tries: number, atLeastMs: number) => Promise<void>;
  /** Called when the number of lines waiting, or what is in the way, may be another one. */
  readonly changed: () => void;
  readonly signal: AbortSignal;
}

/** Sends reports. */
export class ReportSender {
  private readonly options: SenderOptions;
  /** Number of the next line the server wants; null while it was not asked. */
  private next: number | null = null;
  /** Lines on the disk when this program began: how many of them are known is not known before the server was asked. */
  private readonly before: number;
  private most = MOST_EVENTS;
  /** Numbers of lines that the server does not take as they are. */
  private readonly unwanted = new Set<number>();
  private wakeUp: () => void = () => {};
  private kicked = false;
  private trouble_: ClassTrouble | null = null;

  /** @param options what to send, and to whom. */
  constructor(options: SenderOptions) {
    this.options = options;
    this.before = options.outbox.count;
  }

  /** Lines that the server does not have, as far as is known. */
  get waiting(): number {
    return Math.max(0, this.options.outbox.count - (this.next ?? this.before));
  }

  /** What is in the way; null while nothing is. */
  get trouble(): ClassTrouble | null {
    return this.trouble_;
  }

  /** The journal as the class knows it, with its newest line; null while that does not have all of it. */
  get known(): { readonly journal: string; readonly head: string } | null {
    const { outbox, idFor } = this.options;
    if (this.next === null || this.waiting > 0 || outbox.identity === null || outbox.head === null) return null;
    return { journal: idFor(outbox.identity.id), head: outbox.head };
  }

  /** There may be more to send. */
  kick(): void {
    this.kicked = true;
    this.wakeUp();
  }

  /**
   * Sends until the signal aborts.
   * @throws ClassTrouble when nothing more can be sent at all: the seat is gone, or the lesson is not the class's.
   */
  async run(): Promise<void> {
    const { signal, changed, pause } = this.options;
    for (let tries = 0; !signal.aborted; ) {
      this.kicked = false;
      try {
        const more = await this.step();
        tries = 0;
        this.trouble_ = null;
        changed();
        if (!more) await this.woken();
      } catch (thrown) {
        if (signal.aborted) return;
        const trouble = this.resolve(thrown);
        if (trouble === null) continue;
        tries += 1;
        this.trouble_ = trouble;
        changed();
        await pause(tries, trouble.facts.kind === 'refused' ? trouble.facts.retryAfterMs : 0);
      }
    }
  }

  /** One batch. True where there is more to send. */
  private async step(): Promise<boolean> {
    const { outbox, api } = this.options;
    await outbox.refresh();
    this.options.changed();
    const { identity } = outbox;
    if (identity === null) return false;
    const journal = { ...identity, id: this.options.idFor(identity.id) };
    if (this.next === null) {
      const { journals } = await api.seat();
      // The last line that it knows is sent once more: it says whether that is the line it had.
      this.next = Math.max(0, Math.min(journals[journal.id] ?? 0, outbox.count) - 1);
    }
    const reports = await this.batch(this.next, journal);
    if (reports.length === 0) return false;
    const { next } = await api.report({ journal, reports: [...reports] });
    // A server that knows more than was sent knows another end of this journal: the next line will show it.
    this.next = Math.min(next, this.next + reports.length);
    this.most = MOST_EVENTS;
    return this.next < outbox.count;
  }

  /** As many as fit into one request. */
  private async batch(from: number, journal: JournalIdentity): Promise<readonly Report[]> {
    const read = await this.options.outbox.read(from, this.most);
    const reports = read.map((report) => (this.unwanted.has(report.seq) ? withoutContents(report) : report));
    for (let count = reports.length; count > 1; count = Math.ceil(count / 2)) {
      const some = reports.slice(0, count);
      if (Buffer.byteLength(JSON.stringify({ journal, reports: some })) <= MOST_BODY_BYTES) return some;
    }
    return reports.slice(0, 1);
  }

  /** What a refusal asks for is done at once: null then. Throws what cannot be mended; gives back what time may mend. */
  private resolve(thrown: unknown): ClassTrouble | null {
    if (!(thrown instanceof ClassTrouble)) throw thrown;
    const { facts } = thrown;
    if (facts.kind !== 'refused') return thrown;
    switch (facts.word) {
      case 'unknown-seat':
      case 'other-lesson':
        throw thrown;
      case 'gap':
        return this.fillGap(facts.next, thrown);
      case 'other-journal':
        return this.rename(thrown);
      case 'bad-request':
      case 'too-large':
        return this.shrink(thrown);
      default:
        return thrown;
    }
  }

  private fillGap(wanted: number | undefined, trouble: ClassTrouble): ClassTrouble | null {
    if (wanted === undefined || wanted >= (this.next ?? 0)) {
      this.next = null;
      return trouble;
    }
    this.next = wanted;
    return null;
  }

  private rename(trouble: ClassTrouble): ClassTrouble | null {
    const { outbox, idFor, renamed } = this.options;
    const first = outbox.identity?.id;
    this.next = null;
    if (first === undefined || outbox.head === null || outbox.head === idFor(first)) return trouble;
    renamed(first, outbox.head);
    return null;
  }

  /** One line that is refused must not hold up the others: it is found, and told without its contents. */
  private shrink(trouble: ClassTrouble): ClassTrouble | null {
    if (this.most > 1) {
      this.most = Math.max(1, Math.floor(this.most / 4));
      return null;
    }
    const at = this.next;
    if (at === null || this.unwanted.has(at)) return trouble;
    this.unwanted.add(at);
    return null;
  }

  private woken(): Promise<void> {
    const { signal } = this.options;
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.wakeUp = () => {};
        resolve();
      };
      this.wakeUp = done;
      signal.addEventListener('abort', done);
      if (this.kicked || signal.aborted) done();
    });
  }
}
