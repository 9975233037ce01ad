/**
 * Plays a lesson by itself, by asking the engine exactly what a learner would ask: run this block, write this
 * file, go on. It knows nothing of screens; a demonstration only gives it a slower pace.
 */
import type { SectionView, StepView, View } from '../session/view.ts';
import type { Engine } from './engine.ts';

/** Pauses of a player, milliseconds. */
export interface Pace {
  /** Before each step, for people to read along. */
  readonly stepMs: number;
  /** On a file that is shown before it is written. */
  readonly previewMs: number;
  /** On a section that is only read, and on the moment of unlocking. */
  readonly readMs: number;
}

/** No pauses: for CI and pipes. */
export const swift: Pace = { stepMs: 0, previewMs: 0, readMs: 0 };

/** A pace that an audience can follow. */
export const readable: Pace = { stepMs: 1_500, previewMs: 3_000, readMs: 4_000 };

/** How a play ended. */
export type PlayResult = { readonly outcome: 'finished' } | { readonly outcome: 'stuck'; readonly sentence: string };

/** The part of an engine that is played with. */
export type Player = Pick<Engine, 'view' | 'ask' | 'onChange'>;

/** How a lesson is played. */
export interface PlayOptions {
  /** Index of the section to stop at, when it has been opened; otherwise to the end. */
  readonly to?: number;
  /** Leave optional steps out. */
  readonly requiredOnly?: boolean;
  /** Does what else a section needs once its steps are done; a sentence where that failed. */
  readonly solve?: (section: string) => Promise<string | null>;
}

interface HowToWork extends Omit<PlayOptions, 'to'> {
  readonly patienceMs?: number;
  /** What is left open is named by its titles alone: somebody else tells why. */
  readonly titlesOnly?: true;
}

/** How long a section's checks are waited for after its last step, and a step itself, milliseconds. */
const sectionPatienceMs = 240_000;
const stepBudgetMs = 300_000;
/** How long a section is open that is only read, where nobody reads it, milliseconds. */
const quickReadMs = 1_000;

/** How often a player asks for the checks while it waits for them, milliseconds. */
const askAgainMs = 2_000;

/**
 * Plays from where the session is to the end of the lesson.
 * @param engine a session; started, or about to be.
 * @param pace how fast.
 * @param signal ends it.
 * @param options how far, and what is done besides the sections' blocks.
 */
export async function play(
  engine: Player,
  pace: Pace,
  signal: AbortSignal,
  { to = Number.POSITIVE_INFINITY, ...how }: PlayOptions = {},
): Promise<PlayResult> {
  const table = new Table(engine, signal);
  await table.until((view) => view.host.status !== 'preparing', Number.POSITIVE_INFINITY);
  for (;;) {
    const view = engine.view;
    if (view.open >= to) return { outcome: 'finished' };
    const trouble = signal.aborted ? 'Stopped.' : hostTrouble(view);
    if (trouble !== null) return stuck(trouble);
    const section = view.sections[view.open];
    if (!section || isOver(view, section)) return { outcome: 'finished' };
    const sentence = await pass(table, section, pace, how);
    if (sentence !== null) return stuck(sentence);
  }
}

/** Works on an open section, leaves any other; a sentence where it got stuck. */
async function pass(table: Table, section: SectionView, pace: Pace, how: HowToWork): Promise<string | null> {
  if (hasWork(section)) return work(table, section, pace, how);
  const { open } = table.engine.view;
  await table.pause(pace.readMs);
  table.engine.ask({ type: 'advance' });
  await table.until((next) => next.open !== open || next.sections[next.open]?.status !== section.status, stepBudgetMs);
  return null;
}

/**
 * Goes on, over sections that are only read, until a section is open and its scripts have been started.
 * @param engine a started session in which everything before that section is done.
 * @param id the section.
 * @param signal ends it.
 * @returns null, or why it does not open.
 */
