/** Values of options that several commands take. */
import { UserError } from '../model/errors.ts';

/**
 * Whose network a host uses.
 * @param text as typed.
 * @throws UserError `usage`.
 */
export function networkOf(text: string | undefined): 'private' | 'shared' | undefined {
  return text === undefined ? undefined : oneOf('network', text, ['private', 'shared'] as const);
}

/**
 * One of several words.
 * @param option the option's name without dashes.
 * @param text as typed.
 * @param words those that there are.
 * @throws UserError `usage`.
 */
export function oneOf<const W extends string>(option: string, text: string, words: readonly W[]): W {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw usage(`--${option} cannot be \`${text}\`.`, `One of: ${words.join(', ')}.`);
}

/**
 * A number of times, at least once.
 * @param option the option's name without dashes.
 * @param text as typed.
 * @throws UserError `usage`.
 */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 1_000) return number;
  throw usage(`--${option} cannot be \`${text}\`.`, 'A whole number from 1 to 1000.');
}

function usage(sentence: string, tries: string): UserError {
  return new UserError('usage', sentence, { tries: [tries], exitCode: 2 });
}
