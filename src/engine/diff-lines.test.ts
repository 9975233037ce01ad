import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

test('a changed line is shown as removed and added, with its neighbours', () => {
  expect(diffLines('a\nb\nc\n', 'a\nB\nc\n').map((line) => `${line.sign}${line.text}`)).toEqual([' a', '-b', '+B', ' c']);
});

test('a new file is all additions', () => {
  expect(diffLines('', 'a\nb\n').map((line) => `${line.sign}${line.text}`)).toEqual(['+a', '+b']);
});

test('long unchanged stretches are left out and marked once', () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  const shown = diffLines(before, before.replace('line 15', 'changed'));
  expect(shown.map((line) => (line.sign === 'gap' ? '…' : `${line.sign}${line.text}`))).toEqual([
    '…',
    ' line 13',
    ' line 14',
    '-line 15',
    '+changed',
    ' line 16',
    ' line 17',
    '…',
  ]);
});

test('texts that are the same show nothing but a gap', () => {
  expect(diffLines('a\nb\n', 'a\nb\n')).toEqual([{ sign: 'gap', text: '' }]);
});
