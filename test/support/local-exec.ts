/**
 * This machine as the least host there can be: scripts run from a file by a chosen sh. For tests of what is asked, not of
 * how a host is made. It knows no isolation: it runs what it is given as whoever runs the tests.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ExecRequest, ExecResult, Host, HostStream } from '../../src/host/host.ts';

/** How the folders of this test run's scripts begin, to tell them from another run's. */
export const scriptFolders = `local-exec-${process.pid}-`;

/** What to run scripts with, and in which surroundings. */
export interface LocalExecOptions {
  /** The shell and its arguments before the file; default `['sh']`. */
  readonly shell?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default `/`. */
  readonly cwd?: string;
}

/** A host's `exec` and `stream` on this machine, counting how often it was asked. */
export interface LocalExec extends Pick<Host, 'exec' | 'stream'> {
  readonly asked: { count: number; last: ExecRequest | null };
}

/**
 * Makes one.
 * @param options shell and environment.
 */
export function localExec(options: LocalExecOptions = {}): LocalExec {
  const asked: LocalExec['asked'] = { count: 0, last: null };
  return {
    asked,
    async exec(request) {
      asked.count += 1;
      asked.last = request;
      const started = start(request, options);
      try {
        return await collect(started.child, request);
      } finally {
        started.clean();
      }
    },
    async stream(request) {
      const started = start(request, options);
      return follow(started.child, started.clean);
    },
  };
}

function start(
  request: Pick<ExecRequest, 'script' | 'user'>,
  options: LocalExecOptions,
): { child: ChildProcess; clean: () => void } {
  const dir = mkdtempSync(join(tmpdir(), scriptFolders));
  const file = join(dir, 'script');
  writeFileSync(file, request.script, { mode: 0o755 });
  // For the user it may run as.
  chmodSync(dir, 0o755);
  const command = [...(options.shell ?? ['sh']), file];
  const user = request.user ?? 'root';
  const full = user === 'root' ? command : ['runuser', '-u', user, '--', ...command];
  const child = spawn(full[0]!, full.slice(1), {
    detached: true,
    cwd: options.cwd ?? '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: '/root', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, clean: () => rmSync(dir, { recursive: true, force: true }) };
}

function collect(child: ChildProcess, request: ExecRequest): Promise<ExecResult> {
  const began = performance.now();
  const max = request.maxOutput ?? 1_048_576;
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const sizes = { stdout: 0, stderr: 0 };
  let timedOut = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.on('data', (piece: Buffer) => {
      const room = max - sizes[name];
      sizes[name] += piece.length;
      if (room > 0) kept[name].push(piece.subarray(0, room));
    });
  }
  const timer = setTimeout(() => {
    timedOut = true;
    endTree(child);
  }, request.timeoutMs ?? 30_000);
  const onAbort = (): void => endTree(child);
  request.signal?.addEventListener('abort', onAbort, { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
      if (request.signal?.aborted) return reject(request.signal.reason);
      resolve({
        code,
        signal,
        stdout: Buffer.concat(kept.stdout),
        stderr: Buffer.concat(kept.stderr),
        truncated: sizes.stdout > max || sizes.stderr > max,
        timedOut,
        durationMs: performance.now() - began,
      });
    });
  });
}

function follow(child: ChildProcess, clean: () => void): HostStream {
  const listeners = new Set<(line: string) => void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    for (const listener of listeners) listener(line);
  });
  child.stderr!.resume();
  return {
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended: new Promise((resolve) => {
      child.on('close', () => {
        clean();
        resolve();
      });
    }),
    stop: () => endTree(child),
  };
}

function endTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
