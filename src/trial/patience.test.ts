import { expect, test } from 'vitest';
import type { Check, Question, Timing } from '../model/check.ts';
import type { Section } from '../model/lesson.ts';
import { patienceOf } from './patience.ts';

const place = { file: 'lesson.yaml', line: 1, column: 1 };

function patience(asked: readonly { question?: Question; timing?: Timing; timeoutMs?: number }[], everyMs?: number): number {
  const checks = asked.map(
    ({ question = { kind: 'file', path: '/a' }, timing = {}, timeoutMs = 5_000 }, index): Check => ({
      id: `s/${index + 1}`,
      title: 't',
      timeoutMs,
      question,
      timing,
      place,
    }),
  );
  const monitor = everyMs === undefined ? {} : { monitor: { url: 'http://localhost', everyMs } };
  return patienceOf({ checks, ...monitor } as unknown as Section, 30_000);
}

test('a check is waited for as long as its author says, or as the trial does; the longest of a section counts', () => {
  expect(patience([])).toBe(30_000);
  expect(patience([{}, { timing: { withinMs: 90_000 } }])).toBe(90_000);
  expect(patience([{ timing: { withinMs: 5_000 } }])).toBe(30_000);
  expect(patience([{ timeoutMs: 60_000 }])).toBe(60_000);
});

test('time that a check must hold, a service be up or a monitor be served comes on top', () => {
  expect(patience([{ timing: { withinMs: 90_000, stableForMs: 3_000 } }])).toBe(93_000);
  const up: Question = { kind: 'supervisor', program: 'p', state: ['RUNNING'], minUptimeMs: 10_000 };
  expect(patience([{ question: { kind: 'all', of: [{ kind: 'port', port: 80 }, up] } }])).toBe(40_000);
  expect(patience([{ question: { kind: 'monitor', minServed: 50, maxFailed: 0 } }], 200)).toBe(40_000);
});
