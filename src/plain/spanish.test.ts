/** The plain mode in Spanish, over a lesson's moments: what is said, and what is understood. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPlain } from '../../test/support/plain/start-plain.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { moments, viewAt } from '../../test/support/tui/views.ts';
import { pseudo } from '../../test/support/words/pseudo.ts';
import type { View } from '../session/view.ts';
import { english } from '../words/english.ts';
import { spanish } from '../words/es/spanish.ts';
import { speak } from '../words/words.ts';

beforeEach(() => speak(spanish));
afterEach(() => speak(english));

function start(first: View) {
  const engine = new FakeEngine(first, [new FakeTerminal(['ubuntu@galaxy:~$ '])]);
  return { engine, ...startPlain(engine) };
}

/** What is told of a lesson from its first moment to its last, and of everything that can be chosen. */
async function transcript(): Promise<string> {
  const [first, ...rest] = Object.values(moments);
  if (!first) throw new Error('there is no moment');
  const run = start(first);
  for (const view of rest) run.engine.show(view);
  for (const choice of ['', 'checks', 'hint', 'text', 'go', '', 'skip', '77', 'quit']) run.type(`${choice}\r`);
  await run.end;
  return run.news().replaceAll('\r\n', '\n');
}

test('a whole lesson is told in Spanish', async () => {
  const file = new URL('./golden/spanish.txt', import.meta.url);
  const text = await transcript();
  if (process.env['UPDATE_SCREENS'] === '1') writeFileSync(file, text);
  if (!existsSync(file)) throw new Error('spanish.txt is missing; UPDATE_SCREENS=1 writes it');
  expect(text).toBe(readFileSync(file, 'utf8'));
});

test('all its words are the catalogue’s', async () => {
  speak(pseudo(english));
  const texts: string[] = [];
  const gather = (value: unknown, key = ''): void => {
    if (typeof value === 'string' && !['id', 'status', 'kind', 'type', 'how', 'tone'].includes(key)) texts.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) gather(each, Array.isArray(value) ? key : name);
  };
  gather(Object.values(moments));
  // What was typed comes back as an echo.
  const known = new Set(
    [...texts, 'checks hint text go skip quit ubuntu galaxy Ctrl'].flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []),
  );
  const runs = new Set((await transcript()).match(/(?<![\p{L}])[A-Za-z]{2,}(?![\p{L}])/gu));
  expect([...runs].filter((run) => !known.has(run))).toEqual([]);
});

test('choices and answers are understood in Spanish and in English', async () => {
  const run = start(moments['section 2 with a check that fails']);
  for (const word of ['pista', 'hint']) run.type(`${word}\r`);
  expect(run.engine.asked.filter(({ type }) => type === 'hint')).toHaveLength(2);
  run.engine.show(viewAt(4, { question: { type: 'skip', section: 's4', times: 1 } }));
  for (const word of ['s', 'sí', 'si', 'yes', 'y']) run.type(`${word}\r`);
  expect(run.engine.asked.filter(({ type }) => type === 'confirm')).toHaveLength(5);
  run.type('quizá\r');
  expect(run.news()).toContain('Responde sí o no.');
  run.type('no\r');
  expect(run.engine.asked.at(-1)).toEqual({ type: 'cancel' });
  run.engine.show(moments['section 2 with a check that fails']);
  run.type('salir\r');
  await run.end;
});
