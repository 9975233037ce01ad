/**
 * Asks the host facts: one script, one round trip for one asking user. Knows the host and the script, not what is asked.
 */
import { randomBytes } from 'node:crypto';
import type { Answer, Fact, Judgement } from '../../checks/kind.ts';
import { trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';
import type { ExecResult, Host } from '../../host/host.ts';
import { messageOf } from '../../model/errors.ts';
import { type Outcome, readAnswers } from './read-answers.ts';
import { type Asked, batchScript } from './script.ts';

/** What one user's batch brought: for each fact its answer or the verdict that stands in its place. */
export interface Asking {
  readonly answers: ReadonlyMap<string, Answer | Judgement>;
  /** Process id of the script on the host; 0 when it did not run. */
  readonly pid: number;
  readonly nonce: string;
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

/**
 * Asks all facts of a batch at once.
 * @param host where.
 * @param user as whom.
 * @param batch what.
 * @param signal ends the asking; then this rejects as `host.exec` does.
 */
export async function ask(host: Pick<Host, 'exec'>, user: string, batch: Batch, signal?: AbortSignal): Promise<Asking> {
  const entries = [...batch.asked];
  const nonce = randomBytes(12).toString('hex');
  if (entries.length === 0) return { answers: new Map(), pid: 0, nonce };
  const asked = entries.map(([, each]) => each);
  const limits = asked.map(({ fact }) => fact.maxBytes);
  const longest = Math.max(...asked.map(({ timeoutMs }) => timeoutMs));
  const everyone = (judgement: Judgement): Asking => ({
    answers: new Map(entries.map(([key]) => [key, judgement])),
    pid: 0,
    nonce,
  });
  let result: ExecResult;
  try {
    result = await host.exec({
      script: batchScript(asked, nonce, randomBytes(6).toString('hex')),
      user,
      timeoutMs: longest + overheadMs,
      maxOutput: 2 * limits.reduce((sum, limit) => sum + limit + 1, 0) + 65_536,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    return everyone(trouble('host-unreachable', `The host could not be asked: ${messageOf(thrown)}`));
  }
  signal?.throwIfAborted();
  const read = readAnswers(result.stdout, nonce, limits);
  if (read.status === 'no-room')
    return everyone(
      trouble('no-room', `The host has no room for answers: ${user} can write in none of /dev/shm, /tmp, /var/tmp, /run.`),
    );
  if (read.status === 'garbled') return everyone(unanswered(result));
  return {
    answers: new Map(entries.map(([key, each], index) => [key, answerOrTrouble(read.outcomes[index], each)])),
    pid: read.pid,
    nonce,
  };
}

function answerOrTrouble(outcome: Outcome | undefined, { fact, timeoutMs }: Asked): Answer | Judgement {
  if (outcome === undefined) return trouble('answer-lost', 'The host’s answer was lost.');
  if (!('missing' in outcome)) {
    // A light fact's text is ours, so whatever its shell did not find is a tool that the host lacks.
    const tool = fact.weight === 'light' ? /: ([\w.-]+): (?:command )?not found$/m.exec(outcome.stderr)?.[1] : undefined;
    return tool === undefined ? outcome : trouble('tool-missing', `The host has no ${tool}, which is needed to ask this.`);
  }
  switch (outcome.missing) {
    case 'late':
      return trouble('timed-out', `The host did not answer within ${timeoutMs / 1000} s.`);
    case 'full':
      return trouble('no-room', 'The host’s disk is full: the answer could not be kept.');
    case 'lost':
      return trouble('answer-lost', 'Asking was ended by something on the host before it could answer.');
  }
}

/** Why a script did not come to its end. */
function unanswered(result: ExecResult): Judgement {
  if (result.timedOut) return trouble('timed-out', 'The host did not finish answering in time.');
  const said = oneLine(result.stderr.toString('utf8'));
  const how = result.signal === null ? `ended with exit code ${result.code}` : `was ended by ${result.signal}`;
  return trouble('answer-lost', `Asking the host ${how} before all was answered${said === '' ? '.' : `: ${said}`}`);
}
