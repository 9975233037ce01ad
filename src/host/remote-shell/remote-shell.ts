/**
 * Scripts on a host that is reached through a program's pipes (docker exec, ssh, a plain sh): a few helpers stand ready
 * there, each runs one script at a time, so that a script costs no start of a connection. Needs POSIX sh and coreutils
 * on the host, nothing else. Knows neither Docker nor ssh.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecRequest, ExecResult, HostStream } from '../../host/host.ts';
import { lineSplitter } from '../../host/sandbox/run-script.ts';
import { UserError } from '../../model/errors.ts';
import { endOf, keepOutput } from './job-result.ts';
import { endTree } from './programs.ts';
import { type JobEnd, type OpenChannel, startWorker, type Worker, WorkerGone } from './worker.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_OUTPUT = 1 << 20;
const KILL_SECONDS = 30;
const START_TURNS = 3;
const START_AGAIN_MS = 200;
const KILL_TURNS = 100;
const KILL_AGAIN_MS = 50;
/** The host's own deadline is later than ours: it counts only when the connection is gone. */
const GRACE_SECONDS = 15;

/** How the host is reached. */
export interface RemoteShellOptions {
  /** Starts a program on the host. Awaited before each new helper: the place to connect again. */
  readonly open: () => Promise<OpenChannel>;
  /** The error for a connection that ended, given the local program's last words. */
  readonly explain: (words: string) => Error;
  /** Scripts that run at the same time, streams not counted. */
  readonly most: number;
}

/** What only a driver itself asks for. */
export interface RunOptions {
  /** Output as it comes; nothing is kept then. */
  readonly onData?: (kind: 'o' | 'e', data: Buffer) => void;
}

/** Scripts on one host. */
export interface RemoteShell {
  exec(request: ExecRequest, options?: RunOptions): Promise<ExecResult>;
  stream(request: Pick<ExecRequest, 'script' | 'user'>): Promise<HostStream>;
  /** The user that the helpers run as: `root` wherever that is possible. Starts one where there is none. */
  user(): Promise<string>;
  /** Ends all helpers and what they run. */
  close(): Promise<void>;
}

/**
 * Scripts on a host.
 * @param options how it is reached.
 */
export function createRemoteShell(options: RemoteShellOptions): RemoteShell {
  return new HelperPool(options);
}

class HelperPool implements RemoteShell {
  readonly #options: RemoteShellOptions;
  readonly #all = new Set<Worker>();
  readonly #free: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #jobs = new Set<string>();
  #busy = 0;
  #closed = false;

  constructor(options: RemoteShellOptions) {
    this.#options = options;
  }

  async user(): Promise<string> {
    const worker = await this.#take();
    this.#free.push(worker);
    return worker.user;
  }

