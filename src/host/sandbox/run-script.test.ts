import { expect, test } from 'vitest';
import { lineSplitter } from './run-script.ts';

test('lines are cut at newlines wherever the pieces end, also within a character', () => {
  const text = Buffer.from('eins\nzwölf 🎉\n\nletzte');
  for (let size = 1; size <= text.length; size += 1) {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    for (let at = 0; at < text.length; at += size) splitter.push(text.subarray(at, at + size));
    expect(lines).toEqual(['eins', 'zwölf 🎉', '']);
    splitter.end();
    splitter.end();
    expect(lines).toEqual(['eins', 'zwölf 🎉', '', 'letzte']);
  }
});
