import { afterEach, expect, test } from 'vitest';
import { english } from '../words/english.ts';
import { speak, words } from '../words/words.ts';
import { speakAsAsked } from './language.ts';

afterEach(() => speak(english));

test('the option picks the language before the environment does, wherever it stands', async () => {
  expect(await speakAsAsked(['run', '--language', 'es', 'tour'], { LANG: 'en_GB.UTF-8' })).toEqual(['run', 'tour']);
  expect(words().bar.help).toBe('ayuda');
  speak(english);
  expect(await speakAsAsked(['--language=en', 'tour'], { LANG: 'es_ES.UTF-8' })).toEqual(['tour']);
  expect(words()).toBe(english);
});

test('without the option it is what the environment asks for', async () => {
  expect(await speakAsAsked(['tour'], { LANG: 'es_MX.UTF-8' })).toEqual(['tour']);
  expect(words().bar.help).toBe('ayuda');
});

test.each([[['run', '--language', 'xx']], [['run', '--language']], [['--language=']]])('%j names no language', async (argv) => {
  await expect(speakAsAsked(argv, {})).rejects.toMatchObject({ code: 'usage', tries: ['One of: en, es.'] });
});
