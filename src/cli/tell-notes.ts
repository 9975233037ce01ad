/** Tells what a lesson needs that may not be here, before anything of it starts. */
import { createInterface } from 'node:readline/promises';
import { inLanguage, words } from '../words/words.ts';
import { tell } from './tell.ts';

/**
 * Prints the notes and, where somebody can answer, waits for their word.
 * @param notes whole sentences.
 * @param ask whether somebody sits there.
 * @returns false when they would rather not.
 */
export async function tellNotes(notes: readonly string[], ask: boolean): Promise<boolean> {
  for (const note of notes) tell(`! ${inLanguage(note)}`);
  if (!ask) return true;
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asker.question(words().program.anyway);
    return !/^[nq]/i.test(answer.trim());
  } finally {
    asker.close();
  }
}
