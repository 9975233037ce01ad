/**
 * Tries a lesson as a learner who does exactly what it says: on a fresh host, section by section, its checks must fail
 * before and pass after. Conducts engines and the host; knows nothing of how the cases it tells are written down.
 */
import type { Engine } from '../engine/engine.ts';
import { messageOf, UserError } from '../model/errors.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { solvedLesson } from './solved-lesson.ts';
import { snapshotName, type TrialOptions } from './trial-options.ts';
import { openTrialSession } from './trial-session.ts';
import { trySection } from './try-section.ts';
import { tryWrongAnswer } from './try-wrong-answer.ts';

/**
 * Tries the lesson once; every outcome is told, none is thrown.
 * @param options what, and with what.
 * @throws UserError `no-snapshots` where the host cannot go back and that is needed.
 */
export async function tryLesson(options: TrialOptions): Promise<void> {
  const { host } = options;
  const rewinds = options.isolated || options.wrong.length > 0;
  if (rewinds && !host.capabilities.snapshots)
    throw new UserError('no-snapshots', `A ${host.kind} host cannot go back to how a section began.`, {
      tries: ['Leave --isolated and --wrong out, or use the sandbox host.'],
    });
  const trial = { ...options, lesson: solvedLesson(options.lesson) };
  if (!(await hostComes(trial))) return;
  const kept = await tryWhole(trial, wantedSnapshots(trial));
  for (const section of trial.isolated ? worked(trial.lesson) : []) await tryAlone(trial, section, kept);
  for (const answer of trial.wrong) await tryWrongAnswer(trial, answer, kept);
}

async function hostComes(trial: TrialOptions): Promise<boolean> {
  const { host, now, note, signal } = trial;
  const began = now();
  const frame = { lesson: trial.lesson.id, section: null, run: trial.run, mode: 'whole', phase: 'host' } as const;
  const name = 'the host is made ready';
  try {
    await host.prepare(({ sentence }) => note(sentence), signal);
    await host.start(({ sentence }) => note(sentence));
    trial.tell({ ...frame, name, status: 'passed', durationMs: now() - began });
    return true;
  } catch (thrown) {
    const tries = thrown instanceof UserError ? thrown.tries : [];
    const sentence = [messageOf(thrown), ...tries].join(' ');
    trial.tell({ ...frame, name, status: 'failed', durationMs: now() - began, sentence });
    return false;
  }
}

function worked(lesson: Lesson): readonly Section[] {
  return lesson.sections.filter(({ kind }) => kind === 'work');
}

function wantedSnapshots({ lesson, isolated, wrong }: TrialOptions): ReadonlySet<string> {
  const alone = isolated ? worked(lesson).map(({ index }) => snapshotName('open', index)) : [];
  return new Set([...alone, ...wrong.map(({ from, section }) => snapshotName(from === 'open' ? 'ready' : 'done', section))]);
}

/** The whole lesson in one session; resolves with the snapshots that were taken. */
async function tryWhole(trial: TrialOptions, wanted: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  const keep = async (name: string): Promise<void> => {
    if (!wanted.has(name)) return;
    await trial.host.snapshot(name);
    taken.add(name);
  };
  const session = createSessionOnce(trial, 0);
  let trouble: string | null = null;
  try {
    for (const section of worked(trial.lesson)) {
      if (trouble === null && trial.signal.aborted) trouble = 'Stopped.';
      if (trouble !== null) {
        skip(trial, section, 'whole', trouble);
        continue;
      }
      trial.note(section.title);
      await keep(snapshotName('open', section.index));
      const done = await trySection(trial, session.open, section, 'whole', () => keep(snapshotName('ready', section.index)));
      if (done) await keep(snapshotName('done', section.index));
      else trouble = `"${section.title}" was not done.`;
    }
  } finally {
    await session.close();
  }
  return taken;
}

async function tryAlone(trial: TrialOptions, section: Section, kept: ReadonlySet<string>): Promise<void> {
  const snapshot = snapshotName('open', section.index);
  if (!kept.has(snapshot)) {
    skip(trial, section, 'alone', 'The lesson did not come so far, so there is no snapshot of it.');
    return;
  }
  trial.note(`${section.title}, alone`);
  await trial.host.rewind(snapshot);
  const session = createSessionOnce(trial, afterWork(trial.lesson, section.index));
  try {
    await trySection(trial, session.open, section, 'alone', async () => {});
  } finally {
    await session.close();
  }
}

/**
 * Where the pages that lead to a section begin: they are read again before it, since the snapshot was taken before them
 * and what their scripts do is what the section finds.
 */
function afterWork({ sections }: Lesson, index: number): number {
  return sections.slice(0, index).findLastIndex(({ kind }) => kind === 'work') + 1;
}

/** A session that is opened when it is first needed: until then nobody watches the host. */
function createSessionOnce(trial: TrialOptions, from: number): { open(): Promise<Engine>; close(): Promise<void> } {
  let opened: Promise<Engine> | null = null;
  return {
    open() {
      opened ??= openTrialSession(trial, from);
      return opened;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

function skip(trial: TrialOptions, section: Section, mode: 'whole' | 'alone', sentence: string): void {
  const { lesson, run } = trial;
  const name = 'the section is done by what it says';
  const frame = { lesson: lesson.id, section: section.id, run, mode, phase: 'budget', name } as const;
  trial.tell({ ...frame, status: 'skipped', durationMs: 0, sentence });
}