export async function openByReading(engine: Player, id: string, signal: AbortSignal): Promise<string | null> {
  const table = new Table(engine, signal);
  await table.until((view) => view.host.status !== 'preparing', Number.POSITIVE_INFINITY);
  while (table.section(id)?.status === 'locked') {
    const trouble = signal.aborted ? 'Stopped.' : (hostTrouble(engine.view) ?? (await goOn(table)));
    if (trouble !== null) return trouble;
  }
  return (await table.until((view) => view.running === null, stepBudgetMs)) ? null : 'The scripts of the section do not end.';
}

/** One section further; what there is to do in a section that is only read is done first. Null when it went. */
async function goOn(table: Table): Promise<string | null> {
  const { engine } = table;
  const { open, sections } = engine.view;
  const section = sections[open];
  const sentence = section && hasWork(section) ? await work(table, section, swift) : null;
  if (sentence !== null) return sentence;
  // The scripts of a section that is only read are waited for as well.
  await table.until((view) => view.running === null, stepBudgetMs);
  // What they leave starting has the time that the quickest reader takes.
  await table.pause(quickReadMs);
  const status = engine.view.sections[open]?.status;
  engine.ask({ type: 'advance' });
  const moved = (next: View): boolean => next.open !== open || next.sections[next.open]?.status !== status;
  return (await table.until(moved, sectionPatienceMs))
    ? null
    : `The session does not go on from ${section?.title ?? 'its section'}.`;
}

/**
 * Does the work of one open section at once: every step in order, then waits for its checks.
 * @param engine a started session.
 * @param id the section.
 * @param patienceMs how long its checks are waited for after the last step.
 * @param signal ends it.
 * @returns null when the section is done, otherwise what it got stuck at: of checks their titles.
 */
export async function playSection(engine: Player, id: string, patienceMs: number, signal: AbortSignal): Promise<string | null> {
  const table = new Table(engine, signal);
  const section = table.section(id);
  return section?.status === 'open' ? work(table, section, swift, { patienceMs, titlesOnly: true }) : null;
}

function hostTrouble(view: View): string | null {
  if (view.host.status === 'ready') return null;
  return [view.host.sentence, ...('tries' in view.host ? view.host.tries : [])].join(' ');
}

function stuck(sentence: string): PlayResult {
  return { outcome: 'stuck', sentence };
}

function isOver(view: View, section: SectionView): boolean {
  const last = view.open === view.sections.length - 1;
  return view.finished && last && (section.kind === 'work' || section.status === 'done');
}

/** Whether there is something to do in the section; in one that is only read, what was not tried yet. */
function hasWork(section: SectionView): boolean {
  if (section.status !== 'open') return false;
  return section.kind === 'work' || section.steps.some((step) => step.status === 'todo');
}

/** Does every step of a section in order, then waits for its checks; null when it is done. */
async function work(table: Table, section: SectionView, pace: Pace, how: HowToWork = {}): Promise<string | null> {
  // Scripts that come with the section may have the shell.
  await table.until((view) => view.running === null, stepBudgetMs);
  for (const step of section.steps.filter((each) => !(how.requiredOnly === true && each.optional))) {
    const now = table.section(section.id);
    if (now?.status !== 'open') return null;
    if (now.steps.find((each) => each.block === step.block)?.status === 'done') continue;
    await table.pause(pace.stepMs);
    const ended = await takeStep(table, section.id, step, pace);
    const last = ended ?? table.section(section.id)?.steps.find((each) => each.block === step.block) ?? step;
    const failure = step.optional ? null : failureOf(last, ended !== undefined);
    if (failure !== null) return failure;
  }
  answerQuestions(table, section.id);
  if (section.kind === 'reading') return null;
  const unsolved = table.section(section.id)?.status === 'open' ? await how.solve?.(section.id) : null;
  if (typeof unsolved === 'string') return unsolved;
  return settle(table, section, how);
}

/** A player knows what is right. */
function answerQuestions(table: Table, id: string): void {
  for (const check of table.section(id)?.checks ?? [])
    if (check.asks !== undefined && check.status !== 'pass')
      table.engine.ask({ type: 'answer', check: check.id, given: 'right' });
}

