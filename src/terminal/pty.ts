/**
 * The pty: a local program behind a terminal of its own. Bytes in, bytes out; it knows nothing of screens.
 */
import { existsSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ShellCommand } from '../host/host.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { endSession } from './end-session.ts';

/** A running program and its terminal. */
export interface Pty {
  write(bytes: Buffer | string): void;
  resize(cols: number, rows: number): void;
  /** Stops reading; the kernel's buffer fills and the program waits. */
  pause(): void;
  resume(): void;
  /** Hangs up: the program and everything in its session is told to end. */
  close(): void;
}

/** What the pty tells. */
export interface PtyListener {
  /** The bytes are the listener's only for the length of the call. */
  data(bytes: Buffer): void;
  /** Once, after the last `data`. */
  exit(code: number | null, signal: number | null): void;
}

/** What is used of node-pty. Its typings name another module than the one they are installed as. */
interface NodePty {
  spawn(file: string, args: string[], options: Record<string, unknown>): NodePtyProcess;
}

interface NodePtyProcess {
  readonly pid: number;
  /** The master's file descriptor, non-blocking; not in node-pty's typings. */
  readonly fd?: number;
  onData(listener: (bytes: Buffer | string) => void): unknown;
  onExit(listener: (end: { exitCode: number; signal?: number }) => void): unknown;
  write(bytes: Buffer | string): void;
  resize(cols: number, rows: number): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

/** How long a program has to end after it was hung up on, milliseconds. */
const GRACE_MS = 2000;
/** The kernel gives about 4 KB of a pty at a time; that much means that more is there. */
const FULL_READ = 2048;
const READ_SIZE = 65_536;
/** Bytes read in a row before keys and timers get their turn: a few milliseconds of work. */
const FLOOD_BUDGET = 65_536;

function isMusl(): boolean {
  return (
    existsSync(`/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`) &&
    !existsSync('/lib64/ld-linux-x86-64.so.2')
  );
}

/**
 * Loads node-pty only when a terminal is opened: it is a native library, and whoever only lists lessons needs none.
 * @throws UserError where there is no build of it for this system.
 */
function loadNodePty(): NodePty {
  try {
    return createRequire(import.meta.url)('node-pty') as NodePty;
  } catch (cause) {
    if (isMusl()) {
      throw new UserError('terminal-musl', 'The terminal library is built for glibc, and this system uses musl (Alpine Linux).', {
        tries: ['Run Lockstep on a glibc system: Debian, Ubuntu, Fedora, or a container made of one.'],
        cause,
      });
    }
    throw new UserError('terminal-library', `The terminal library could not be loaded: ${messageOf(cause).split('\n')[0]}`, {
      tries: ['Install the packages again with optional ones included: npm ci --include=optional'],
      cause,
    });
  }
}

/**
 * Starts a program behind a pty.
 * @param command what to run, with its whole environment.
 * @param size columns and rows, at least 1.
 * @param listener called from the event loop.
 * @throws UserError where node-pty has no build for this system or the program cannot be started.
 */
export function openPty(
  command: ShellCommand,
  size: { readonly cols: number; readonly rows: number },
  listener: PtyListener,
): Pty {
  const child = loadNodePty().spawn(command.file, [...command.args], {
    name: 'xterm-256color',
    cols: Math.max(1, size.cols),
    rows: Math.max(1, size.rows),
    env: { ...command.env },
    encoding: null,
  });
  let open = true;
  let paused = false;
  let killTimer: NodeJS.Timeout | undefined;

  const scratch = Buffer.allocUnsafe(READ_SIZE);
  /** One more read, without waiting; 0 where nothing is there or nothing can be told. */
  function readNow(): number {
    if (child.fd === undefined) return 0;
    try {
      return readSync(child.fd, scratch);
    } catch {
      // Nothing there (EAGAIN), or the program is gone (EIO), which node-pty finds out by itself.
      return 0;
    }
  }

  child.onData((given) => {
    const bytes = typeof given === 'string' ? Buffer.from(given) : given;
    listener.data(bytes);
    // A flood comes in full reads. Going back to the event loop for each would cost as much as reading them.
    let length = bytes.length;
    for (let budget = FLOOD_BUDGET; length >= FULL_READ && budget > 0 && open && !paused; budget -= length) {
      length = readNow();
      if (length > 0) listener.data(scratch.subarray(0, length));
    }
  });
  child.onExit(({ exitCode, signal }) => {
    open = false;
    const bySignal = signal !== undefined && signal !== 0;
    listener.exit(bySignal ? null : exitCode, bySignal ? signal : null);
  });

  return {
    write(bytes) {
      if (open) child.write(bytes);
    },
    resize(cols, rows) {
      if (!open) return;
      try {
        child.resize(Math.max(1, cols), Math.max(1, rows));
      } catch {
        // The program ended a moment ago and its terminal with it; `exit` follows.
      }
    },
    pause() {
      paused = true;
      if (open) child.pause();
    },
    resume() {
      paused = false;
      if (open) child.resume();
    },
    close() {
      if (killTimer !== undefined) return;
      // Also where the program itself has ended: what it left behind may have closed its ears to the hang-up.
      killTimer = setTimeout(() => endSession(child.pid, open), GRACE_MS);
      killTimer.unref();
      if (open) child.destroy();
    },
  };
}
