import { expect, test } from 'vitest';
import { hint, room } from '../../../test/support/tui/class-views.ts';
import { FakeCompositor } from '../../../test/support/tui/fake-compositor.ts';
import { FakeEngine, FakeTerminal } from '../../../test/support/tui/fake-engine.ts';
import { moments } from '../../../test/support/tui/views.ts';
import type { View } from '../../session/view.ts';
import { runTui } from '../run-tui.ts';

/** Ink may have to be loaded first. */
const slow = { timeout: 20_000 };

const alone = moments['section 2 with a check that fails'];

function begin(view: View) {
  const terminal = new FakeTerminal(['ubuntu@galaxy:~$ ']);
  const engine = new FakeEngine(view, [terminal]);
  const compositor = new FakeCompositor(120, 34);
  const quit = runTui({ engine, compositor, env: {}, version: '1.0.0' });
  const screen = () => compositor.screen().join('\n');
  return { engine, compositor, terminal, quit, screen, type: (keys: string) => compositor.type(keys) };
}

async function end(run: ReturnType<typeof begin>): Promise<void> {
  run.type('q');
  await run.quit;
}

test('a raised hand is typed as one line, and taken down with the same key', async () => {
  const run = begin({ ...alone, ...room() });
  run.type('u');
  expect(run.screen()).toContain('Raise your hand; a line, if you like:');
  run.type('which file?\r');
  expect(run.engine.asked).toEqual([{ type: 'raise-hand', note: 'which file?' }]);
  run.engine.show({ ...alone, ...room({ hand: { at: 1, note: 'which file?' } }) });
  await expect.poll(run.screen).toContain('hand up');
  run.type('u');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'lower-hand' });
  await end(run);
});

test('without a class its keys do nothing, and what would be seen is said', async () => {
  const run = begin(alone);
  run.type('uem');
  expect(run.engine.asked).toEqual([]);
  run.type('w');
  await expect.poll(run.screen, slow).toContain('You are in no class: nobody is told anything');
  run.type('\x1b');
  await expect.poll(run.screen).not.toContain('You are in no class');
  await end(run);
});

test('a message is brought into sight first and put away then', async () => {
  const run = begin({ ...alone, ...room({ messages: [hint], messageCount: 1 }) });
  run.type(' m');
  expect(run.engine.asked).toEqual([]);
  expect(run.screen()).toContain('▌ A hint from the instructor');
  run.type('m');
  expect(run.engine.asked).toEqual([{ type: 'read-message', message: hint.id }]);
  await end(run);
});

test('a request to see the terminal never takes a key from the shell, and no stray y answers it', async () => {
  const run = begin({ ...alone, ...room() });
  await expect.poll(() => run.engine.started).toBe(true);
  run.type('\x1d');
  run.engine.show({ ...alone, ...room({ share: { request: 'r', status: 'asked' } }) });
  run.type('y');
  expect(run.terminal.typed).toBe('y');
  expect(run.engine.asked).toEqual([]);
  run.type('\x1dy');
  expect(run.engine.asked).toEqual([]);
  run.type('e');
  await expect.poll(run.screen, slow).toContain('Let the instructor see your terminal?');
  run.type('y');
  expect(run.engine.asked).toEqual([{ type: 'share', allow: true }]);
  run.engine.show({ ...alone, ...room({ share: { request: 'r', status: 'on' } }) });
  await expect.poll(run.screen).toContain('● seen by the instructor');
  run.type('e');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'share', allow: false });
  await end(run);
});

test('a request that is gone before it was answered is answered by nothing', async () => {
  const run = begin({ ...alone, ...room({ share: { request: 'r', status: 'asked' } }) });
  run.type('e');
  run.engine.show({ ...alone, ...room() });
  await expect.poll(run.screen).not.toContain('asks to see your terminal');
  run.type('y');
  expect(run.engine.asked).toEqual([]);
  await end(run);
});

test('what an instructor writes cannot put anything but text on the screen', async () => {
  const text = 'red \x1b[31m\x1b]0;title\x07 and \u202eback\u0007\nsecond\rthird';
  const run = begin({ ...alone, ...room({ messages: [{ ...hint, text }], messageCount: 1, title: '\x1b[2J', name: '\x1b[H' }) });
  run.type('w');
  expect(run.compositor.painted().join('')).not.toMatch(/\x1b\[31m|\x1b\]|\x07|\u202e|\x1b\[2J|\x1b\[H|\r/);
  run.type('w');
  expect(run.compositor.painted().join('')).not.toMatch(/\x1b\[31m|\x1b\]|\x07|\u202e|\r/);
  expect(run.screen()).toContain('red [31m]0;title and back');
  await end(run);
});
