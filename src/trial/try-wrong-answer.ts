/** Tries a wrong answer: the host goes back, the script does its mischief, and the named checks must tell why. */
import { runChecks } from '../checks/checks.ts';
import { advance, createSeries, type Series } from '../checks/series.ts';
import type { ExpectedFailure, WrongAnswer } from '../lesson/wrong-answer.ts';
import { answerVerdict, notAnswered } from '../model/answer.ts';
import type { Check, Verdict } from '../model/check.ts';
import { messageOf } from '../model/errors.ts';
import type { Section } from '../model/lesson.ts';
import type { TestCase } from '../report/test-case.ts';
import { checksPatience } from './patience.ts';
import { snapshotName, type TrialOptions } from './trial-options.ts';

/** How long the named checks may take at most to come out as named, and the script itself, milliseconds. */
const patienceMs = 60_000;
const scriptMs = 120_000;
const betweenMs = 300;

/**
 * Tries one wrong answer and tells what came out.
 * @param trial what is tried.
 * @param answer the wrong answer.
 * @param kept the snapshots that there are.
 */
export async function tryWrongAnswer(trial: TrialOptions, answer: WrongAnswer, kept: ReadonlySet<string>): Promise<void> {
  const { lesson, run, now } = trial;
  const section = lesson.sections[answer.section];
  if (!section) return;
  const name = `${answer.name}: ${answer.title}`;
  const frame = {
    lesson: lesson.id,
    section: section.id,
    run,
    mode: 'wrong',
    phase: 'wrong',
    name,
    place: answer.place,
  } as const;
  const began = now();
  const tell = (outcome: Pick<TestCase, 'status' | 'sentence'>): void =>
    trial.tell({ ...frame, durationMs: now() - began, ...outcome });
  const snapshot = snapshotName(answer.from === 'open' ? 'ready' : 'done', answer.section);
  if (!kept.has(snapshot) || trial.signal.aborted) {
    tell({ status: 'skipped', sentence: 'The lesson did not come so far, so there is nothing to spoil.' });
    return;
  }
  trial.note(name);
  try {
    const sentence = await spoil(trial, section, answer, snapshot);
    tell(sentence === null ? { status: 'passed' } : { status: 'failed', sentence });
  } catch (thrown) {
    if (trial.signal.aborted) tell({ status: 'skipped', sentence: 'Stopped.' });
    else tell({ status: 'failed', sentence: messageOf(thrown) });
  }
}

/** Null when every named check failed for its named reason. */
async function spoil(trial: TrialOptions, section: Section, answer: WrongAnswer, snapshot: string): Promise<string | null> {
  const named = answer.expected.flatMap(({ check }) => section.checks.filter(({ id }) => id === check));
  const checks = named.filter(({ question }) => question.kind !== 'answer');
  const misjudged = judgeGiven(named, answer.expected);
  if (misjudged !== null || checks.length === 0) return misjudged;
  const right = section.checks.filter(({ id }) => answer.passes.includes(id));
  await trial.host.rewind(snapshot);
  // What is spoiled must have been right, or it would not be the script that the checks find out.
  if (answer.from === 'done') {
    const undone = await waitFor(trial, checks, (verdicts) => checks.every(({ id }) => verdicts[id]?.status === 'pass'));
    if (undone !== null) return `Before the script, the section was not done: ${describe(checks, undone)}`;
  }
  const all = [...checks, ...right];
  const expected = answer.expected.filter(({ check }) => checks.some(({ id }) => id === check));
  const found = (verdicts: Readonly<Record<string, Verdict>>): boolean =>
    expected.every(({ check, reason }) => isFailure(verdicts[check], reason)) &&
    right.every(({ id }) => verdicts[id]?.status === 'pass');
  // Where nothing was done yet it may look just the same without the script, which then proves nothing.
  if (answer.from === 'open' && found(await askOnce(trial, all))) return nothingProved;
  const { code, signal, stdout, stderr, timedOut } = await trial.host.exec({
    script: `cd ~ || exit\n${answer.script}`,
    user: trial.lesson.user,
    timeoutMs: scriptMs,
    signal: trial.signal,
  });
  if (code !== 0) {
    const how = timedOut ? 'did not end in time' : `ended with ${code ?? signal}`;
    return `The script itself ${how}: ${`${stdout}${stderr}`.trim().split('\n').slice(-3).join(' / ')}`;
  }
  const missed = await waitFor(trial, all, found);
  return missed === null ? null : `Expected ${expectation(all, expected, right)}, but ${describe(all, missed)}`;
}

