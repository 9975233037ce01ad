/**
 * The scenarios in fixtures/scenarios, each on a host of its own: every verify script says no before its step is done,
 * and yes after it. The steps are done as a learner does them, through the engine and a real pty.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/checks.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { shellOpener } from '../../src/engine/open-shell.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { exportScenario } from '../../src/lesson/killercoda/export-scenario.ts';
import { readLesson } from '../../src/lesson/lesson.ts';
import type { Lesson, Section } from '../../src/model/lesson.ts';
import type { DurableEvent } from '../../src/session/events.ts';
import type { View } from '../../src/session/view.ts';
import { readDefinition } from '../support/host-definition.ts';

const root = resolve(import.meta.dirname, '../..');
const scenarios = join(root, 'fixtures/scenarios');
const stateDir = mkdtempSync(join(tmpdir(), 'lockstep-scenarios-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

/** This one asks for a cluster: it is read, not run. */
const onlyRead = ['for-a-cluster'];
const names = readdirSync(scenarios).filter((name) => statSync(join(scenarios, name)).isDirectory());

async function scenario(name: string): Promise<Lesson> {
  const result = await readLesson(join(scenarios, name));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.lesson;
}

function until(engine: Engine, is: (view: View) => boolean, what: string): Promise<void> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => {
      off();
      const screen = engine.tabs.map((tab) => Array.from({ length: 20 }, (_, y) => tab.terminal.textRow(y).trimEnd()).join('\n'));
      failed(new Error(`${what} did not come.\n${JSON.stringify(engine.view.sections[engine.view.open], null, 1)}\n${screen}`));
    }, 90_000);
    const look = (): void => {
      if (!is(engine.view)) return;
      clearTimeout(timer);
      off();
      done();
    };
    const off = engine.onChange(look);
    look();
  });
}

/** Does a section's steps, then its solution, and waits for what its verify script says. */
async function workThrough(engine: Engine, section: Section): Promise<void> {
  const step = (id: string) => engine.view.sections[section.index]?.steps.find((each) => each.block === id);
  for (const block of section.blocks) {
    engine.ask({ type: block.kind, block: block.id });
    const over = () => step(block.id)?.status === 'done' || step(block.id)?.status === 'failed';
    await until(engine, (view) => view.question !== null || over(), block.id);
    if (engine.view.question !== null) engine.ask({ type: 'confirm' });
    await until(engine, over, block.id);
    expect(step(block.id)).toMatchObject({ status: 'done' });
  }
  for (const command of section.solution ?? []) await engine.tabs[0]!.terminal.run(command);
  if (section.kind === 'reading') return;
  // A wrong answer is no way on, and no dead end.
  const questions = section.checks.filter(({ question }) => question.kind === 'answer');
  for (const { id, question } of questions) {
    engine.ask({ type: 'answer', check: id, given: question.kind === 'answer' && question.how === 'text' ? ['?'] : [] });
    engine.ask({ type: 'answer', check: id, given: 'right' });
  }
  engine.ask({ type: 'check' });
  await until(engine, (view) => view.sections[section.index]?.status === 'done', `the end of ${section.id}`);
}

/** Works a lesson through on a fresh host. */
async function workThroughAll(lesson: Lesson, session: string): Promise<void> {
  const options = { stateDir, session, programDir: resolve(root, 'src/host/sandbox') };
  const host = createSandboxHost(readDefinition(lesson.host, root), options);
  const events: DurableEvent[] = [];
  const journal = { events: [], append: (event: DurableEvent) => void events.push(event), close: async () => {} };
  const openShell = shellOpener(host, lesson.user);
  const engine = createEngine({ lesson, host, journal, openShell, version: 'test', actor: 'program', now: Date.now });
  try {
    engine.resizeTerminals(100, 30);
    await engine.start();
    const { status, ...why } = engine.view.host;
    expect([status, why]).toEqual(['ready', expect.anything()]);
    for (const section of lesson.sections) {
      await until(engine, (view) => view.open === section.index && view.running === null, `the beginning of ${section.id}`);
      const before = await runChecks(host, section.checks);
      for (const { id, question } of section.checks) {
        const reason = question.kind === 'answer' ? 'not-answered' : 'script-failed';
        expect(before.verdicts[id]).toMatchObject({ status: 'fail', reason });
      }
      await workThrough(engine, section);
      engine.ask({ type: 'advance' });
    }
    expect(engine.view.finished).toBe(true);
    expect(events.some((event) => event.type === 'section-skipped')).toBe(false);
  } finally {
    await engine.close();
    await host.destroy();
  }
}

test.concurrent.each(names.filter((name) => !onlyRead.includes(name)))(
  'the checks of %s fail before and pass after what the text says',
  async (name) => workThroughAll(await scenario(name), name),
);

test.concurrent('so do those of a lesson of ours that was exported as a scenario', async () => {
  const ours = await readLesson(join(root, 'lessons/tour'));
  if (!ours.ok) throw new Error(JSON.stringify(ours.problems));
  const folder = join(stateDir, 'exported-tour');
  for (const { path, text } of exportScenario(ours.lesson).files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const back = await readLesson(folder);
  if (!back.ok) throw new Error(JSON.stringify(back.problems));
  await workThroughAll(back.lesson, 'exported-tour');
});
