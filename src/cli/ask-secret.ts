/** Asks for something that must not stand on the screen. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UserError } from '../model/errors.ts';

/**
 * A line typed by the user; nothing of it is shown.
 * @param question what is asked.
 * @throws UserError when nothing was typed.
 */
export async function askSecret(question: string): Promise<string> {
  process.stdout.write(question);
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    const stopped = new Promise<string>((resolve) => reader.once('SIGINT', () => resolve('')));
    const typed = (await Promise.race([reader.question(''), stopped])).trim();
    if (typed === '') throw new UserError('no-secret', 'Without the secret nothing of a class is shown.');
    return typed;
  } finally {
    reader.close();
    process.stdout.write('\n');
  }
}
