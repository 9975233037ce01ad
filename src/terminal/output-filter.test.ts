import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOutputFilter } from './output-filter.ts';

const drawing = 'a\x1b[31mred\x1b[0m\x1b[2;3H\x1b[?1049h\x1b[?25l\x1b(B\x1b7\r\n';

describe('what a shell prints, on its way to the outer terminal', () => {
  test('text, colours and cursor moves pass as they are', () => {
    expect(createOutputFilter({ keep: 'shell' })(drawing)).toBe(drawing);
  });

  test.each([
    ['a title', '\x1b]0;mine\x07'],
    ['the clipboard', '\x1b]52;c;aGVsbG8=\x1b\\'],
    ['a device control string', '\x1bPq#0\x1b\\'],
    ['a title report', '\x1b[21t'],
    ['where the cursor is', '\x1b[6n'],
    ['which terminal this is', '\x1b[c\x1b[>c\x1b[>0q'],
    ['whether a mode is set', '\x1b[?2026$p'],
    ['a C1 string', '\u009d0;mine'],
  ])('%s does not', (_name, sequence) => {
    const passed = createOutputFilter({ keep: 'shell' })(`before${sequence}after`);
    expect(passed.replace('0;mine', '')).toBe('beforeafter');
  });

  test('a string that never ends keeps nothing in memory and is ended by the next sequence', () => {
    const filter = createOutputFilter({ keep: 'shell' });
    expect(filter(`\x1b]0;${'x'.repeat(100_000)}`)).toBe('');
    expect(filter('\x1b[1mback')).toBe('\x1b[1mback');
  });

  test('it makes no difference where a stream is cut', () => {
    const stream = `${drawing}\x1b]0;t\x07x\x1b[6ny\x1b]133;C;k\x1b\\z\x1b[38;5;1mw`;
    const whole = createOutputFilter({ keep: 'shell' })(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const filter = createOutputFilter({ keep: 'shell' });
        const parts = at.slice(1).map((end, index) => filter(stream.slice(at[index], end)));
        expect(parts.join('')).toBe(whole);
      }),
    );
  });
});

test('a picture asks nothing of keyboard or mouse', () => {
  const filter = createOutputFilter({ keep: 'picture' });
  expect(filter('\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[?1004h\x1b[>1u\x1bc\x07a\x1b[?1049h')).toBe('a\x1b[?1049h');
});

test('of text only text is left, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const noise = String.fromCharCode(...bytes);
      expect(createOutputFilter({ keep: 'text' })(noise)).not.toMatch(/[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/);
    }),
  );
  expect(createOutputFilter({ keep: 'text' })(drawing)).toBe('ared\r\n');
});

test('marks are told in their place', () => {
  const told: string[] = [];
  const filter = createOutputFilter({ keep: 'text', onMark: (payload, before) => told.push(`${before}|${payload}`) });
  filter('$ ls\x1b]133;C;k\x07file');
  expect(told).toEqual(['$ ls|C;k']);
});