function failureOf(step: StepView, ended: boolean): string | null {
  if (!ended) return `${step.path ?? step.commands[step.finished] ?? step.block} did not end in time.`;
  return step.status === 'failed' ? (step.sentence ?? `${step.block} failed.`) : null;
}

/** Checks that are not asked by the clock are asked for, as a learner would. */
async function waitForChecks(table: Table, section: string, patienceMs: number): Promise<boolean> {
  const over = (): boolean => table.section(section)?.status !== 'open';
  for (let leftMs = patienceMs; leftMs > 0 && !table.over; leftMs -= askAgainMs) {
    if (await table.until(over, Math.min(leftMs, askAgainMs))) return true;
    table.engine.ask({ type: 'check' });
  }
  return over();
}

/** Waits for the section's checks; null when it is done, otherwise what is left, and since when where that was all. */
async function settle(table: Table, { id, title, steps }: SectionView, how: HowToWork): Promise<string | null> {
  const { patienceMs = sectionPatienceMs, titlesOnly = false } = how;
  if (await waitForChecks(table, id, patienceMs)) return null;
  const since = ` ${Math.round(patienceMs / 100) / 10} s after ${steps.length > 0 ? 'its last block' : 'it opened'}`;
  return `${title} is not done${table.over ? '' : since}: ${openChecks(table.section(id), titlesOnly)}`;
}

/** Runs or writes one block; its state when it has ended, undefined when it did not end in time. */
async function takeStep(table: Table, section: string, step: StepView, pace: Pace): Promise<StepView | undefined> {
  const { engine } = table;
  const state = (): StepView | undefined => table.section(section)?.steps.find((each) => each.block === step.block);
  const over = (): boolean => state()?.status === 'done' || state()?.status === 'failed';
  if (step.kind === 'write') {
    engine.ask({ type: 'write', block: step.block });
    const asked = (): boolean => engine.view.question?.type === 'write' && engine.view.question.block === step.block;
    if (!(await table.until(() => asked() || over(), stepBudgetMs))) return undefined;
    if (asked()) {
      await table.pause(pace.previewMs);
      engine.ask({ type: 'confirm' });
    }
  } else {
    // The section may be done by the steps before, and a block of it be of no use any more: it is run all the same.
    engine.ask({ type: 'run', block: step.block });
  }
  return (await table.until(over, stepBudgetMs)) ? state() : undefined;
}

function openChecks(section: SectionView | undefined, titlesOnly: boolean): string {
  const left = section?.checks.filter((check) => check.status !== 'pass' && check.regressed !== true) ?? [];
  return left.map((check) => (titlesOnly ? check.title : `${check.title} (${check.sentence ?? check.status})`)).join('; ');
}

/** What the player looks at and waits on. */
class Table {
  readonly engine: Player;
  private readonly signal: AbortSignal;

  constructor(engine: Player, signal: AbortSignal) {
    this.engine = engine;
    this.signal = signal;
  }

  section(id: string): SectionView | undefined {
    return this.engine.view.sections.find((each) => each.id === id);
  }

  /** It was stopped, or there is no host any more. */
  get over(): boolean {
    return this.signal.aborted || hostTrouble(this.engine.view) !== null;
  }

  /** True once the view is so; false at the deadline, when stopped, or when the host has gone. */
  until(is: (view: View) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const { view } = this.engine;
        const gone = view.host.status === 'failed' || view.host.status === 'lost';
        if (is(view)) end(true);
        else if (this.signal.aborted || gone) end(false);
      };
      const timer = Number.isFinite(withinMs) ? setTimeout(() => end(false), withinMs) : null;
      const off = this.engine.onChange(look);
      const stop = (): void => end(false);
      this.signal.addEventListener('abort', stop);
      const end = (so: boolean): void => {
        if (timer) clearTimeout(timer);
        off();
        this.signal.removeEventListener('abort', stop);
        resolve(so);
      };
      look();
    });
  }

  pause(ms: number): Promise<void> {
    if (ms === 0 || this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(end, ms);
      const { signal } = this;
      function end(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      }
      signal.addEventListener('abort', end);
    });
  }
}
