/**
 * Every word that a person reads on the screen, in the language that was chosen: `words()` is the catalogue of this run,
 * `inLanguage` says a sentence of the program's inside in it. It knows neither views nor terminals, only words and the
 * figures they hold; which word stands where is its users' business. What the journal, the class protocol, `--json` and
 * a lesson's own text say depends on no language, and none of that comes from here.
 */
import { english, type Words } from './english.ts';
import { lookUp } from './phrase-book.ts';

export type { Words } from './english.ts';

/** Languages there are, by their codes as `LANG` and `--language` have them. */
export const languages = ['en', 'es'] as const;

/** A language's code. */
export type Language = (typeof languages)[number];

let current: Words = english;

/** The catalogue of this run. English until another one was loaded. */
export function words(): Words {
  return current;
}

/**
 * Takes a catalogue for all that is shown from now on. Called once, before anything is shown.
 * @param catalogue the language's words.
 */
export function speak(catalogue: Words): void {
  current = catalogue;
}

/**
 * The language that the environment asks for, as POSIX has it: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
 * set and not empty; of it the language alone counts (`es_MX.UTF-8` is `es`). What there is no catalogue for is English.
 * @param env the process's environment.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const asked = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  const code = /^[a-z]+/i.exec(asked)?.[0].toLowerCase();
  return languages.find((each) => each === code) ?? 'en';
}

/**
 * A sentence from inside of the program in the language of this run. Session, hosts and checks say theirs in English,
 * since journal and class keep them; the catalogue's phrase book has them by their English words. What is not in it, a
 * lesson's own text for example, stays as it is.
 * @param sentence what is said, whole.
 */
export function inLanguage(sentence: string): string {
  return current.phrases.length === 0 ? sentence : lookUp(sentence, current.phrases);
}
