/** The door to the Spanish catalogue: built, it is a file beside the program that is read when it is asked for. */
import type { Words } from '../../words/english.ts';
import { spanish } from './spanish.ts';

/** The catalogue in Spanish. */
export async function loadSpanish(): Promise<Words> {
  return spanish;
}
