import { expect, test } from 'vitest';
import { startPlain } from '../../test/support/plain/start-plain.ts';
import { hint, room } from '../../test/support/tui/class-views.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { moments } from '../../test/support/tui/views.ts';
import type { View } from '../session/view.ts';

const alone = moments['section 2 with a check that fails'];

function begin(view: View) {
  const engine = new FakeEngine(view, [new FakeTerminal(['$ '])]);
  const { end, type, news } = startPlain(engine, false);
  return { engine, done: end, type: (line: string) => type(`${line}\r`), said: news };
}

test('without a class none of it can be chosen', async () => {
  const run = begin(alone);
  expect(run.said()).not.toMatch(/class|instructor/i);
  run.type('hand');
  expect(run.said()).toContain('"hand" is none of the choices');
  run.type('quit');
  await run.done;
});

test('a hand is raised with one line, and taken down', async () => {
  const run = begin({ ...alone, ...room() });
  run.type('hand');
  expect(run.said()).toContain('One line for the instructor, or Enter for none: ');
  run.type('which file?');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'raise-hand', note: 'which file?' });
  run.engine.show({ ...alone, ...room({ hand: { at: 1, note: '' } }) });
  run.type('u');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'lower-hand' });
  run.type('quit');
  await run.done;
});

test('messages and the state of the connection are told as they come', async () => {
  const run = begin(alone);
  run.said();
  run.engine.show({ ...alone, ...room({ messages: [{ ...hint, text: 'Look at\x1b[31m three.' }], messageCount: 1 }) });
  const said = run.said();
  expect(said).toContain('You are in the class "Zerg mode for administrators" as Ada.');
  expect(said).toContain('*** A hint from the instructor, on "master-fifo is given three times"');
  expect(said).not.toContain('\x1b');
  expect(run.engine.asked).toContainEqual({ type: 'read-message', message: hint.id });
  run.engine.show({ ...alone, ...room({ status: 'offline', sentence: 'Nothing answers there.' }) });
  expect(run.said()).toContain('Nothing answers there. Go on: it is told later.');
  run.engine.show({ ...alone, ...room() });
  expect(run.said()).toContain('The class is connected again.');
  run.type('quit');
  await run.done;
});

test('whether the instructor may see the terminal is answered by a whole word, and a sign stands while they do', async () => {
  const asked = { ...alone, ...room({ share: { request: 'r', status: 'asked' } }) };
  const run = begin({ ...alone, ...room() });
  run.engine.show(asked);
  expect(run.said()).toContain('The instructor asks to see your terminal');
  run.type('y');
  expect(run.engine.asked).toEqual([]);
  run.type('share');
  run.type('maybe');
  expect(run.said()).toContain('Please answer yes or no.');
  run.type('yes');
  expect(run.engine.asked).toEqual([{ type: 'share', allow: true }]);
  run.engine.show({ ...alone, ...room({ share: { request: 'r', status: 'on' } }) });
  expect(run.said()).toContain('(seen by the instructor) Section 2');
  run.type('share');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'share', allow: false });
  run.type('quit');
  await run.done;
});

test('where the class waits it is said instead of the way onward', async () => {
  const held = { section: 'section-3---configure-uwsgi', waiting: false, passable: false };
  const run = begin({ ...alone, ...room() });
  run.said();
  run.engine.show({ ...moments['section 2 is done'], ...room({ held }) });
  const said = run.said();
  expect(said).toContain('The class waits for the instructor before section 3.');
  expect(said).not.toContain('Choose next to go on');
  run.type('seen');
  expect(run.said()).toContain('The instructor sees');
  run.type('quit');
  await run.done;
});