  async exec(request: ExecRequest, options: RunOptions = {}): Promise<ExecResult> {
    request.signal?.throwIfAborted();
    await this.#turn();
    try {
      request.signal?.throwIfAborted();
      return await this.#exec(request, options);
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #exec(request: ExecRequest, options: RunOptions): Promise<ExecResult> {
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const output = keepOutput(request.maxOutput ?? DEFAULT_OUTPUT);
    const job = this.#start(request, Math.ceil(timeoutMs / 1000), options.onData ?? output.take);
    const started = performance.now();
    let timedOut = false;
    const timer =
      timeoutMs === 0
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            void job.kill();
          }, timeoutMs);
    const abort = () => void job.kill();
    request.signal?.addEventListener('abort', abort, { once: true });
    try {
      const end = await job.ended;
      request.signal?.throwIfAborted();
      return {
        ...(timedOut ? { code: null, signal: 'SIGKILL' } : endOf(codeOf(end, request.user))),
        stdout: output.of('o'),
        stderr: output.of('e'),
        truncated: output.truncated,
        timedOut,
        durationMs: performance.now() - started,
      };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', abort);
    }
  }

  async stream(request: Pick<ExecRequest, 'script' | 'user'>): Promise<HostStream> {
    const listeners = new Set<(line: string) => void>();
    const lines = lineSplitter((line) => {
      for (const listener of [...listeners]) listener(line);
    });
    const job = this.#start(request, 0, (kind, data) => {
      if (kind === 'o') lines.push(data);
    });
    const ended = job.ended.then(
      () => lines.end(),
      () => lines.end(),
    );
    return {
      onLine(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      ended,
      stop: () => void job.kill(),
    };
  }

  #start(
    request: Pick<ExecRequest, 'script' | 'user' | 'stdin'>,
    seconds: number,
    onData: (kind: 'o' | 'e', data: Buffer) => void,
  ): { readonly ended: Promise<JobEnd>; kill(): Promise<void> } {
    const user = request.user ?? 'root';
    const mark = randomBytes(12).toString('hex');
    let killed = false;
    const run = async (): Promise<JobEnd> => {
      if (!/^[A-Za-z_][\w.-]{0,31}\$?$/.test(user)) return { code: 'nouser' };
      const worker = await this.#take();
      this.#jobs.add(mark);
      try {
        if (killed) return { code: 137 };
        return await worker.run({
          mark,
          user,
          seconds: seconds === 0 ? 0 : seconds + GRACE_SECONDS,
          script: Buffer.from(request.script),
          stdin: Buffer.from(request.stdin ?? ''),
          onData,
        });
      } catch (error) {
        throw error instanceof WorkerGone ? this.#options.explain(error.words) : error;
      } finally {
        this.#jobs.delete(mark);
        if (worker.usable) this.#free.push(worker);
      }
    };
    return {
      ended: run(),
      kill: async () => {
        killed = true;
        await this.#endForSure(mark);
      },
    };
  }

  /** Again until it has ended: at the first time its processes may not have been there yet. */
  async #endForSure(mark: string): Promise<void> {
    for (let turn = 0; turn < KILL_TURNS && this.#jobs.has(mark); turn += 1) {
      const done = await this.#end(mark).then(
        () => true,
        () => false,
      );
      if (!done) return;
      await sleep(KILL_AGAIN_MS);
    }
  }

  /** Ends a job's tree, on a helper of its own. */
  async #end(mark: string): Promise<void> {
    const worker = await this.#take();
    try {
      // The helper's own user: only root may end other users' processes, and without root there are none.
      await worker.run({
        mark: randomBytes(12).toString('hex'),
        user: worker.user,
        seconds: KILL_SECONDS,
        script: Buffer.from(endTree(mark)),
        stdin: Buffer.alloc(0),
        onData: () => {},
      });
    } finally {
      if (worker.usable) this.#free.push(worker);
    }
  }

  async #turn(): Promise<void> {
    while (this.#busy >= this.#options.most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
  }

  async #take(): Promise<Worker> {
    for (let worker = this.#free.pop(); worker !== undefined; worker = this.#free.pop()) if (worker.usable) return worker;
    if (this.#closed) throw this.#options.explain('');
    try {
      const worker = await this.#startWorker();
      if (this.#closed) {
        worker.close();
        throw this.#options.explain('');
      }
      this.#all.add(worker);
      void worker.gone.then(() => this.#all.delete(worker));
      return worker;
    } catch (error) {
      throw error instanceof WorkerGone ? this.#options.explain(error.words) : error;
    }
  }

  /** A connection may be found dead only now. Nothing has been sent yet: it may be tried again. */
  async #startWorker(): Promise<Worker> {
    for (let left = START_TURNS; ; left -= 1) {
      try {
        return await startWorker(await this.#options.open());
      } catch (error) {
        if (!(error instanceof WorkerGone) || left === 0 || this.#closed) throw error;
      }
      await sleep(START_AGAIN_MS);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#jobs].map((mark) => this.#endForSure(mark)));
    this.#closed = true;
    const workers = [...this.#all];
    for (const worker of workers) worker.close();
    await Promise.all(workers.map((worker) => worker.gone));
  }
}

function codeOf(end: JobEnd, user = 'root'): number {
  if (end.code !== 'nouser') return end.code;
  throw new UserError('host-no-user', `There is no user ${user} on the host.`);
}
