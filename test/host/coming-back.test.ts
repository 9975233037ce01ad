/**
 * Coming back, on a real sandbox: what drifted is told before a section is called current, a lost host is started again
 * from where it was, a regression names the command it came with, and a section is caught up with by its solution.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { shellOpener } from '../../src/engine/open-shell.ts';
import type { Host } from '../../src/host/host.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { readLesson } from '../../src/lesson/lesson.ts';
import type { Lesson } from '../../src/model/lesson.ts';
import type { DurableEvent } from '../../src/session/events.ts';
import { readDefinition } from '../support/host-definition.ts';

const root = resolve(import.meta.dirname, '../..');

const text = `# Coming back

## One

\`\`\`
echo one > ~/one
(setsid sleep 48213 > /dev/null 2>&1 &)
\`\`\`

## Two

Make a file.

\`\`\`
true
\`\`\`

## Three

\`\`\`
echo three > ~/three
\`\`\`
`;

const sheet = `version: 1
host: bare
user: ubuntu
sections:
  one:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/one, contains: one, invariant: true, title: the file one is there }
      - { process: sleep 48213, title: the service runs, hint: Start it again. }
  two:
    blocks: [run]
    solution: ['echo two > ~/two']
    checks:
      - { file: /home/ubuntu/two, title: the file two is there }
  three:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/three, title: the file three is there }
`;

let stateDir: string;
let lesson: Lesson;
let host: Host;
let engine: Engine;
const journal: DurableEvent[] = [];

async function open(): Promise<void> {
  host = createSandboxHost(readDefinition('bare', root), {
    stateDir,
    session: 'coming-back',
    programDir: resolve(root, 'src/host/sandbox'),
  });
  engine = createEngine({
    lesson,
    host,
    journal: { events: [...journal], append: (event) => void journal.push(event), close: async () => {} },
    openShell: shellOpener(host, 'ubuntu'),
    version: 'test',
    actor: 'learner',
    now: Date.now,
  });
  engine.resizeTerminals(100, 30);
  await engine.start();
}

beforeAll(async () => {
  stateDir = mkdtempSync('/var/tmp/lockstep-test-back-');
  const folder = join(stateDir, 'coming-back');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'lesson.md'), text);
  writeFileSync(join(folder, 'lesson.yaml'), sheet);
  const read = await readLesson(folder, { hosts: ['bare'] });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  lesson = read.lesson;
  await open();
});
afterAll(async () => {
  await engine.close();
  await host.destroy();
  rmSync(stateDir, { recursive: true, force: true });
});

const here = () => engine.view.sections[engine.view.open];
const comesTo = (is: () => void | Promise<void>): Promise<void> => vi.waitFor(is, { timeout: 60_000, interval: 100 });
const isCurrent = (id: string) => (): void => {
  expect(engine.view).toMatchObject({ host: { status: 'ready' }, question: null });
  expect(engine.view.reviewing).toBeUndefined();
  expect(here()).toMatchObject({ id, status: 'open' });
  expect(here()?.checks[0]?.status).not.toBe('unknown');
};
const drifted = () =>
  engine.view.question?.type === 'drift' ? engine.view.question.checks.map((check) => check.title) : engine.view.question;
const onHost = async (script: string): Promise<string> => (await host.exec({ script, user: 'ubuntu' })).stdout.toString();

test('sections before the wished one are solved by their blocks and their solution', async () => {
  engine.ask({ type: 'go', section: 'three' });
  expect(engine.view.question).toMatchObject({ how: 'catch-up', solved: 2 });
  engine.ask({ type: 'confirm' });
  await comesTo(isCurrent('three'));
  expect(engine.view.sections.map((section) => section.solvedBy)).toEqual(['program', 'program', undefined]);
  expect(await onHost('cat one two')).toBe('one\ntwo\n');
  await comesTo(() => expect(journal.at(-1)).toBeDefined());
  await comesTo(() => {
    const baseline = journal.find((event) => event.type === 'baseline-taken' && event.section === 'three');
    expect(baseline).toMatchObject({ holds: ['one/1', 'one/2', 'two/1'] });
  });
});

test('what breaks is told with the time it held and the command that ran when it broke', async () => {
  await comesTo(() => expect(engine.tabs[0]?.terminal.atPrompt).toBe(true));
  engine.tabs[0]?.terminal.input('rm ~/one\r');
  await comesTo(() => expect(here()?.checks.find((check) => check.regressed === true)).toMatchObject({ after: 'rm ~/one' }));
  const broken = here()?.checks.find((check) => check.regressed === true);
  expect(broken?.held).toBeLessThanOrEqual(broken?.since ?? 0);
});

test('a host whose first process was killed is started again, and what drifted is told first', async () => {
  const run = join(stateDir, 'sandbox/run');
  const [folder = ''] = readdirSync(run).filter((name) => name.startsWith('coming-back'));
  const record = JSON.parse(readFileSync(join(run, folder, 'record.json'), 'utf8')) as { init: { pid: number } };
  process.kill(record.init.pid, 'SIGKILL');
  await comesTo(() => expect(engine.view.host.status).toBe('lost'));
  engine.ask({ type: 'restart-host' });
  await comesTo(() => expect(drifted()).toEqual(['the file one is there', 'the service runs']));
  expect(here()?.checks.every((check) => check.regressed === true || check.status === 'unknown' || check.status === 'fail')).toBe(
    true,
  );
  expect(engine.tabs[0]?.terminal.alive).toBe(true);
  engine.ask({ type: 'cancel' });
  await comesTo(isCurrent('three'));
});

test('so it is when the program was left and is started again; starting the services again is offered', async () => {
  await engine.close();
  await open();
  await comesTo(() => expect(drifted()).toEqual(['the file one is there', 'the service runs']));
  engine.ask({ type: 'confirm' });
  await comesTo(() => expect(engine.view.question).toMatchObject({ type: 'drift', times: 2 }));
  engine.ask({ type: 'cancel' });
  await comesTo(isCurrent('three'));
});

test('going back to the start of the section brings the file back that was lost in it', async () => {
  engine.ask({ type: 'go', section: 'three' });
  expect(engine.view.question).toMatchObject({ how: 'rewind', lost: 1 });
  engine.ask({ type: 'confirm' });
  await comesTo(() => expect(drifted()).toEqual(['the service runs']));
  expect(await onHost('cat one two')).toBe('one\ntwo\n');
  engine.ask({ type: 'cancel' });
  await comesTo(isCurrent('three'));
});
