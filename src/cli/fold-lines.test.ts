import { describe, expect, test } from 'vitest';
import { englishCommands } from '../words/command-words.ts';
import { spanishCommands } from '../words/es/spanish-commands.ts';
import { foldLines, foldText } from './fold-lines.ts';
import { helpFor, helpForAll } from './help.ts';

const wide = (columns: number) => ({ isTTY: true, columns });
const fold = (text: string, columns: number): readonly string[] => foldLines(text, wide(columns)).split('\n');

describe('lines that do not fit', () => {
  test('are broken between words, and go on under their own text', () => {
    expect(fold('lockstep: There is no lesson `x` of that name at all.', 40)).toEqual([
      'lockstep: There is no lesson `x` of that',
      'name at all.',
    ]);
    expect(fold('  lesson.yaml:2:1: There is no such key here.', 40)).toEqual([
      '  lesson.yaml:2:1: There is no such key',
      '    here.',
    ]);
    expect(fold('          what a lesson of two columns is about', 40)).toEqual([
      '          what a lesson of two columns',
      '          is about',
    ]);
    expect(fold('  ! Docker does not answer: it may not be running now.', 40)).toEqual([
      '  ! Docker does not answer: it may not',
      '    be running now.',
    ]);
    expect(fold('tour      A short tour of everything there is (4 sections)', 40)).toEqual([
      'tour      A short tour of everything',
      '          there is (4 sections)',
    ]);
  });

  test('keep a word that is longer than the line whole, so that it can be copied', () => {
    const path = `/${'x'.repeat(60)}`;
    expect(fold(`  See ${path} there`, 40)).toEqual(['  See', `    ${path}`, '    there']);
  });

  test('are measured in cells, not in characters', () => {
    for (const line of fold('日本語 '.repeat(20).trim(), 40)) expect([...line].length).toBeLessThanOrEqual(24);
  });

  test('stay as they are where they fit, and in a pipe', () => {
    const text = 'one two three\n\n  four';
    expect(foldLines(text, wide(40))).toBe(text);
    const long = 'word '.repeat(40);
    for (const to of [{}, { isTTY: false, columns: 40 }, { isTTY: true }, wide(5)]) expect(foldLines(long, to)).toBe(long);
  });
});

describe('text that was set for a wider terminal', () => {
  test('is set anew: paragraphs are joined, rows and short lines are not', () => {
    const text = `A paragraph that was set by hand for ninety columns and is wider than that of
the terminal.
Usage: lockstep

Options
  --one ONE   what it does, which takes more than there is room for in one line, and
              goes on below
  --two       short`;
    expect(foldText(text, wide(50)).split('\n')).toEqual([
      'A paragraph that was set by hand for ninety',
      'columns and is wider than that of the terminal.',
      'Usage: lockstep',
      '',
      'Options',
      '  --one ONE   what it does, which takes more than',
      '              there is room for in one line, and',
      '              goes on below',
      '  --two       short',
    ]);
  });

  test('is the help of every command in both languages, at 80 and at 60 columns, with every word of it', () => {
    const names = [...Object.keys(englishCommands.learnerHelp), ...Object.keys(englishCommands.authorHelp)];
    const spoken = [englishCommands, spanishCommands];
    const all = spoken.flatMap((said) => [helpForAll(said), ...names.map((name) => helpFor(name, said, englishCommands))]);
    for (const columns of [80, 60]) {
      for (const text of all) {
        const set = foldText(text, wide(columns));
        for (const line of set.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
        expect(set.replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
      }
    }
  });
});
