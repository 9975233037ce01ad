import { describe, expect, test } from 'vitest';
import type { Check, Question, Timing } from '../model/check.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { patienceOf, settleNote } from './patience.ts';

const place = { file: 'lesson.yaml', line: 1, column: 1 };

interface Asked {
  readonly title?: string;
  readonly question?: Question;
  readonly timing?: Timing;
  readonly timeoutMs?: number;
}

function checksOf(asked: readonly Asked[]): readonly Check[] {
  return asked.map(
    ({ title = 't', question = { kind: 'file', path: '/a' }, timing = {}, timeoutMs = 5_000 }, index): Check => ({
      id: `s/${index + 1}`,
      title,
      timeoutMs,
      question,
      timing,
      place,
    }),
  );
}

function patience(asked: readonly Asked[], everyMs?: number): number {
  const checks = checksOf(asked);
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

describe('less patience than a check’s own time', () => {
  const note = (settleMs: number, ...sections: readonly (readonly Asked[])[]): string | null =>
    settleNote({ sections: sections.map((asked) => ({ checks: checksOf(asked) })) } as unknown as Lesson, settleMs);

  test('is told with the time that counts instead, once for the whole lesson', () => {
    expect(note(2_000, [{ title: 'it is up', timing: { withinMs: 90_000 } }])).toBe(
      '--settle 2 s is shorter than the `within` of "it is up": it is waited for 90 s.',
    );
    expect(note(2_000, [{}], [{ title: 'it answers', timeoutMs: 7_500 }, {}])).toBe(
      '--settle 2 s is shorter than the `timeout` of "it answers", the longest of 3 such checks: it is waited for 7.5 s.',
    );
  });

  test('is nothing to tell where no check needs longer, nor of a question to the learner', () => {
    expect(note(5_000, [{}, { timing: { withinMs: 4_000 } }], [])).toBeNull();
    const question: Question = { kind: 'answer', question: 'Which?', accept: [{ text: 'a' }] } as unknown as Question;
    expect(note(1_000, [{ question }])).toBeNull();
  });
});
