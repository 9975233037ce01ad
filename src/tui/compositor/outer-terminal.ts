/**
 * The outer terminal's two streams: entering and leaving the screen, raw mode, writing without ever blocking the
 * program on a slow terminal. Knows nothing of layers or frames.
 */
import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { writeNow } from '../../terminal/write-now.ts';
import { DEFAULT_SHAPE, ENTER, LEAVE } from './sequences.ts';

/** The terminal the program runs in. */
export interface OuterTerminal {
  readonly cols: number;
  readonly rows: number;
  /** False while the terminal has not taken what was written before; the next frame better waits. */
  readonly ready: boolean;
  /** Takes the screen and the keyboard. */
  enter(): void;
  /** Gives both back, at once. Safe to call twice. */
  leave(): void;
  write(text: string): void;
  /** Called when `ready` turns true again. */
  onReady(listener: () => void): void;
}

/** How long leaving may wait for a terminal that takes nothing, milliseconds. */
const LEAVE_MS = 500;

/** A part of Node's tty streams that it does not document; `true` is how Node sets stdout up. */
interface BlockingHandle {
  readonly fd?: number;
  /** Its descriptor is one that Node opened for itself where it could: non-blocking without `fd` being so. */
  _handle?: { readonly fd?: number; setBlocking?(blocking: boolean): number } | null;
}

/** Writes to a terminal that may be full, for a while. */
function writeAtOnce(fd: number, text: string): void {
  let rest = Buffer.from(text);
  const until = Date.now() + LEAVE_MS;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (rest.length > 0 && Date.now() < until) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      // Gone (EIO, EBADF): nobody is there to be given anything.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

/**
 * Whether a terminal can be told a shape for its cursor: the Linux console of older kernels prints the letter that ends
 * DECSCUSR.
 * @param env `TERM` is looked at.
 */
export function takesShapes(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['TERM'] !== 'linux';
}

/**
 * Wraps the streams; takes nothing before `enter`.
 * @param input the keyboard, usually `process.stdin`.
 * @param output the screen, usually `process.stdout`.
 * @param shapes false for a terminal that would print what gives the cursor a shape.
 */
export function createOuterTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream, shapes: boolean): OuterTerminal {
  const farewell = shapes ? LEAVE + DEFAULT_SHAPE : LEAVE;
  let inside = false;
  let pending = 0;
  let readyListener = () => {};

  /** Where a frame can be written without the stream: a terminal's descriptor that does not block; -1 for nowhere. */
  let directFd = -1;

  // A write that takes time then tells so by its callback instead of stopping the program.
  function setBlocking(blocking: boolean): void {
    const handle = (output as BlockingHandle)._handle;
    const done = handle?.setBlocking?.(blocking) === 0;
    // A stream whose writing somebody listens to (a recording) is to be written to, and not gone round.
    const own = output.isTTY && output.write === Writable.prototype.write;
    directFd = done && !blocking && own ? (handle?.fd ?? -1) : -1;
  }

  function write(text: string): void {
    if (!inside || text === '') return;
    // In order: nothing passes what the stream still has.
    const rest = pending === 0 && directFd >= 0 ? writeNow(directFd, text) : text;
    if (rest === null) return;
    pending++;
    output.write(rest, () => {
      pending--;
      if (pending === 0) readyListener();
    });
  }

  // A terminal that was closed ends the program by SIGHUP; the error adds nothing.
  output.on('error', () => {});
  if (input.isTTY) {
    // Where the kernel sends none (the program does not lead the terminal's session), the end of the keyboard is one.
    const hangUp = () => process.kill(process.pid, 'SIGHUP');
    input.once('end', hangUp);
    input.on('error', hangUp);
  }

  return {
    get cols() {
      return output.columns || 80;
    },
    get rows() {
      return output.rows || 24;
    },
    get ready() {
      return pending === 0;
    },
    enter() {
      if (inside) return;
      inside = true;
      setBlocking(false);
      if (input.isTTY) input.setRawMode(true);
      input.resume();
      write(ENTER);
    },
    leave() {
      if (!inside) return;
      inside = false;
      setBlocking(true);
      const { fd } = output as BlockingHandle;
      if (fd !== undefined) writeAtOnce(fd, farewell);
      else output.write(farewell);
      try {
        if (input.isTTY) input.setRawMode(false);
      } catch {
        // The terminal is gone.
      }
      input.pause();
    },
    write,
    onReady(listener) {
      readyListener = listener;
    },
  };
}
