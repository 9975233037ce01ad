/** What is said at the end of `npm test`. Pure. */
import { sum } from './suites.mjs';

/**
 * One line a suite, then every failed and every skipped test with its reason.
 * @param results of the suites, in order; `seconds` says how long each took.
 */
export function describeRun(results) {
  const { failures, skipped, atSecondTry } = sum('all', results);
  const lines = ['', '── results ──────────────────────────────────────────────────'];
  for (const { suite, passed, failed, skipped: left, seconds } of results) {
    lines.push(`  ${suite.padEnd(16)} ${passed} passed, ${failed} failed, ${left.length} skipped in ${seconds.toFixed(1)} s`);
  }
  if (atSecondTry.length > 0) lines.push('', 'Passed only at the second try:', ...atSecondTry.map(describeOne));
  if (failures.length > 0) lines.push('', 'Failed:', ...failures.map(describeOne));
  if (skipped.length > 0) lines.push('', 'Skipped:', ...skipped.map(describeOne));
  return `${lines.join('\n')}\n`;
}

/**
 * The last line: totals over all suites, in the form that log readers find.
 * @param results of the suites.
 */
export function closingLine(results) {
  const { passed, failed, skipped } = sum('all', results);
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}

function describeOne({ name, reason }) {
  return `  ${name}: ${reason.split('\n')[0]}`;
}
