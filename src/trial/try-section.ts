/** Tries one section: its checks fail while nothing is done, its steps work, its checks pass, all in time. */
import { runChecks } from '../checks/checks.ts';
import type { Engine } from '../engine/engine.ts';
import { openByReading, playSection } from '../engine/pilot.ts';
import type { Check, Verdict } from '../model/check.ts';
import type { Block, Section } from '../model/lesson.ts';
import { readableDuration, type TestCase, type TestMode } from '../report/test-case.ts';
import type { SessionEvent } from '../session/events.ts';
import type { CheckView, StepView } from '../session/view.ts';
import { patienceOf } from './patience.ts';
import type { TrialOptions } from './trial-options.ts';

type Outcome = Pick<TestCase, 'status' | 'sentence'>;

/** Tells a case of one section. */
function teller(trial: TrialOptions, section: Section, mode: TestMode) {
  const frame = { lesson: trial.lesson.id, section: section.id, run: trial.run, mode };
  return (testCase: Omit<TestCase, keyof typeof frame>): void => trial.tell({ ...frame, ...testCase });
}

/**
 * Tries one section in a session in which everything before it is done.
 * @param trial what is tried.
 * @param session opens the session, or gives the one that is open.
 * @param section which.
 * @param mode for the report.
 * @param ready called when nothing but the section's own scripts has been started.
 * @returns whether the section is done.
 */
export async function trySection(
  trial: TrialOptions,
  session: () => Promise<Engine>,
  section: Section,
  mode: TestMode,
  ready: () => Promise<void>,
): Promise<boolean> {
  // Scripts that come with a section, or with one that is only read before it, are no work: its checks must fail after
  // them. Where there are none, the checks are asked before a session watches the section and asks them, too.
  const { sections, assets = [] } = trial.lesson;
  const scripted = assets.length > 0 || sections.slice(0, section.index + 1).some(({ setup }) => setup !== undefined);
  if (scripted) await openByReading(await session(), section.id, trial.signal);
  await ready();
  await checksBefore(trial, section, mode);
  return workAndAfter(trial, await session(), section, mode);
}

/** Asks the section's checks while its work is not done: each must fail. */
async function checksBefore(trial: TrialOptions, section: Section, mode: TestMode): Promise<void> {
  const tell = teller(trial, section, mode);
  // What must never happen has not happened yet: such a check holds before and after.
  const checks = section.checks.filter(({ timing }) => timing.never !== true);
  if (checks.length === 0) return;
  const began = trial.now();
  const { verdicts } = await runChecks(trial.host, checks, { signal: trial.signal, monitor: { served: 0, failed: 0 } });
  const durationMs = trial.now() - began;
  for (const check of checks) {
    const name = `fails before: ${check.title}`;
    tell({ phase: 'before', name, durationMs, place: check.place, ...judgeBefore(verdicts[check.id]) });
  }
}

function judgeBefore(verdict: Verdict | undefined): Outcome {
  if (verdict?.status === 'fail') return { status: 'passed' };
  if (verdict?.status === 'pass')
    return {
      status: 'failed',
      sentence: 'It passes before anything was done, so it does not tell whether the work was done (not discriminating).',
    };
  return { status: 'failed', sentence: `It could not be asked before the work: ${verdict?.sentence ?? 'there was no answer.'}` };
}

