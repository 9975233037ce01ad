/**
 * Asks a host whether declared facts hold. All checks of one asking user are one script and one round trip; equal facts
 * are asked once. It knows nothing of sections, of time (see `series.ts`) or of screens.
 */
import type { Host } from '../host/host.ts';
import type { Check, Question, Verdict } from '../model/check.ts';
import { messageOf } from '../model/errors.ts';
import { type Asking, ask, Batch, factKey } from './batch/ask.ts';
import { factsOf, judge } from './evaluate.ts';
import { programStates, statusFact } from './facts/programs.ts';
import { type Fact, type JudgeContext, type Judgement, trouble } from './kind.ts';

/** What may be given to a round of checks. */
export interface RunOptions {
  /** Ends the round; it then rejects. */
  readonly signal?: AbortSignal;
  /** Requests of the section's monitor so far, for checks about it. */
  readonly monitor?: { readonly served: number; readonly failed: number };
}

/** One round's results. */
export interface Round {
  /** By check id: how it is at this moment; never `pending`. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** State of every program that supervisord told of, by its name as supervisorctl prints it; empty when not asked. */
  readonly programs: Readonly<Record<string, string>>;
}

/**
 * Asks all checks at once and judges the answers. The round takes about as long as its slowest check.
 * @param host where.
 * @param checks what; ids must differ.
 * @param options the monitor's counts and a way to stop.
 * @returns never rejects because of a check or the host: what cannot be told is an `error` verdict.
 * @throws the signal's reason when it was aborted.
 */
export async function runChecks(host: Pick<Host, 'exec'>, checks: readonly Check[], options: RunOptions = {}): Promise<Round> {
  options.signal?.throwIfAborted();
  const unaskable = new Map<string, Judgement>();
  const batches = new Map<string, Batch>();
  for (const check of checks) {
    const batch = batches.get(userOf(check)) ?? new Batch();
    batches.set(userOf(check), batch);
    try {
      for (const fact of factsOf(check.question, check.timeoutMs)) batch.add(fact, check.timeoutMs);
    } catch (thrown) {
      unaskable.set(check.id, trouble('bad-question', `This check cannot be asked: ${messageOf(thrown)}.`));
    }
  }
  const [askings, readYaml] = await Promise.all([askAll(host, batches, options.signal), yamlReader(checks)]);
  const verdicts: Record<string, Verdict> = {};
  for (const check of checks) {
    const asking = askings.get(userOf(check));
    verdicts[check.id] =
      unaskable.get(check.id) ??
      judge(check.question, (fact) => answerTo(asking, fact), {
        timeoutMs: check.timeoutMs,
        ...(readYaml === undefined ? {} : { readYaml }),
        ...(options.monitor === undefined ? {} : { monitor: options.monitor }),
      } satisfies JudgeContext);
  }
  return { verdicts, programs: programsIn([...askings.values()]) };
}

/** The library that reads YAML is loaded where it is needed, while the host is asked. */
async function yamlReader(checks: readonly Check[]): Promise<JudgeContext['readYaml']> {
  if (!checks.some(({ question }) => asksYaml(question))) return undefined;
  const { readYaml } = await import('./data/read-yaml.ts');
  return readYaml;
}

function asksYaml(question: Question): boolean {
  if (question.kind === 'all' || question.kind === 'any') return question.of.some(asksYaml);
  return question.kind === 'not' ? asksYaml(question.of) : question.kind === 'yaml';
}

/** Batches of several users are asked beside each other, but for those that would see the others. */
async function askAll(
  host: Pick<Host, 'exec'>,
  batches: ReadonlyMap<string, Batch>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Asking>> {
  const askings = new Map<string, Asking>();
  const askOne = async ([user, batch]: [string, Batch]): Promise<void> => {
    askings.set(user, await ask(host, user, batch, signal));
  };
  const entries = [...batches];
  await Promise.all(entries.filter(([, batch]) => !batch.alone).map(askOne));
  for (const entry of entries.filter(([, batch]) => batch.alone)) await askOne(entry);
  return askings;
}

function userOf(check: Check): string {
  return check.user ?? 'root';
}

function answerTo(asking: Asking | undefined, fact: Fact): ReturnType<Asking['answers']['get']> & {} {
  return asking?.answers.get(factKey(fact)) ?? trouble('answer-lost', 'The host’s answer was lost.');
}

function programsIn(askings: readonly Asking[]): Record<string, string> {
  const programs: Record<string, string> = {};
  for (const asking of askings) {
    const answer = asking.answers.get(factKey(statusFact));
    if (answer === undefined || 'status' in answer) continue;
    for (const { name, state } of programStates(answer)) programs[name] ??= state;
  }
  return programs;
}
