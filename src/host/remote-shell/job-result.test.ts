import { expect, test } from 'vitest';
import { endOf, keepOutput } from './job-result.ts';

test('a signal is told as such, an exit code as a number', () => {
  expect(endOf(0)).toEqual({ code: 0, signal: null });
  expect(endOf(127)).toEqual({ code: 127, signal: null });
  expect(endOf(143)).toEqual({ code: null, signal: 'SIGTERM' });
  expect(endOf(255)).toEqual({ code: 255, signal: null });
});

test('each stream keeps its first bytes, and what was dropped is known', () => {
  const output = keepOutput(5);
  output.take('o', Buffer.from('abc'));
  output.take('e', Buffer.from('12345'));
  expect(output.truncated).toBe(false);
  output.take('o', Buffer.from('defg'));
  expect(output.truncated).toBe(true);
  expect(output.of('o').toString()).toBe('abcde');
  expect(output.of('e').toString()).toBe('12345');
});
