import { expect, test } from 'vitest';
import type { Answer, Gatherer } from '../kind.ts';
import { gather } from './gather.ts';
import type { Asked } from './script.ts';

/** Asks for letters; knows nothing of `x`. */
const letters: Gatherer = {
  merge: (items) => ({ weight: 'light', maxBytes: 10, script: items.join(' ') }),
  split: (answer, items) => {
    const said = answer.stdout.toString().split(' ');
    return items.map((item, index) => (item === 'x' ? null : { ...answer, stdout: Buffer.from(said[index] ?? '') }));
  },
};
const asked = (item: string, timeoutMs = 1000): [string, Asked] => [
  item,
  { timeoutMs, fact: { weight: 'light', maxBytes: 5, script: item, shared: { by: letters, item } } },
];
const single: [string, Asked] = ['single', { timeoutMs: 1000, fact: { weight: 'heavy', maxBytes: 5, script: 'single' } }];
const answer = (text: string): Answer => ({ code: 0, stdout: Buffer.from(text), stderr: '', truncated: false });

test('facts of one sort become one, with the longest deadline; others stay as they are', () => {
  const gathered = gather(new Map([asked('a'), single, asked('b', 3000)]));
  expect(gathered.map((each) => [each.asked.fact.script, each.asked.timeoutMs, each.keys])).toEqual([
    ['a b', 3000, ['a', 'b']],
    ['single', 1000, ['single']],
  ]);
});

test('its answer is theirs again; what it leaves open has none', () => {
  const [first] = gather(new Map([asked('a'), asked('x'), asked('b')]));
  const answers = first?.answers(answer('1 2 3'));
  expect([...(answers ?? [])].map(([key, { stdout }]) => [key, stdout.toString()])).toEqual([
    ['a', '1'],
    ['b', '3'],
  ]);
});

test('a command line is not filled beyond what every host takes', () => {
  const many = gather(new Map(Array.from({ length: 450 }, (_, index) => asked(`${index}`))));
  expect(many.map(({ keys }) => keys.length)).toEqual([200, 200, 50]);
  const long = gather(new Map(Array.from({ length: 5 }, (_, index) => asked(`${index}${'y'.repeat(10_000)}`))));
  expect(long.map(({ keys }) => keys.length)).toEqual([3, 2]);
});
