/** The privileged helper's process: started here, kept alive by the pipe we hold, ended by closing it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Answer, type AskOptions, ask, type Question } from './connection.ts';
import { folderOf, programFolder, type SandboxPaths } from './paths.ts';
import { type Process, spawnPrivileged } from './spawn-privileged.ts';
import { goneError, type ToldTrouble, userErrorOf } from './trouble.ts';

const READY_MS = 60_000;
const GONE_MS = 20_000;

/** What the helper is told at its start. */
export interface HelperOptions {
  readonly paths: SandboxPaths;
  readonly session: string;
  /** `none` for errands that need no files. */
  readonly storage: 'auto' | 'image' | 'memory' | 'none';
  /** Bytes that must be free when the disk image is made. */
  readonly need: number;
  /** Version of cgroups, 0 for none; by default what fits. */
  readonly cgroups?: 0 | 1 | 2 | undefined;
  /** Where helper.py lies; by default found by itself. */
  readonly programDir?: string | undefined;
  /** What is to be brought up without being asked for. */
  readonly up?: Promise<Question> | undefined;
  /** For one errand: the session's folder in `run` is removed at the end. */
  readonly once?: boolean;
}

/** A running helper. */
export interface Helper {
  /** `image`: files survive in the state folder; `memory`: they last as long as the helper. */
  readonly storage: 'image' | 'memory';
  /** Why it is memory, where it is. */
  readonly whyMemory: string | null;
  /** Sessions of dead programs that were cleaned up. */
  readonly swept: readonly string[];
  readonly folder: string;
  /** Path of the multiplexer of the sandbox's terminals, for whoever may look at the helper's descriptors. */
  readonly multiplexer: string | null;
  /** How bringing up went, where that was wished with the start; rejects as `ask` would. */
  readonly broughtUp: Promise<void> | null;
  ask(question: Question, options: AskOptions): Promise<Answer>;
  /** Called once when the sandbox or the helper ends without being asked to. */
  onLost(listener: (sentence: string) => void): void;
  /** Ends everything; resolves when the process is gone. */
  close(): Promise<void>;
}

/**
 * Starts the helper; rejects with a UserError that says why it cannot run.
 * @param options where and for which session.
 */
export async function startHelper(options: HelperOptions): Promise<Helper> {
  const { paths } = options;
  const session = folderOf(options.session);
  const folder = join(paths.run, session);
  // Made here and not by the helper, so that they belong to the user.
  const folders = [folder, paths.logs, paths.layers, paths.sessions, join(paths.base, 'mnt'), join(paths.base, 'root')];
  for (const path of folders) mkdirSync(path, { recursive: true });
  const child = spawnPrivileged(paths, join(options.programDir ?? programFolder(), 'helper.py'), []);
  const errors = tail(child.stderr);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = jsonLines(child.stdout);
  const broughtUp = options.up === undefined ? null : untilUp(lines, ended);
  child.stdin.on('error', () => {});
  // Where helper or question come to nothing, that is told by what is awaited here.
  broughtUp?.catch(() => {});
  const up = await options.up?.catch((error) => {
    child.stdin.end();
    throw error;
  });
  child.stdin.write(
    `${JSON.stringify({
      state: paths.base,
      session,
      label: options.session,
      once: options.once ?? false,
      owner: process.pid,
      uid: process.getuid?.() ?? 0,
      storage: options.storage,
      cgroups: options.cgroups ?? null,
      need: options.need,
      up: up ?? null,
    })}\n`,
  );
  const first = await firstLine(lines, ended, errors, child);
  return { ...running(child, first, folder, lines, ended, errors), broughtUp };
}

/** Listens from the beginning: this line may come together with the first one. */
async function untilUp(lines: Lines, ended: Promise<void>): Promise<void> {
  const answer = await new Promise<Answer>((resolve, reject) => {
    lines.onLine((line) => {
      if (line['up'] !== undefined) resolve(line['up'] as Answer);
    });
    void ended.then(() => reject(goneError()));
  });
  const told = answer['error'] as ToldTrouble | undefined;
  if (told !== undefined) throw userErrorOf(told);
}

function running(
  child: Process,
  first: Answer,
  folder: string,
  lines: Lines,
  ended: Promise<void>,
  errors: () => string,
): Omit<Helper, 'broughtUp'> {
  const lost = new Set<(sentence: string) => void>();
  let closing = false;
  const lose = (sentence: string) => {
    if (!closing) for (const listener of lost) listener(sentence);
    lost.clear();
  };
  lines.onLine((line) => {
    if (line['event'] === 'lost') lose(String(line['sentence']));
  });
  void ended.then(() => {
    const last = errors().split('\n').at(-1) ?? '';
    lose(`The sandbox ended unexpectedly: ${last === '' ? 'its helper was killed' : last}.`);
  });
  // A program that ends without closing must be able to end; the pipe's end then ends the helper.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref?: () => void }).unref?.();
  return {
    storage: first['storage'] === 'image' ? 'image' : 'memory',
    whyMemory: (first['why_memory'] as string | null) ?? null,
    swept: (first['swept'] as string[] | undefined) ?? [],
    folder,
    multiplexer: (first['multiplexer'] as string | null) ?? null,
    ask: (question, options) => ask(folder, question, options),
    onLost: (listener) => void lost.add(listener),
    async close() {
      closing = true;
      child.stdin.end();
      child.ref();
      const late = setTimeout(() => child.kill('SIGKILL'), GONE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

interface Lines {
  onLine(listener: (line: Answer) => void): void;
}

function jsonLines(stream: Readable): Lines {
  const listeners = new Set<(line: Answer) => void>();
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) for (const listener of [...listeners]) listener(JSON.parse(part) as Answer);
  });
  return { onLine: (listener) => void listeners.add(listener) };
}

function tail(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-4000);
  });
  return () => text.trim();
}

async function firstLine(lines: Lines, ended: Promise<void>, errors: () => string, child: Process): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const line = await Promise.race([
      new Promise<Answer>((resolve) => lines.onLine(resolve)),
      new Promise<never>((_, reject) => child.once('error', reject)),
      ended.then(() => ({ error: { code: 'sandbox-failed', sentence: `The sandbox's helper ended at once: ${errors()}` } })),
      new Promise<Answer>((resolve) => {
        timer = setTimeout(
          () => resolve({ error: { code: 'sandbox-timeout', sentence: 'The sandbox did not start in time.' } }),
          READY_MS,
        );
      }),
    ]);
    const told = line['error'] as ToldTrouble | undefined;
    if (told !== undefined) throw userErrorOf(told);
    return line;
  } catch (error) {
    child.stdin.end();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
