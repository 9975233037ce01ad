import { expect, test } from 'vitest';
import type { KeysTyping } from '../model/lesson.ts';
import { bytesOf } from './type-keys.ts';

test.each<[string, KeysTyping, string]>([
  ['ls', {}, 'ls\r'],
  ['a\nb', {}, 'a\rb\r'],
  ['ls', { noEnter: true }, 'ls'],
  ['^C', { sequence: true }, '\x03'],
  ['^ESC', { sequence: true }, '\x1b'],
  ['^X ^C', { sequence: true }, '\x18\x03'],
  ['^ESC:wq! ^M', { sequence: true }, '\x1b:wq!\r'],
  ['^[', { sequence: true }, '\x1b'],
  ['plain', { sequence: true }, 'plain'],
])('%j is typed as the keys that it means', (text, keys, expected) => {
  expect(bytesOf({ text, terminal: 1, keys })).toBe(expected);
});
