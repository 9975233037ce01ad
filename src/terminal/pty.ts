/**
 * The pty: a local program behind a terminal of its own. Bytes in, bytes out; it knows nothing of screens.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ShellCommand } from '../host/host.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { endSession, GRACE_MS } from './end-session.ts';
import { createFlood } from './flood.ts';
import { openHeldPty } from './held-pty.ts';
import { openKeptPty } from './kept-pty.ts';
import type { Pty, PtyListener } from './pty-contract.ts';

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
  if (command.kept !== undefined) return openKeptPty(command.kept, size, listener);
  return (command.held && openHeldPty(command.held, command.env, size, listener)) ?? openLocalPty(command, size, listener);
}

/** A program behind a terminal of this machine's. */
function openLocalPty(command: ShellCommand, size: { readonly cols: number; readonly rows: number }, listener: PtyListener): Pty {
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

  const readOn = child.fd === undefined ? null : createFlood(child.fd, listener.data, () => open && !paused);
  child.onData((given) => {
    const bytes = typeof given === 'string' ? Buffer.from(given) : given;
    listener.data(bytes);
    readOn?.(bytes.length);
    listener.settled();
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
