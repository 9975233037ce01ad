/**
 * Asks the host facts: one script, one round trip for one asking user, and a second one only for what the first left
 * open. Knows the host and the script, not what is asked.
 */
import { randomBytes } from 'node:crypto';
import type { Answer, Fact, Judgement } from '../../checks/kind.ts';
import { trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';
import { perlScript, readPerl } from '../../checks/perl/program.ts';
import type { ExecResult, Host } from '../../host/host.ts';
import { messageOf } from '../../model/errors.ts';
import { canBeDirect, directScript, readDirect } from './direct.ts';
import { type Gathered, gather } from './gather.ts';
import { type Outcome, readAnswers } from './read-answers.ts';
import { type Asked, batchScript } from './script.ts';

/** What one user's batch brought: for each fact its answer or the verdict that stands in its place. */
export interface Asking {
  readonly answers: ReadonlyMap<string, Answer | Judgement>;
}

/** Collects facts for one user; equal facts become one, with the longest of their deadlines. */
export class Batch {
  readonly #asked = new Map<string, Asked>();

  /** Adds a fact; `timeoutMs` is its deadline. */
  add(fact: Fact, timeoutMs: number): void {
    const before = this.#asked.get(factKey(fact));
    this.#asked.set(factKey(fact), { fact, timeoutMs: Math.max(timeoutMs, before?.timeoutMs ?? 0) });
  }

  /** Whether another user's batch may run beside it. */
  get alone(): boolean {
    return [...this.#asked.values()].some(({ fact }) => fact.alone === true);
  }

  /** The facts so far. */
  get asked(): ReadonlyMap<string, Asked> {
    return this.#asked;
  }
}

/** What makes two facts the same. */
export function factKey(fact: Fact): string {
  return `${fact.weight} ${fact.maxBytes} ${fact.script}`;
}

/** Time for the script around the facts, milliseconds: a loaded machine may take seconds to start twenty programs. */
const overheadMs = 10_000;

/** The longest that is waited for what is asked the quick way, milliseconds; what it leaves open is asked again. */
const directMs = 3_000;

type Found = ReadonlyMap<string, Answer | Judgement>;

/**
 * Asks all facts of a batch: those of one sort together, and whatever that leaves open once more, each for itself.
 * @param host where.
 * @param user as whom.
 * @param batch what.
 * @param signal ends the asking; then this rejects as `host.exec` does.
 */
export async function ask(host: Pick<Host, 'exec'>, user: string, batch: Batch, signal?: AbortSignal): Promise<Asking> {
  if (batch.asked.size === 0) return { answers: new Map() };
  const asker = { host, user, signal };
  const first = await askQuickly(asker, batch.asked);
  const left = new Map([...batch.asked].filter(([key]) => !first.has(key)));
  const second = left.size === 0 ? new Map() : await askApart(asker, alone(left));
  return { answers: new Map([...second, ...first]) };
}

interface Asker {
  readonly host: Pick<Host, 'exec'>;
  readonly user: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * The quick way, by Perl or, where the host has none, by sh. Facts without an answer in what comes back have to be asked
 * again; those that may do something are asked once.
 */
async function askQuickly(asker: Asker, asked: ReadonlyMap<string, Asked>): Promise<Found> {
  const all = [...asked.values()];
  const nonce = newNonce();
  const folder = randomBytes(6).toString('hex');
  const gathered = gather(asked);
  const merged = gathered.map((each) => each.asked);
  const light = canBeDirect(all.map(({ fact }) => fact));
  const otherwise = light
    ? directScript(
        merged.map(({ fact }) => fact),
        nonce,
        folder,
      )
    : batchScript(merged, nonce, folder);
  const limits = [...all, ...merged].map(({ fact }) => fact.maxBytes);
  const timeoutMs = light ? Math.min(directMs, longestOf(all)) : longestOf(all) + overheadMs;
  const result = await run(asker, perlScript(all, nonce, folder, otherwise), timeoutMs, limits);
  if ('status' in result) return everyone(gathered, result);
  const told = readPerl(
    result.stdout,
    nonce,
    all.map(({ fact }) => fact.maxBytes),
  );
  if (told.status === 'elsewhere')
    return light ? readDirectly(result, gathered, nonce) : readApart(asker, result, gathered, nonce);
  if (told.status === 'no-room') return everyone(gathered, noRoom(asker));
  if (!told.whole && !light) return everyone(gathered, unanswered(result));
  return new Map(
    [...asked].flatMap(([key, each], index): [string, Answer | Judgement][] => {
      const outcome = told.outcomes[index];
      return outcome ? [[key, answerOrTrouble(outcome, each)]] : [];
    }),
  );
}

/** What came back of light facts that sh asked one after another. */
function readDirectly(result: ExecResult, gathered: readonly Gathered[], nonce: string): Found {
  const asked = gathered.map((each) => each.asked);
  const answers = readDirect(result.stdout, result.stderr, nonce, limitsOf(asked));
  return new Map(
    gathered.flatMap((each, index) => {
      const answer = answers[index];
      return answer ? [...each.answers(answer)].map(([key, found]) => [key, orLacking(found, asked[index])] as const) : [];
    }),
  );
}

/** The way on which sh keeps each fact from the others. */
async function askApart(asker: Asker, gathered: readonly Gathered[]): Promise<Found> {
  const nonce = newNonce();
  const asked = gathered.map((each) => each.asked);
  const script = batchScript(asked, nonce, randomBytes(6).toString('hex'));
  const result = await run(asker, script, longestOf(asked) + overheadMs, limitsOf(asked));
  return 'status' in result ? everyone(gathered, result) : readApart(asker, result, gathered, nonce);
}

function readApart(asker: Asker, result: ExecResult, gathered: readonly Gathered[], nonce: string): Found {
  const asked = gathered.map((each) => each.asked);
  const read = readAnswers(result.stdout, nonce, limitsOf(asked));
  if (read.status === 'no-room') return everyone(gathered, noRoom(asker));
  if (read.status === 'garbled') return everyone(gathered, unanswered(result));
  return new Map(
    gathered.flatMap((each, index): [string, Answer | Judgement][] => {
      const answer = answerOrTrouble(read.outcomes[index], asked[index]);
      if ('status' in answer) return each.keys.length > 1 ? [] : each.keys.map((key) => [key, answer]);
      return [...each.answers(answer)];
    }),
  );
}

function noRoom({ user }: Asker): Judgement {
  return trouble('no-room', `The host has no room for answers: ${user} can write in none of /dev/shm, /tmp, /var/tmp, /run.`);
}

function limitsOf(asked: readonly Asked[]): readonly number[] {
  return asked.map(({ fact }) => fact.maxBytes);
}

/** Facts that are asked alone, whatever could be asked together. */
function alone(asked: ReadonlyMap<string, Asked>): readonly Gathered[] {
  return [...asked].map(([key, each]) => ({ asked: each, keys: [key], answers: (answer) => new Map([[key, answer]]) }));
}

function newNonce(): string {
  return randomBytes(12).toString('hex');
}

function longestOf(asked: readonly Asked[]): number {
  return Math.max(...asked.map(({ timeoutMs }) => timeoutMs));
}

function everyone(gathered: readonly Gathered[], judgement: Judgement): Found {
  return new Map(gathered.flatMap(({ keys }) => keys.map((key) => [key, judgement] as const)));
}

/** What came of a script, or why it could not be run. */
async function run(
  { host, user, signal }: Asker,
  script: string,
  timeoutMs: number,
  limits: readonly number[],
): Promise<ExecResult | Judgement> {
  try {
    const result = await host.exec({
      script,
      user,
      timeoutMs,
      maxOutput: 2 * limits.reduce((sum, limit) => sum + limit + 1, 0) + 65_536,
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    return result;
  } catch (thrown) {
    signal?.throwIfAborted();
    return trouble('host-unreachable', `The host could not be asked: ${messageOf(thrown)}`);
  }
}

function answerOrTrouble(outcome: Outcome | undefined, asked: Asked | undefined): Answer | Judgement {
  if (outcome === undefined || asked === undefined) return trouble('answer-lost', 'The host’s answer was lost.');
  if (!('missing' in outcome)) return orLacking(outcome, asked);
  switch (outcome.missing) {
    case 'late':
      return trouble('timed-out', `The host did not answer within ${asked.timeoutMs / 1000} s.`);
    case 'full':
      return trouble('no-room', 'The host’s disk is full: the answer could not be kept.');
    case 'lost':
      return trouble('answer-lost', 'Asking was ended by something on the host before it could answer.');
  }
}

/** A light fact's text is ours, so whatever its shell did not find is a tool that the host lacks. */
function orLacking(answer: Answer, asked: Asked | undefined): Answer | Judgement {
  const tool = asked?.fact.weight === 'light' ? /: ([\w.-]+): (?:command )?not found$/m.exec(answer.stderr)?.[1] : undefined;
  return tool === undefined ? answer : trouble('tool-missing', `The host has no ${tool}, which is needed to ask this.`);
}

/** Why a script did not come to its end. */
function unanswered(result: ExecResult): Judgement {
  if (result.timedOut) return trouble('timed-out', 'The host did not finish answering in time.');
  const said = oneLine(result.stderr.toString('utf8'));
  const how = result.signal === null ? `ended with exit code ${result.code}` : `was ended by ${result.signal}`;
  return trouble('answer-lost', `Asking the host ${how} before all was answered${said === '' ? '.' : `: ${said}`}`);
}
