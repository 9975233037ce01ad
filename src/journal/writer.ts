/**
 * Puts lines on the disk in order, each synced before the next one counts. What cannot be written (a full disk) stays in
 * memory and is tried again; a line that was written in part is cut off first, so nothing on the disk is ever damaged.
 * Knows nothing of what the lines say.
 */
import type { JournalFile } from './journal-file.ts';

/** What the writer tells while it works. */
export type WriterNews =
  | { readonly type: 'stuck'; readonly cause: unknown; readonly waiting: number }
  | { readonly type: 'vanished' }
  | { readonly type: 'recovered'; readonly written: number };

/** What a writer needs. */
export interface WriterOptions {
  readonly file: JournalFile;
  /** Every line that is in the file already. */
  readonly lines: readonly string[];
  readonly onNews: (news: WriterNews) => void;
  /** Called whenever more lines are on the disk for good. */
  readonly onSaved?: () => void;
  /** Milliseconds between two tries while the disk refuses. */
  readonly retryMs: number;
}

/** Lines on their way to the disk. */
export class LineWriter {
  private readonly options: WriterOptions;
  private readonly written: string[];
  private readonly queue: string[] = [];
  private goodBytes: number;
  private running: Promise<void> | null = null;
  private retry: NodeJS.Timeout | null = null;
  private stuck = false;
  private closed = false;

  constructor(options: WriterOptions) {
    this.options = options;
    this.written = [...options.lines];
    this.goodBytes = byteLength(this.written);
  }

  /** Lines that are not on the disk yet. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Bytes of the file that would survive a power cut; they are whole lines. */
  get savedBytes(): number {
    return this.goodBytes;
  }

  /** Takes a line; returns at once. After `close` nothing is taken any more. */
  append(line: string): void {
    if (this.closed) return;
    this.queue.push(line);
    // While the disk refuses, the next try takes this line along.
    if (this.retry === null) this.start();
  }

  /** Resolves when everything taken so far is on the disk, or a try to put it there has failed. */
  async flush(): Promise<void> {
    if (this.running !== null) await this.running;
    if (this.queue.length > 0) {
      this.start();
      await this.running;
    }
  }

  /** One last try, then no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
    this.stopRetrying();
    await this.options.file.close();
  }

  private start(): void {
    this.stopRetrying();
    this.running ??= this.drain().finally(() => {
      this.running = null;
      // A line may have come between the last look at the queue and here.
      if (this.queue.length > 0 && this.retry === null) this.start();
    });
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = [...this.queue];
      try {
        await this.write(batch);
      } catch (cause) {
        this.complain(cause);
        return;
      }
      this.queue.splice(0, batch.length);
      this.options.onSaved?.();
      if (this.stuck) this.options.onNews({ type: 'recovered', written: batch.length });
      this.stuck = false;
    }
  }

  private async write(batch: readonly string[]): Promise<void> {
    const { file, onNews } = this.options;
    if (await file.isGone()) {
      onNews({ type: 'vanished' });
      await file.create();
      this.goodBytes = 0;
      await this.writeAt(this.written.join(''));
    }
    await this.writeAt(batch.join(''));
    this.written.push(...batch);
  }

  /** Cuts off what an earlier try left behind, writes, syncs: only then the bytes count. */
  private async writeAt(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const { file } = this.options;
    await file.cut(this.goodBytes);
    try {
      await file.write(bytes, this.goodBytes);
      await file.sync();
    } catch (cause) {
      // Also gives back the room that half a line takes. Where even this fails, the next try or the next reader does it.
      await file.cut(this.goodBytes).catch(() => {});
      throw cause;
    }
    this.goodBytes += bytes.length;
  }

  private complain(cause: unknown): void {
    if (!this.stuck) this.options.onNews({ type: 'stuck', cause, waiting: this.queue.length });
    this.stuck = true;
    this.retry = setTimeout(() => this.start(), this.options.retryMs);
    this.retry.unref();
  }

  private stopRetrying(): void {
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
  }
}

function byteLength(lines: readonly string[]): number {
  return lines.reduce((total, line) => total + Buffer.byteLength(line), 0);
}
