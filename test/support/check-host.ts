/** Things on this machine that checks can be asked about: files, sockets, servers and processes, all gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, lchownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Check, Question } from '../../src/model/check.ts';

/** True where files can be given away and other users be asked as. */
export const isRoot = process.getuid?.() === 0;

/** A number of seconds to sleep that no other test run sleeps. */
export const longTime = 8_000_000 + process.pid;

let counter = 0;

/** A check around a question. */
export function checkOf(question: Question, extra: Partial<Check> = {}): Check {
  counter += 1;
  const place = { file: 'lesson.yaml', line: 1, column: 1 };
  return { id: `section/${counter}`, title: 'a check', timeoutMs: 10_000, question, timing: {}, place, ...extra };
}

/** Everything a suite opened. */
export class Bench {
  readonly dir = mkdtempSync(join(tmpdir(), 'check-host-'));
  readonly #closers: (() => unknown)[] = [];

  constructor() {
    // Other users are asked as, too.
    chmodSync(this.dir, 0o755);
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  file(name: string, content: string | Buffer, options: { readonly mode?: number; readonly uid?: number } = {}): string {
    const path = this.path(name);
    writeFileSync(path, content);
    chmodSync(path, options.mode ?? 0o644);
    if (options.uid !== undefined) lchownSync(path, options.uid, options.uid);
    return path;
  }

  folder(name: string, mode = 0o755): string {
    mkdirSync(this.path(name), { recursive: true });
    chmodSync(this.path(name), mode);
    return this.path(name);
  }

  link(name: string, target: string): string {
    symlinkSync(target, this.path(name));
    return this.path(name);
  }

  fifo(name: string): string {
    execFileSync('mkfifo', [this.path(name)]);
    return this.path(name);
  }

  /** A server that says this to whoever connects and closes; null: says nothing and stays. */
  async server(where: string | { readonly host: string }, says: string | null = ''): Promise<number> {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => {});
      if (says !== null) socket.end(says);
    });
    return this.#listen(server, where, open);
  }

  async http(listener: RequestListener): Promise<number> {
    const server = createHttpServer(listener);
    const open = new Set<Socket>();
    server.on('connection', (socket) => open.add(socket));
    return this.#listen(server, { host: '127.0.0.1' }, open);
  }

  async #listen(server: Server, where: string | { readonly host: string }, open: ReadonlySet<Socket>): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      if (typeof where === 'string') server.listen(where, resolve);
      else server.listen(0, where.host, resolve);
    });
    this.#closers.push(() => {
      for (const socket of open) socket.destroy();
      server.close();
    });
    return typeof where === 'string' ? 0 : (server.address() as AddressInfo).port;
  }

  /** A port that nobody listens on: it was just given back. */
  async freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  /** A socket file whose program was killed. */
  async staleSocket(name: string): Promise<string> {
    const path = this.path(name);
    const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((resolve) => spawn(process.execPath, ['-e', program]).on('exit', resolve));
    if (!existsSync(path)) throw new Error(`no stale socket at ${path}`);
    return path;
  }

  async run(
    command: readonly [string, ...string[]],
    options: { readonly uid?: number; readonly cwd?: string } = {},
  ): Promise<ChildProcess> {
    const child = spawn(command[0], command.slice(1), { stdio: 'ignore', detached: true, ...options });
    await new Promise((resolve, reject) => child.on('spawn', resolve).on('error', reject));
    this.#closers.push(() => endGroup(child));
    return child;
  }

  onClose(closer: () => unknown): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.reverse()) await closer();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function endGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Command lines of all processes that contain the text. */
export function commandLinesWith(text: string): string[] {
  return execFileSync('sh', ['-c', "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <\"$f\"; echo; done 2>/dev/null"])
    .toString()
    .split('\n')
    .filter((line) => line.includes(text));
}

/** Waits until no process has the text in its command line. */
export async function expectGone(text: string): Promise<void> {
  await expect.poll(() => commandLinesWith(text), { timeout: 10_000 }).toEqual([]);
}

/** Pids of the processes that this one started. */
export function childrenOf(pid: number): number[] {
  return execFileSync('sh', ['-c', `for f in /proc/[0-9]*/stat; do read -r line <"$f" && echo "$line"; done 2>/dev/null`])
    .toString()
    .split('\n')
    .map((line) => /^(\d+) \(.*\) \S (\d+) /.exec(line))
    .filter((found) => Number(found?.[2]) === pid)
    .map((found) => Number(found?.[1]));
}
