/**
 * A shell's terminal that is kept on the host by a keeper (keeper-program.ts) and reached over a connection that may be
 * cut. Every byte either way has a place in its stream: after a cut each side goes on where the other one is, so that
 * nothing is lost, shown twice or typed twice. It knows nothing of how a connection is made.
 */
import type { KeptShell } from '../host/host.ts';
import { frame, frameReader } from './frames.ts';
import type { Pty, PtyListener } from './pty-contract.ts';

type Channel = Awaited<ReturnType<KeptShell>>;

/** Exit code of what attaches where there is no such keeper any more. */
const NO_KEEPER = 3;
/** That many channels in a row may end before the keeper has said a word. */
const MOST_SILENT = 5;
/** Between two of them, milliseconds. */
const AGAIN_MS = 500;
/** How long hanging up may take before the channel is ended, milliseconds. */
const GRACE_MS = 2_000;
/** Output after which the keeper is told that it has arrived, bytes; and at the latest after, milliseconds. */
const TELL = { bytes: 65_536, ms: 100 } as const;

/**
 * Starts the shell.
 * @param kept opens channels to its keeper.
 * @param size columns and rows.
 * @param listener called from the event loop.
 */
export function openKeptPty(kept: KeptShell, size: { readonly cols: number; readonly rows: number }, listener: PtyListener): Pty {
  return new KeptPty(kept, size, listener);
}

class KeptPty implements Pty {
  readonly #kept: KeptShell;
  readonly #listener: PtyListener;
  #size: { readonly cols: number; readonly rows: number };
  /** Null while there is no connection; `greeted` once the keeper has said where it is. */
  #channel: Channel | null = null;
  #greeted = false;
  #started = false;
  #silent = 0;
  /** Written, and not known to have arrived; the first byte of it has this place in the stream. */
  #unsure = Buffer.alloc(0);
  #unsureFrom = 0;
  #received = 0;
  #told = 0;
  #telling: NodeJS.Timeout | undefined;
  #paused = false;
  #over = false;
  #closed = false;
  #words = '';

  constructor(kept: KeptShell, size: { readonly cols: number; readonly rows: number }, listener: PtyListener) {
    this.#kept = kept;
    this.#size = size;
    this.#listener = listener;
    void this.#connect();
  }

  write(bytes: Buffer | string): void {
    if (this.#over || this.#closed) return;
    const data = Buffer.from(bytes);
    this.#unsure = Buffer.concat([this.#unsure, data]);
    if (this.#greeted) this.#channel?.stdin.write(frame('i', data));
  }

  delivered(): boolean {
    return this.#unsure.length === 0;
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols: Math.max(1, cols), rows: Math.max(1, rows) };
    if (this.#greeted) this.#channel?.stdin.write(this.#sizeFrame());
  }

  pause(): void {
    this.#paused = true;
    this.#channel?.stdout.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#channel?.stdout.resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#telling);
    const channel = this.#channel;
    if (channel === null) return;
    channel.stdin.end(frame('q', ''));
    const timer = setTimeout(() => channel.kill('SIGKILL'), GRACE_MS);
    timer.unref();
    channel.once('close', () => clearTimeout(timer));
  }

  #sizeFrame(): Buffer {
    return frame('r', `${this.#size.cols} ${this.#size.rows}`);
  }

  async #connect(): Promise<void> {
    let channel: Channel;
    try {
      channel = await this.#kept(this.#started ? 'attach' : 'start');
    } catch (thrown) {
      this.#words = thrown instanceof Error ? thrown.message : '';
      this.#ended(null, null);
      return;
    }
    if (this.#closed) {
      channel.stdin.end(frame('q', ''));
      return;
    }
    this.#channel = channel;
    channel.stdin.on('error', () => {});
    channel.stderr.on('data', (data: Buffer) => {
      this.#words = `${this.#words}${data}`.slice(-2000);
    });
    channel.once('error', (error) => {
      this.#words = error.message;
    });
    const read = frameReader((kind, data) => this.#take(kind, data));
    channel.stdout.on('data', (data: Buffer) => {
      if (this.#channel !== channel || this.#closed) return;
      read(data);
      this.#listener.settled();
    });
    if (this.#paused) channel.stdout.pause();
    channel.once('close', (code) => this.#cut(channel, code));
    channel.stdin.write(frame('h', String(this.#received)));
    channel.stdin.write(this.#sizeFrame());
  }

  #take(kind: string, data: Buffer): void {
    switch (kind) {
      case 'h':
        this.#started = true;
        this.#silent = 0;
        this.#words = '';
        this.#arrived(Number(data.toString()));
        this.#greeted = true;
        if (this.#unsure.length > 0) this.#channel?.stdin.write(frame('i', this.#unsure));
        return;
      case 'n':
        this.#arrived(Number(data.toString()));
        return;
      case 'o':
        this.#received += data.length;
        this.#tell();
        this.#listener.data(data);
        return;
      case 'x': {
        const code = Number(data.toString());
        this.#channel?.stdin.end(frame('q', ''));
        this.#ended(code > 128 ? null : code, code > 128 ? code - 128 : null);
      }
    }
  }

  #arrived(place: number): void {
    const count = Math.max(0, place - this.#unsureFrom);
    this.#unsure = this.#unsure.subarray(count);
    this.#unsureFrom += count;
  }

  /** The keeper holds what it has sent until it is told that it arrived. */
  #tell(): void {
    const tell = (): void => {
      this.#telling = undefined;
      this.#told = this.#received;
      if (this.#greeted) this.#channel?.stdin.write(frame('a', String(this.#received)));
    };
    if (this.#received - this.#told >= TELL.bytes) {
      clearTimeout(this.#telling);
      tell();
    } else this.#telling ??= setTimeout(tell, TELL.ms);
  }

  #cut(channel: Channel, code: number | null): void {
    if (this.#channel !== channel) return;
    this.#channel = null;
    this.#silent = this.#greeted ? 0 : this.#silent + 1;
    this.#greeted = false;
    if (this.#over || this.#closed) return;
    // Starting is not done twice either, however often it is asked for.
    const hopeless = (code === NO_KEEPER && this.#started) || this.#silent > MOST_SILENT;
    if (hopeless) this.#ended(null, null);
    else setTimeout(() => !this.#closed && void this.#connect(), this.#silent === 0 ? 0 : AGAIN_MS);
  }

  #ended(code: number | null, signal: number | null): void {
    if (this.#over || this.#closed) return;
    this.#over = true;
    clearTimeout(this.#telling);
    if (this.#words.trim() !== '') this.#listener.data(Buffer.from(`\r\n${this.#words.trim().replaceAll('\n', '\r\n')}\r\n`));
    this.#listener.settled();
    this.#listener.exit(code, signal);
  }
}
