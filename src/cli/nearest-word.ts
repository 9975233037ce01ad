/** Finds the command or the option that a mistyped word was meant to be. */
import { editDistance } from '../lesson/text/nearest.ts';

/**
 * The word one or two slips of the finger away; null where none is that near, or where the word is so short that anything would be.
 * @param word what was typed.
 * @param names the words there are.
 */
export function nearestWord(word: string, names: readonly string[]): string | null {
  if (!/^[a-z][a-z-]*$/.test(word)) return null;
  const near = names.map((name) => ({ name, far: editDistance(word, name) })).sort((a, b) => a.far - b.far)[0];
  return near && near.far <= 2 && near.far <= near.name.length / 2 ? near.name : null;
}
