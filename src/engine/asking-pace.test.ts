/** How often checks are asked while something moves in the shell. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '../host/host.ts';
import type { Check } from '../model/check.ts';
import type { Lesson } from '../model/lesson.ts';
import type { Terminal, TerminalEvent } from '../terminal/terminal.ts';
import { createEngine } from './create-engine.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

const check: Check = {
  id: 's/1',
  title: 'a file',
  timeoutMs: 1_000,
  question: { kind: 'file', path: '/x' },
  timing: {},
  place,
};

const lesson: Lesson = {
  ...{ id: 'l', title: 'L', dir: '/l', introduction: [], host: 'bare', user: 'ubuntu', hash: 'h' },
  sections: [
    {
      ...{ id: 's', index: 0, title: 'S', shortTitle: 'S', kind: 'work', number: 1 },
      ...{ body: [], blocks: [], checks: [check], hints: [], explain: [], place },
    },
  ],
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Rounds asked within 20 s in which the shell writes ten times a second. */
async function roundsWhileItWrites(atPrompt: boolean): Promise<number> {
  let rounds = 0;
  const listeners = new Set<(event: TerminalEvent) => void>();
  const terminal = {
    ...{ cols: 80, rows: 24, alive: true, atPrompt },
    on: (listener: (event: TerminalEvent) => void) => listeners.add(listener),
    resize() {},
    close() {},
  };
  const host = {
    kind: 'sandbox',
    capabilities: { snapshots: false, reset: false },
    prepare: async () => {},
    start: async () => {},
    stop: async () => {},
    onLost: () => () => {},
    exec: async () => {
      rounds++;
      return { code: 0, stdout: Buffer.from(''), stderr: Buffer.from(''), timedOut: false, truncated: false };
    },
  } as unknown as Host;
  const engine = createEngine({
    lesson,
    host,
    journal: { events: [], append() {}, close: async () => {} },
    openShell: async () => terminal as unknown as Terminal,
    version: '0',
    actor: 'learner',
    now: () => 1_000,
  });
  await engine.start();
  for (let tenths = 0; tenths < 200; tenths++) {
    for (const listener of listeners) listener({ type: 'dirty' });
    await vi.advanceTimersByTimeAsync(100);
  }
  const asked = rounds;
  await engine.close();
  return asked;
}

test('they are asked ever more rarely while somebody types at a prompt, and briskly while a command writes', async () => {
  const [atPrompt, running] = [await roundsWhileItWrites(true), await roundsWhileItWrites(false)];
  expect(atPrompt).toBeGreaterThan(3);
  expect(running).toBeGreaterThan(2 * atPrompt);
});
