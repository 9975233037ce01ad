import { expect, test } from 'vitest';
import { markScanner } from './mark-scanner.ts';

test('the end of an output is found wherever its pieces are cut, and all bytes before it come through', () => {
  const stream = Buffer.from('a\0b\0cafe\0\0cafebabe 0 0\nrest');
  for (let size = 1; size <= stream.length; size += 1) {
    const parts: Buffer[] = [];
    const scanner = markScanner('cafebabe', (data) => parts.push(data));
    let end: string | null = null;
    for (let at = 0; at < stream.length && end === null; at += size) end = scanner.push(stream.subarray(at, at + size));
    expect(end).toBe('0 0');
    expect(Buffer.concat(parts).toString()).toBe('a\0b\0cafe\0');
  }
});

test('a line that cannot be the mark is handed on at once', () => {
  const parts: string[] = [];
  const scanner = markScanner('cafe', (data) => parts.push(data.toString()));
  expect(scanner.push(Buffer.from('line\n'))).toBeNull();
  expect(parts).toEqual(['line\n']);
});
