import { expect, test } from 'vitest';
import { englishCommands } from './command-words.ts';
import { english } from './english.ts';
import { spanish } from './es/spanish.ts';
import { spanishCommands } from './es/spanish-commands.ts';
import { languageOf, speak, words } from './words.ts';

test('the first of the three variables that is set picks the language, by its language part', () => {
  expect(languageOf({ LANG: 'es_ES.UTF-8' })).toBe('es');
  expect(languageOf({ LANG: 'es' })).toBe('es');
  expect(languageOf({ LANG: 'ES_mx@euro' })).toBe('es');
  expect(languageOf({ LC_ALL: '', LC_MESSAGES: 'es_MX.UTF-8', LANG: 'en_GB.UTF-8' })).toBe('es');
  expect(languageOf({ LC_ALL: 'C.UTF-8', LC_MESSAGES: 'es_ES', LANG: 'es_ES' })).toBe('en');
  for (const LANG of ['C', 'POSIX', 'de_DE.UTF-8', 'est_EE', '', undefined]) expect(languageOf({ LANG })).toBe('en');
});

test('English is spoken until another language is', () => {
  expect(words()).toBe(english);
  speak(spanish);
  expect(words().bar.lesson).toBe('lección');
  speak(english);
});

/** Every text of a catalogue, by its path; functions are called with figures and names. */
function texts(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(3, 4, 5, 6))]];
  return Object.entries(value as object).flatMap(([key, each]) => texts(each, `${path}.${key}`));
}

// The help of authors' tools is English in every language.
const { authorHelp: _, ...sourceCommands } = englishCommands;
const { authorHelp: __, ...ownCommands } = spanishCommands;

test('no text is left in English by mistake, and none is empty', () => {
  const own = new Map([...texts(spanish, ''), ...texts(ownCommands, 'commands')]);
  const source = [...texts(english, ''), ...texts(sourceCommands, 'commands')];
  expect(source.length).toBeGreaterThan(350);
  for (const [path, text] of source) expect([path, own.get(path) === '']).toEqual([path, text === '']);
  // Sentences of three words and more are never the same in both languages.
  const same = source.filter(([path, text]) => text.trim().split(/\s+/).length > 2 && own.get(path) === text);
  expect(same).toEqual([]);
});

test('a text begins and ends with the same blanks in both languages: rows are put together of them', () => {
  const own = new Map([...texts(spanish, ''), ...texts(ownCommands, 'commands')]);
  const edges = (text = '') => [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]];
  for (const [path, text] of [...texts(english, ''), ...texts(sourceCommands, 'commands')])
    expect([path, ...edges(own.get(path))]).toEqual([path, ...edges(text)]);
});
