/**
 * A terminal of the host's own whose master is held here: keys and output take the way that a local program's take. It
 * knows nothing of how the host makes the path that is opened.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { HeldShell } from '../host/host.ts';
import { endSession, GRACE_MS } from './end-session.ts';
import { createFlood, readRest } from './flood.ts';
import { intoOneBuffer } from './one-buffer.ts';
import type { Pty, PtyListener } from './pty-contract.ts';
import { writeNow } from './write-now.ts';

/** What the event loop reads at a time, bytes: more than the kernel gives. */
const READ_SIZE = 16_384;

/** What a shell may have said last, bytes; programs that it leaves behind may write without end. */
const LAST_WORDS = 16 << 20;

/** A terminal just made; null where it cannot be: /proc may be hidden, or not the kernel's own. */
function openMaster(path: string, read: (bytes: Buffer) => void): { readonly fd: number; readonly stream: ReadStream } | null {
  let fd: number | null = null;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    return { fd, stream: new ReadStream(fd, intoOneBuffer(READ_SIZE, read)) };
  } catch {
    if (fd !== null) closeSync(fd);
    return null;
  }
}

/**
 * Starts a shell on a terminal that it makes.
 * @param shell how.
 * @param env the whole environment of the program that starts the shell.
 * @param size columns and rows.
 * @param listener called from the event loop.
 * @returns null where no such terminal can be made here.
 */
export function openHeldPty(
  shell: HeldShell,
  env: Readonly<Record<string, string>>,
  size: { readonly cols: number; readonly rows: number },
  listener: PtyListener,
): Pty | null {
  const master = openMaster(shell.multiplexer, (bytes) => {
    listener.data(bytes);
    readOn(bytes.length);
    listener.settled();
  });
  if (master === null) return null;
  const { fd, stream } = master;
  const child = startShell(shell, env, fd);
  const { stdin, stderr } = child;
  let open = true;
  let paused = false;
  /** Writes that the terminal has not taken yet. */
  let waiting = 0;
  let killTimer: NodeJS.Timeout | undefined;

  function resize(cols: number, rows: number): void {
    if (open) stdin?.write(`${Math.max(1, cols)} ${Math.max(1, rows)}\n`);
  }

  function write(bytes: Buffer | string): void {
    if (!open || stream.destroyed) return;
    // In order: what comes while something waits has to wait behind it.
    const rest = waiting === 0 ? writeNow(fd, bytes) : bytes;
    if (rest === null) return;
    waiting++;
    // A copy: whose the bytes are may use them again.
    stream.write(Buffer.from(rest), () => {
      waiting--;
    });
  }

  function ended(code: number | null, signal: number | null): void {
    if (!open) return;
    // What the kernel still has belongs to the shell; a read that finds nothing has waited for all of it.
    if (!stream.destroyed) readRest(fd, LAST_WORDS, listener.data);
    open = false;
    stream.destroy();
    listener.settled();
    listener.exit(code, signal);
  }

  const readOn = createFlood(fd, listener.data, () => open && !paused);
  // The shell and all its programs have let go of the terminal (EIO); its exit code follows.
  stream.on('error', () => {});
  stdin?.on('error', () => {});
  stderr?.on('data', (bytes: Buffer) => {
    listener.data(bytes);
    listener.settled();
  });
  child.once('error', () => ended(null, null));
  child.once('close', (code) => ended(code, null));
  resize(size.cols, size.rows);
  stream.resume();

  return {
    write,
    resize,
    pause() {
      paused = true;
      stream.pause();
    },
    resume() {
      paused = false;
      stream.resume();
    },
    close() {
      if (killTimer !== undefined) return;
      // The terminal is hung up with its last master. What its program left behind on this side is ended after a while.
      const { pid } = child;
      killTimer = setTimeout(() => pid !== undefined && endSession(pid, open), GRACE_MS);
      killTimer.unref();
      stream.destroy();
      stdin?.end();
      child.kill('SIGHUP');
    },
  };
}

function startShell(shell: HeldShell, env: Readonly<Record<string, string>>, master: number): ChildProcess {
  // A session of its own: it must not share our terminal's signals.
  return spawn(shell.file, [...shell.args], {
    stdio: ['pipe', 'ignore', 'pipe', master],
    env: { ...env },
    cwd: '/',
    detached: true,
  });
}
