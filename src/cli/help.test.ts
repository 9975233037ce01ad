import { expect, test } from 'vitest';
import { pseudo } from '../../test/support/words/pseudo.ts';
import { type CommandWords, englishCommands } from '../words/command-words.ts';
import { spanishCommands } from '../words/es/spanish-commands.ts';
import { helpFor, helpForAll } from './help.ts';

const learners = Object.keys(englishCommands.learnerHelp);
const authors = Object.keys(englishCommands.authorHelp);

const wholeHelp = (said: CommandWords): readonly string[] => [
  helpForAll(said),
  ...learners.map((name) => helpFor(name, said, englishCommands)),
];

test('every command has a line and a help, and the help of authors’ tools is English as a whole', () => {
  expect([...learners, ...authors].sort()).toEqual(Object.keys(englishCommands.help.lines).sort());
  for (const name of authors) {
    const help = helpFor(name, englishCommands, englishCommands);
    expect(help).toContain(`Usage: lockstep ${name}`);
    expect(helpFor(name, spanishCommands, englishCommands)).toBe(help);
  }
  for (const name of ['frob', 'constructor']) expect(helpFor(name, englishCommands, englishCommands)).toContain('Commands\n');
});

test('all words of the learner’s help are the catalogue’s', () => {
  const runs = wholeHelp(pseudo(englishCommands)).flatMap((text) => text.match(/(?<![\p{L}])[A-Za-z]{2,}(?![\p{L}])/gu) ?? []);
  expect([...new Set(runs)].sort()).toEqual([...learners, ...authors].sort());
});

test('the help names the same options, commands and files in Spanish as in English', () => {
  const names = (text: string): readonly string[] =>
    [...new Set(text.match(/--[a-z-]+|\blockstep [a-z]+|[\w-]+\.(?:md|yaml|json|html)\b|ctrl-\S|[A-Z]+_[A-Z]+/g))].sort();
  const spanish = wholeHelp(spanishCommands);
  for (const [index, text] of wholeHelp(englishCommands).entries()) {
    expect(names(text).length).toBeGreaterThan(0);
    expect(names(spanish[index] ?? '')).toEqual(names(text));
  }
});

test('no line of the help is wider than 96 cells', () => {
  for (const line of [...wholeHelp(englishCommands), ...wholeHelp(spanishCommands)].join('\n').split('\n'))
    expect(line.length, line).toBeLessThanOrEqual(96);
});