/** Opens the section, does its steps in a real shell, and waits for its checks; true when the section is done. */
async function workAndAfter(trial: TrialOptions, engine: Engine, section: Section, mode: TestMode): Promise<boolean> {
  const tell = teller(trial, section, mode);
  const { now, budgetMs } = trial;
  const patienceMs = patienceOf(section, trial.settleMs);
  const began = now();
  const budget = AbortSignal.timeout(budgetMs);
  const signal = AbortSignal.any([trial.signal, budget]);
  const watch = createStopwatch(engine);
  const stuck = (await openByReading(engine, section.id, signal)) ?? (await playSection(engine, section.id, patienceMs, signal));
  watch.stop();
  const own = engine.view.sections[section.index];
  const after = own?.checks.filter(({ regressed }) => regressed !== true) ?? [];
  const waitedOut =
    stuck !== null && !signal.aborted && own?.steps.every(({ status, optional }) => status === 'done' || optional);
  const since = waitedOut
    ? `Still so ${readableDuration(patienceMs)} after ${section.blocks.length > 0 ? 'the last block' : 'it opened'}: `
    : '';
  for (const block of section.blocks) {
    const step = own?.steps.find((each) => each.block === block.id);
    const outcome = judgeStep(step, lastLines(engine));
    tell({ phase: 'step', name: stepName(block), durationMs: watch.ofBlock(block.id), place: block.place, ...outcome });
  }
  for (const check of section.checks) {
    const view = after.find(({ id }) => id === check.id);
    const durationMs = Math.max(0, (view?.since ?? now()) - (own?.openedAt ?? began));
    tell({
      phase: 'after',
      name: `passes after: ${check.title}`,
      durationMs,
      place: check.place,
      ...judgeAfter(check, view, stuck, since),
    });
  }
  const used = budget.aborted ? `Its time budget of ${readableDuration(budgetMs)} was used up. ` : '';
  const over: Outcome = stuck === null ? { status: 'passed' } : { status: 'failed', sentence: `${used}${stuck}` };
  tell({
    phase: 'budget',
    name: 'the section is done by what it says',
    durationMs: now() - began,
    place: section.place,
    ...over,
  });
  return stuck === null;
}

function stepName(block: Block): string {
  if (block.kind === 'write') return `writes ${block.path}`;
  const [first, ...more] = block.commands;
  const line = first?.text.split('\n')[0] ?? block.id;
  return `runs \`${line}\`${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

/** What the learner's shell said last, without the prompt that stands there now. */
function lastLines({ tabs }: Engine): string {
  const terminal = tabs.find(({ number }) => number === 1)?.terminal;
  if (terminal === undefined) return '';
  const rows = Array.from({ length: terminal.cursor.row }, (_, y) => terminal.textRow(y).trim());
  return rows
    .filter((row) => row !== '')
    .slice(-2)
    .join(' / ');
}

function judgeStep(step: StepView | undefined, said: string): Outcome {
  switch (step?.status) {
    case 'done':
      return { status: 'passed' };
    case 'failed': {
      const status = step.optional ? 'skipped' : 'failed';
      const { kind, sentence } = step;
      const shown = kind === 'run' && said !== '' ? `${sentence ?? ''} The shell said last: ${said}` : sentence;
      return { status, ...(shown === undefined ? {} : { sentence: shown.trim() }) };
    }
    case 'running': {
      const command = step.commands[step.finished]?.split('\n')[0];
      const what = command === undefined ? 'It' : `\`${command}\``;
      return { status: 'failed', sentence: `${what} was still running when the time was over.` };
    }
    default:
      return { status: 'skipped', sentence: 'It was not done: the section ended before it.' };
  }
}

/** Where the work broke off, a check that nobody asked any more has not failed. */
function judgeAfter(check: Check, view: CheckView | undefined, stuck: string | null, since: string): Outcome {
  if (view?.status === 'pass') return { status: 'passed' };
  if (stuck !== null && view?.sentence == null)
    return { status: 'skipped', sentence: 'It was not asked: the section ended before it.' };
  return { status: 'failed', sentence: view?.sentence ? `${since}${view.sentence}` : `${check.title}: it was not asked.` };
}

/** How long each block took, from being asked for to its end. */
function createStopwatch(engine: Engine): { ofBlock(id: string): number; stop(): void } {
  const began = new Map<string, number>();
  const took = new Map<string, number>();
  const heard = (event: SessionEvent): void => {
    if (event.type === 'step-started' || event.type === 'write-asked') began.set(event.block, event.at);
    if (event.type === 'step-finished' || event.type === 'step-failed' || event.type === 'file-written')
      took.set(event.block, event.at - (began.get(event.block) ?? event.at));
  };
  const stop = engine.onEvent(heard);
  return { ofBlock: (id) => took.get(id) ?? 0, stop };
}
