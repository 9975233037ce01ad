import { expect, test } from 'vitest';
import { lineText, lineWidth } from '../text/line.ts';
import { hostLines } from './shell-lines.ts';

const texts = (...args: Parameters<typeof hostLines>) => hostLines(...args).map((line) => lineText(line).trimEnd());
const failed = {
  status: 'failed',
  kind: 'sandbox',
  sentence: 'The packages could not be downloaded: the network cannot be reached.',
  tries: ['Look at the network, then start again.', 'Behind a proxy, set http_proxy before starting.'],
} as const;

test('a host that is being prepared says what is done and how far it is', () => {
  const host = {
    status: 'preparing',
    kind: 'sandbox',
    sentence: 'Preparing Galaxy host: installing 58 packages',
    fraction: 0.5,
  } as const;
  expect(texts(host, 60, 20, 'r').filter((line) => line !== '')).toEqual([
    '  Preparing Galaxy host',
    '  installing 58 packages',
    expect.stringMatching(/^ {2}█{20}░{20} {2}50 %$/),
    '  The lesson can already be read.',
  ]);
});

test('without a known share there is no bar', () => {
  expect(texts({ status: 'preparing', kind: 'sandbox', sentence: 'Starting', fraction: null }, 60, 20, 'r').join()).not.toMatch(
    /[█░]/,
  );
});

test('where there is no host, that is said and nothing else', () => {
  const sentence = 'A preview has no host and no shell, only the lesson.';
  expect(texts({ status: 'none', kind: 'sandbox', sentence }, 60, 20, 'r')).toEqual(['', `  ${sentence}`]);
});

test('a host that failed says why and everything that can be tried, also in a low pane', () => {
  const lines = texts(failed, 60, 9, '^] r');
  expect(lines.length).toBeLessThanOrEqual(9);
  expect(lines).toContain('  ^] r starts it again');
  for (const each of failed.tries) expect(lines).toContain(`  • ${each}`);
});

test('nothing is wider than the pane, which has 60 cells at least', () => {
  for (let width = 60; width < 120; width += 1) {
    for (const line of hostLines(failed, width, 30, 'r')) expect(lineWidth(line)).toBeLessThanOrEqual(width);
  }
});
