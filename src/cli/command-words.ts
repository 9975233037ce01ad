/** The words of commands in the language of this run; the file they are in is read with the first call. */
import type { CommandWords } from '../words/command-words.ts';
import { loadCommandWords } from '../words/load-command-words.ts';
import { words } from '../words/words.ts';
import { helpFor, helpForAll } from './help.ts';

/** What `help`, `doctor`, `verify` and `replay` say. */
export function commandWords(): Promise<CommandWords> {
  return loadCommandWords(words().language);
}

/**
 * The help of one command, or of all.
 * @param name one of the commands; undefined for all.
 */
export async function helpOf(name?: string): Promise<string> {
  const said = await commandWords();
  return name === undefined ? helpForAll(said) : helpFor(name, said, await loadCommandWords('en'));
}
