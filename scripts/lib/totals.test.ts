import { expect, test } from 'vitest';
import { failure, judgeReport } from './suites.mjs';
import { closingLine, describeRun } from './totals.mjs';

const report = (passed: number, failed: number, skipped: { name: string; reason: string }[] = []) => ({
  passed,
  failed,
  skipped,
  failures: Array.from({ length: failed }, (_, n) => ({ name: `test ${n}`, reason: 'expected 1 to be 2\n  at …' })),
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
