/** Programs whose terminal panes are measured: each can show an inner command in a pane as large as its terminal. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** A program that shows an inner command. */
export interface Subject {
  readonly name: string;
  /** The command line that shows `inner`, a line of sh. */
  launch(inner: string): { readonly command: readonly [string, ...string[]]; readonly env?: Readonly<Record<string, string>> };
  /** Where the program shows `inner` only once somebody has typed it: types it, and resolves when that is done. */
  enter?(program: Running, inner: string): Promise<void>;
  /** Processes that work for it besides the one that was started. */
  helpers?(): readonly number[];
  /** Ends what the program left running. */
  cleanUp?(): void;
}

/** A program in a pty, its output as bytes. */
export interface Running {
  readonly pid: number;
  write(text: string): void;
  /** Called with each read. */
  onData(listener: (bytes: Buffer) => void): void;
  resize(cols: number, rows: number): void;
  kill(): void;
}

/** Size of the terminal in all measurements: that of a laptop's full screen. */
export const SIZE = { cols: 160, rows: 48 } as const;

/**
 * tmux with its own server and without anybody's settings.
 * @param socket name of the server's socket; unique to the measurement.
 */
export function tmuxSubject(socket = `lockstep-bench-${process.pid}`): Subject {
  return {
    name: 'tmux',
    launch: (inner) => ({
      command: ['tmux', '-L', socket, '-f', '/dev/null', 'new-session', inner, ';', 'set', '-g', 'status', 'off'],
    }),
    helpers() {
      const { stdout } = spawnSync('tmux', ['-L', socket, 'display-message', '-p', '#{pid}'], { encoding: 'utf8' });
      return [Number(stdout)];
    },
    cleanUp() {
      spawnSync('tmux', ['-L', socket, 'kill-server'], { stdio: 'ignore' });
    },
  };
}

/** Nothing between the inner command and who measures: what no program in between can beat. */
export function rawSubject(): Subject {
  return { name: 'raw pty', launch: (inner) => ({ command: ['sh', '-c', inner] }) };
}

/**
 * All processes that a running subject consists of, without those of the inner command.
 * @param subject what runs.
 * @param running its first process.
 */
export function processesOf(subject: Subject, running: Running): readonly number[] {
  return [running.pid, ...(subject.helpers?.() ?? [])];
}

interface PtyProcess {
  readonly pid: number;
  onData(listener: (bytes: Buffer) => void): void;
  write(text: string): void;
  resize(cols: number, rows: number): void;
}

/**
 * Starts a subject with an inner command.
 * @param subject the program to measure.
 * @param inner a line of sh to show.
 */
export function run(subject: Subject, inner: string): Running {
  const { command, env } = subject.launch(inner);
  const [file, ...args] = command;
  const nodePty = createRequire(import.meta.url)('node-pty') as {
    spawn(file: string, args: readonly string[], options: Record<string, unknown>): PtyProcess;
  };
  const plain = { PATH: process.env['PATH'], HOME: '/tmp', LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env };
  const pty = nodePty.spawn(file, args, { name: 'xterm-256color', ...SIZE, env: plain, encoding: null });
  return {
    pid: pty.pid,
    write: (text) => pty.write(text),
    onData: (listener) => pty.onData(listener),
    resize: (cols, rows) => pty.resize(cols, rows),
    kill() {
      try {
        process.kill(pty.pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
      subject.cleanUp?.();
    },
  };
}

/**
 * Waits until the output holds a text.
 * @param program what to read.
 * @param text bytes to look for, ASCII, that no escape sequence parts.
 * @param timeoutMs after that long it rejects.
 */
export function waitForText(program: Running, text: string, timeoutMs = 60_000): Promise<void> {
  return new Promise((resolve, reject) => {
    let tail = '';
    let found = false;
    const timer = setTimeout(() => reject(new Error(`${JSON.stringify(text)} did not come within ${timeoutMs} ms`)), timeoutMs);
    program.onData((bytes) => {
      if (found) return;
      tail = (tail + bytes.toString('latin1')).slice(-4096 - bytes.length);
      if (!tail.includes(text)) return;
      found = true;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The value below which `share` (0..1) of the sorted samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