/** Questions to the learner need no host; null where each was found out. */
function judgeGiven(checks: readonly Check[], expected: readonly ExpectedFailure[]): string | null {
  for (const { check: id, reason, given } of expected) {
    const check = checks.find((each) => each.id === id);
    if (check?.question.kind !== 'answer') continue;
    const verdict = given === undefined ? notAnswered : answerVerdict(check.question, given, 1);
    if (isFailure(verdict, reason)) continue;
    return `Expected ${expectation([check], [{ check: id, reason }])}, but ${describe([check], { [id]: verdict })}`;
  }
  return null;
}

function isFailure(verdict: Verdict | undefined, reason: string): boolean {
  return verdict?.status === 'fail' && verdict.reason === reason;
}

const nothingProved =
  'Before the script it comes out just the same, so it proves nothing. Name a check with `# passes:` that holds only after it.';

async function askOnce(trial: TrialOptions, checks: readonly Check[]): Promise<Readonly<Record<string, Verdict>>> {
  return (await runChecks(trial.host, checks, { signal: trial.signal, monitor: { served: 0, failed: 0 } })).verdicts;
}

/** Asks again and again; null when it came true, otherwise the last verdicts. */
async function waitFor(
  trial: TrialOptions,
  checks: readonly Check[],
  isSo: (verdicts: Readonly<Record<string, Verdict>>) => boolean,
): Promise<Readonly<Record<string, Verdict>> | null> {
  const end = trial.now() + Math.min(patienceMs, trial.budgetMs, checksPatience(checks, trial.settleMs));
  const openedAt = trial.now();
  let series: Series = createSeries();
  for (;;) {
    const round = await runChecks(trial.host, checks, { signal: trial.signal, monitor: { served: 0, failed: 0 } });
    const verdicts: Record<string, Verdict> = {};
    for (const check of checks) {
      const raw = round.verdicts[check.id];
      if (!raw) continue;
      const step = advance(series, impatient(check), raw, trial.now(), openedAt);
      series = step.series;
      verdicts[check.id] = step.verdict;
    }
    if (isSo(verdicts)) return null;
    if (trial.now() > end) return verdicts;
    await new Promise((wake) => setTimeout(wake, betweenMs));
  }
}

/** Time that a learner is given is not given to a wrong answer: it is wrong at once. */
function impatient(check: Check): Check {
  const { withinMs: _, ...timing } = check.timing;
  return { ...check, timing };
}

function expectation(checks: readonly Check[], expected: readonly ExpectedFailure[], right: readonly Check[] = []): string {
  const failing = expected.map(({ check, reason }) => `"${titleOf(checks, check)}" to fail with ${reason}`);
  return [...failing, ...right.map(({ title }) => `"${title}" to pass`)].join(' and ');
}

function titleOf(checks: readonly Check[], id: string): string {
  return checks.find((check) => check.id === id)?.title ?? id;
}

function describe(checks: readonly Check[], verdicts: Readonly<Record<string, Verdict>>): string {
  return checks
    .map(({ id, title }) => {
      const verdict = verdicts[id];
      if (verdict === undefined || verdict.status === 'pass') return `"${title}" passes.`;
      const reason = 'reason' in verdict ? ` (${verdict.reason})` : '';
      return `"${title}": ${verdict.sentence}${reason}`;
    })
    .join(' ');
}
