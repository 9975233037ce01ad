import { expect, test } from 'vitest';
import type { Problem } from '../model/problem.ts';
import { problemText } from './problem-lines.ts';

const problems: readonly Problem[] = [
  {
    place: { file: 'a,b/lesson.md', line: 4, column: 2 },
    rule: 'dead-link',
    message: '100 % dead:\ngone.',
    suggestion: 'Mend it.',
    severity: 'error',
  },
  { place: { file: 'x.md', line: 1, column: 1 }, rule: 'no-title', message: 'No title.', severity: 'warning' },
];

test('text is a line each: place, severity, rule, what is wrong, what to try', () => {
  expect(problemText(problems.slice(1), 'text')).toBe('x.md:1:1: warning no-title: No title.');
  expect(problemText(problems.slice(0, 1), 'text')).toBe('a,b/lesson.md:4:2: error dead-link: 100 % dead:\ngone. Mend it.');
});

test('annotations of a CI run cannot be broken out of', () => {
  expect(problemText(problems, 'github').split('\n')).toEqual([
    '::error file=a%2Cb/lesson.md,line=4,col=2,title=dead-link::100 %25 dead:%0Agone. Mend it.',
    '::warning file=x.md,line=1,col=1,title=no-title::No title.',
  ]);
});

test('JSON reads back as the problems', () => {
  expect(JSON.parse(problemText(problems, 'json'))).toEqual(problems);
});
