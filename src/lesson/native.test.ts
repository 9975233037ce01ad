import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNative, readSheet } from './native.ts';
import { readPlain } from './plain.ts';

const FOLDER = 'fixtures/lessons/good/web-service';
const yaml = readFileSync(`${FOLDER}/lesson.yaml`, 'utf8');
const markdown = readFileSync(`${FOLDER}/lesson.md`, 'utf8');
const frame = { id: 'a', dir: '/a', hash: '' };

/** A text with a few pieces cut out, doubled, or put in. */
function spoiled(text: string): fc.Arbitrary<string> {
  const place = fc.nat(text.length);
  const piece = fc.constantFrom(
    '',
    ' ',
    '\n',
    '\t',
    ':',
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '!x ',
    '|',
    '>',
    '```\n',
    '`',
    '\0',
    '\u001b',
    '%',
    '@',
    'true',
    '1',
  );
  const change = fc.tuple(place, fc.nat(12), piece);
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((whole, [at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length), text));
}

describe('whatever stands in the files', () => {
  test('lesson.yaml is read or refused, with places that are in it', () => {
    fc.assert(
      fc.property(spoiled(yaml), (text) => {
        const { sheet, problems } = readSheet({ file: 'lesson.yaml', text }, ['galaxy']);
        if (sheet === undefined) expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
        const lines = text.split('\n');
        for (const { place, message } of problems) {
          expect(place.line).toBeLessThanOrEqual(lines.length);
          expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1);
          expect(message).toMatch(/\.$/);
          expect(message).not.toContain('\n');
        }
      }),
      { seed: 21, numRuns: 60 },
    );
  });

  test('the text is read or refused, and its commands and names hold no control characters', () => {
    const { sheet } = readSheet({ file: 'lesson.yaml', text: yaml }, undefined);
    fc.assert(
      fc.property(spoiled(markdown), (text) => {
        const source = { file: 'lesson.md', text };
        const plain = readPlain({ text: source, ...frame });
        const native = sheet === undefined ? plain : readNative({ sheet, text: source, ...frame, resolve: (path) => path });
        for (const { lesson, problems } of [plain, native]) {
          if (lesson === undefined) expect(problems).not.toEqual([]);
          expect(JSON.stringify(lesson ?? {})).not.toMatch(/\\u00(?:0[0-8]|1[0-9a-f])/);
        }
      }),
      { seed: 22, numRuns: 100 },
    );
  });

  test.each([
    ['a list of brackets', '[]'.repeat(10_000)],
    ['a map of maps', '{a: '.repeat(65_000)],
    ['keys', Array.from({ length: 10_000 }, (_, n) => `k${n}: 1`).join('\n')],
    ['tabs', `a:\n${'\tb: 1\n'.repeat(5_000)}`],
    ['faults', '}\n'.repeat(10_000)],
    ['checks', `version: 1\nsections:\n  a:\n    checks:\n${'      - fiel: /x\n'.repeat(5_000)}`],
    ['a megabyte', 'a'.repeat(1_000_000)],
  ])(
    '%s are refused in time',
    (_, text) => {
      expect(readSheet({ file: 'lesson.yaml', text }, undefined).sheet).toBeUndefined();
    },
    20_000,
  );
});
