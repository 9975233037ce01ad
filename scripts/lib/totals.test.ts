import { describe, expect, test } from 'vitest';
import { afterSecondTry, brokenFiles, worthAnotherTry } from './second-try.mjs';
import { failure, judgeReport } from './suites.mjs';
import { closingLine, describeRun } from './totals.mjs';

interface Named {
  readonly name: string;
  readonly reason: string;
}
const failing = (name: string): Named => ({ name, reason: 'expected 1 to be 2\n  at …' });
const inFile = (file: string, passed: number, failures: Named[] = [], skipped: Named[] = []) => ({
  ...{ file, passed, failures, skipped },
});
const report = (passed: number, failed: number, skipped: Named[] = []) => ({
  files: [
    inFile(
      'a.test.ts',
      passed,
      [...Array(failed).keys()].map((n) => failing(`test ${n}`)),
      skipped,
    ),
  ],
  stray: [] as Named[],
});
const ended = { code: 0, timedOut: false, minutes: 10 };

test('the closing line sums all suites and names skipped tests only where there are some', () => {
  const results = [judgeReport('unit', report(10, 0), ended), judgeReport('host', report(5, 2), { ...ended, code: 1 })];
  expect(closingLine(results)).toBe('15 passed, 2 failed');
  const skipped = judgeReport('host', report(1, 0, [{ name: 'a', reason: 'needs root' }]), ended);
  expect(closingLine([...results, skipped])).toBe('16 passed, 2 failed, 1 skipped');
});

test('every failed and every skipped test is listed with the first line of its reason', () => {
  const result = judgeReport('host', report(1, 1, [{ name: 'host.test.ts: mounts', reason: 'needs root' }]), {
    ...ended,
    code: 1,
  });
  const text = describeRun([{ ...result, seconds: 1.25 }]);
  expect(text).toContain('host             1 passed, 1 failed, 1 skipped in 1.3 s');
  expect(text).toContain('Failed:\n  test 0: expected 1 to be 2\n');
  expect(text).toContain('Skipped:\n  host.test.ts: mounts: needs root\n');
});

test.each([
  ['broke off before its report', null, { ...ended, code: 134 }, /broke off with exit code 134/],
  ['found no test', report(0, 0), ended, /no test was found/],
  ['ended badly without a failed test', report(3, 0), { ...ended, code: 1 }, /exit code 1/],
  ['took too long', report(3, 0), { ...ended, code: null, timedOut: true }, /more than 10 minutes/],
  ['took too long to say anything', null, { ...ended, code: null, timedOut: true }, /more than 10 minutes/],
])('a suite that %s has failed', (_, written, end, reason) => {
  const result = judgeReport('unit', written, end);
  expect(result.failed).toBeGreaterThan(0);
  expect(result.failures.map((one: { reason: string }) => one.reason).join('\n')).toMatch(reason);
});

test('a suite that failed its tests is not counted twice', () => {
  expect(judgeReport('unit', report(3, 2), { ...ended, code: 1 })).toMatchObject({ passed: 3, failed: 2 });
});

test('a suite that could not run at all counts as one failure', () => {
  expect(closingLine([failure('host', 'host', 'the program could not be built')])).toBe('0 passed, 1 failed');
});

describe('a second try', () => {
  const first = { files: [inFile('a', 3), inFile('b', 1, [failing('b: one'), failing('b: two')])], stray: [] };

  test('is for a run that came to its end and broke in a few files', () => {
    expect(worthAnotherTry({ report: first, timedOut: false })).toBe(true);
    expect(brokenFiles(first)).toEqual(['b']);
    expect(worthAnotherTry({ report: first, timedOut: true })).toBe(false);
    expect(worthAnotherTry({ report: null, timedOut: false })).toBe(false);
    expect(worthAnotherTry({ report: { files: [inFile('a', 3)], stray: [] }, timedOut: false })).toBe(false);
    expect(worthAnotherTry({ report: { ...first, stray: [failing('stray')] }, timedOut: false })).toBe(false);
    const many = { files: [...'abcdef'].map((name) => inFile(name, 0, [failing(name)])), stray: [] };
    expect(worthAnotherTry({ report: many, timedOut: false })).toBe(false);
  });

  test('counts a file as it came out then, and names what passed only then', () => {
    const second = { files: [inFile('b', 2, [failing('b: two')])], stray: [] };
    const result = judgeReport('host', afterSecondTry(first, second), { ...ended, code: 1 });
    expect(result).toMatchObject({ passed: 5, failed: 1, failures: [failing('b: two')], atSecondTry: [failing('b: one')] });
    expect(describeRun([{ ...result, seconds: 1 }])).toContain('Passed only at the second try:\n  b: one: expected 1 to be 2\n');
  });

  test('that leaves a failed test out does not make it pass', () => {
    const second = { files: [inFile('b', 2, [], [{ name: 'b: two', reason: 'needs root' }])], stray: [] };
    expect(judgeReport('host', afterSecondTry(first, second), ended)).toMatchObject({
      failed: 1,
      atSecondTry: [failing('b: one')],
    });
  });

  test('that did not run a broken file leaves its failures', () => {
    expect(judgeReport('host', afterSecondTry(first, { files: [], stray: [] }), ended)).toMatchObject({ passed: 4, failed: 2 });
  });
});
