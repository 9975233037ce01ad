/**
 * Going on and going back in the zerg lesson, on the real Galaxy host: the program solves the sections before the fifth,
 * the host is then put back to the start of the second, and everything from there on is solved once more.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { shellOpener } from '../../src/engine/open-shell.ts';
import { play, swift } from '../../src/engine/pilot.ts';
import type { Lesson } from '../../src/model/lesson.ts';
import type { DurableEvent, SessionEvent } from '../../src/session/events.ts';
import { type GalaxyTry, readZergLesson, say, tryGalaxy, until } from './galaxy-try.ts';

let galaxy: GalaxyTry;
let lesson: Lesson;
let engine: Engine;
const journal: DurableEvent[] = [];
const told: SessionEvent[] = [];

beforeAll(async () => {
  lesson = await readZergLesson();
  galaxy = await tryGalaxy('going-back-zerg-test');
  engine = createEngine({
    lesson,
    host: galaxy.host,
    journal: { events: [], append: (event) => void journal.push(event), close: async () => {} },
    openShell: shellOpener(galaxy.host, lesson.user),
    version: 'test',
    actor: 'learner',
    now: Date.now,
  });
  engine.onEvent((event) => told.push(event));
  engine.resizeTerminals(120, 40);
  await engine.start();
});
afterAll(async () => {
  await engine.close();
  await galaxy.end();
});

const idOf = (number: number): string => lesson.sections.find((section) => section.number === number)?.id ?? '';
const isOpen = (number: number): boolean => {
  const { view } = engine;
  return view.sections[view.open]?.id === idOf(number) && view.host.status === 'ready' && view.reviewing !== true;
};
const trouble = (): string => JSON.stringify([engine.view.notice, engine.view.question, engine.view.host]);
const comesTo = async (what: string, is: () => boolean): Promise<void> =>
  until(what, async () => is()).catch((thrown: unknown) => {
    throw new Error(`${String(thrown)}\n${trouble()}`);
  });
const times = (type: 'snapshot-taken' | 'section-rewound') =>
  journal.flatMap((event) => (event.type === type ? [`${event.section} ${event.tookMs} ms`] : []));

test('whoever comes late has the first four sections solved by the program, and the journal says so', async () => {
  engine.ask({ type: 'go', section: idOf(5), sure: true });
  await comesTo('the program has started', () => engine.view.going !== undefined);
  expect(engine.view.going).toMatchObject({ section: idOf(5), total: 4 });
  await comesTo('section 5 is open', () => engine.view.going === undefined && isOpen(5));
  const done = journal.filter((event) => event.type === 'section-done' && event.by === 'program');
  expect(done.map((event) => 'section' in event && event.section)).toEqual(expect.arrayContaining([1, 2, 3, 4].map(idOf)));
  expect(engine.view.sections.filter((section) => section.solvedBy === 'program' && section.kind === 'work')).toHaveLength(4);
  await comesTo('the start of section 5 is kept', () =>
    journal.some((event) => event.type === 'baseline-taken' && event.section === idOf(5)),
  );
  expect(await say(galaxy.host, 'supervisorctl status || :')).toMatch(/gx:zergling0 +RUNNING/);
});

test('the host goes back to the start of section 2 only after a yes, and section 1 still holds on it', async () => {
  engine.ask({ type: 'go', section: idOf(2) });
  expect(engine.view.question).toMatchObject({ type: 'go', section: idOf(2), how: 'rewind', lost: 4 });
  engine.ask({ type: 'cancel' });
  expect(isOpen(5)).toBe(true);
  engine.ask({ type: 'go', section: idOf(2) });
  engine.ask({ type: 'confirm' });
  await comesTo('section 2 is open again', () => isOpen(2));
  console.info(`snapshots: ${times('snapshot-taken').join(', ')}; rewind: ${times('section-rewound').join(', ')}`);
  expect(engine.view.sections.filter((section) => section.kind === 'work').map((section) => section.status)).toEqual([
    'done',
    'open',
    'locked',
    'locked',
    'locked',
  ]);
  expect(await say(galaxy.host, 'test ! -e /srv/galaxy/venv/lib/uwsgi/plugins/spinningfifo_plugin.so && echo gone')).toBe(
    'gone\n',
  );
  expect(await say(galaxy.host, 'curl -sS --max-time 30 http://localhost/')).toContain('answered by web');
});

test('everything from there on is solved once more, and no request is lost', async () => {
  const before = journal.length;
  expect(await play(engine, swift, new AbortController().signal)).toEqual({ outcome: 'finished' });
  expect(engine.view.finished).toBe(true);
  const again = journal.slice(before);
  expect(again.filter((event) => event.type === 'section-done' && event.by === undefined).length).toBeGreaterThanOrEqual(4);
  expect(again.find((event) => event.type === 'monitor-summed')).toMatchObject({ failed: 0 });
});
