/** One helper on the host: a local program's pipes lead to it; it runs one script at a time. */
import type { ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { markScanner } from './mark-scanner.ts';
import { bootstrap, HELPER } from './programs.ts';

/** The local program whose pipes lead to the host. */
export type Channel = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts a program on the host, given as words, with pipes; its input's end ends it. */
export type OpenChannel = (words: readonly string[]) => Channel;

const READY_MS = 45_000;
const WORDS_KEPT = 8192;

/** A script as the helper is told it. */
export interface Job {
  /** Marks its processes. */
  readonly mark: string;
  readonly user: string;
  /** After so long the host ends it by itself, should nobody else do; 0: never. */
  readonly seconds: number;
  readonly script: Buffer;
  readonly stdin: Buffer;
  readonly onData: (kind: 'o' | 'e', data: Buffer) => void;
}

/** How a script ended: its exit code, or that there is no such user. */
export interface JobEnd {
  readonly code: number | 'nouser';
}

/** A helper that is ready. */
export interface Worker {
  /** The user it runs as, `root` wherever that is possible. */
  readonly user: string;
  /** False once it has gone, or must not be used again since something still writes to its outputs. */
  readonly usable: boolean;
  /** Rejects with WorkerGone when the connection ends before the script does. */
  run(job: Job): Promise<JobEnd>;
  close(): void;
  /** Resolves when it has gone, with its last words. */
  readonly gone: Promise<string>;
}

/** The connection to the helper ended; `words` is what the local program said, if anything. */
export class WorkerGone extends Error {
  override readonly name = 'WorkerGone';
  readonly words: string;

  /** @param words what the local program complained. */
  constructor(words: string) {
    super(`the connection to the host ended: ${words}`);
    this.words = words;
  }
}

/**
 * Starts a helper; rejects with WorkerGone when it cannot be reached.
 * @param open starts a program on the host.
 */
export async function startWorker(open: OpenChannel): Promise<Worker> {
  const hello = randomBytes(16).toString('hex');
  const channel = open(bootstrap(hello));
  const worker = new ChannelWorker(channel);
  channel.stdin.write(HELPER);
  await worker.ready(hello);
  return worker;
}

class ChannelWorker implements Worker {
  readonly gone: Promise<string>;
  user = '';
  usable = true;
  readonly #channel: Channel;
  #onStdout: (data: Buffer) => void = () => {};
  #onStderr: (data: Buffer) => void;
  #words = '';

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#onStderr = (data) => this.#keepWords(data);
    channel.stdin.on('error', () => {});
    channel.stdout.on('data', (data: Buffer) => this.#onStdout(data));
    channel.stderr.on('data', (data: Buffer) => this.#onStderr(data));
    this.gone = new Promise((resolve) => {
      const end = (words: string) => {
        this.usable = false;
        resolve(words);
      };
      channel.once('error', (error) => end(error.message));
      channel.once('close', () => end(this.#words.trim()));
    });
  }

  async ready(hello: string): Promise<void> {
    const ready = new Promise<string>((resolve) => {
      const scanner = markScanner(hello, () => {});
      this.#onStdout = (data) => {
        const line = scanner.push(data);
        if (line !== null) resolve(line);
      };
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new WorkerGone('it did not answer in time')), READY_MS);
    });
    try {
      const line = await Promise.race([ready, late, this.gone.then((words) => Promise.reject(new WorkerGone(words)))]);
      const [uid, name = ''] = line.split(' ');
      this.user = uid === '0' ? 'root' : name;
      this.#idle();
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async run(job: Job): Promise<JobEnd> {
    const end = randomBytes(16).toString('hex');
    const [line] = await Promise.race([
      Promise.all([this.#listen('stdout', end, job), this.#listen('stderr', end, job), this.#send(end, job)]),
      this.gone.then((words) => Promise.reject(new WorkerGone(words))),
    ]);
    this.#idle();
    const [code = '', held = '0'] = line.split(' ');
    // A daemon that was left writes into what would be the next script's output: this helper only listens from now on.
    if (held !== '0') this.usable = false;
    return { code: code === 'nouser' ? code : Number(code) };
  }

  #listen(from: 'stdout' | 'stderr', end: string, job: Job): Promise<string> {
    return new Promise((resolve) => {
      const scanner = markScanner(end, (data) => job.onData(from === 'stdout' ? 'o' : 'e', data));
      const listener = (data: Buffer) => {
        const line = scanner.push(data);
        if (line !== null) resolve(line);
      };
      if (from === 'stdout') this.#onStdout = listener;
      else this.#onStderr = listener;
    });
  }

  async #send(end: string, { mark, user, seconds, script, stdin }: Job): Promise<void> {
    this.#channel.stdin.write(`${end} ${mark} ${user} ${seconds} ${script.length} ${stdin.length}\n`);
    if (script.length > 0) this.#channel.stdin.write(script);
    if (stdin.length > 0) this.#channel.stdin.write(stdin);
  }

  close(): void {
    this.usable = false;
    this.#channel.stdin.destroy();
    // A helper ends with its input; a connection that is stuck does not.
    const timer = setTimeout(() => this.#channel.kill('SIGKILL'), 2_000);
    timer.unref();
    void this.gone.then(() => clearTimeout(timer));
  }

  #idle(): void {
    this.#onStdout = () => {};
    this.#onStderr = (data) => this.#keepWords(data);
  }

  #keepWords(data: Buffer): void {
    this.#words = `${this.#words}${data.toString()}`.slice(-WORDS_KEPT);
  }
}
