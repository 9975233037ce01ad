/** Throws away what was changed on a lesson's host and begins its progress anew, after asking. */
import { createInterface } from 'node:readline/promises';
import { openJournal, resetJournal } from '../journal/journal.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { inLanguage, words } from '../words/words.ts';
import type { HostChoice } from './choose-host.ts';
import { openHost, placeOfSession } from './open-session.ts';

/**
 * Asks on the terminal whether everything is to be thrown away.
 * @param lesson whose host.
 * @throws UserError where there is no terminal to ask on.
 */
export async function mayThrowAway(lesson: Lesson): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new UserError('usage', 'Without a terminal nobody can be asked.', {
      tries: ['Add --yes to throw it away all the same.'],
      exitCode: 2,
    });
  }
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asker.question(words().program.throwAway(lesson.title));
    return /^(y|yes|s|sí|si)$/iu.test(answer.trim());
  } finally {
    asker.close();
  }
}

/**
 * Throws the learner's host away and puts the journal aside.
 * @param lesson which.
 * @param stateDir the state folder.
 * @param choice which of its hosts.
 * @returns where the old journal is kept; null where there was none.
 * @throws UserError when the lesson is open in another program; nothing is thrown away then.
 */
export async function startAfresh(lesson: Lesson, stateDir: string, choice: HostChoice): Promise<string | null> {
  const { session, path } = await placeOfSession(stateDir, lesson, 'learner', choice);
  // Opening it takes its lock: a lesson that is open in another program is refused before anything is thrown away.
  const journal = await openJournal({ path, onTrouble: (sentence) => console.error(inLanguage(sentence)) });
  try {
    const host = await openHost({ stateDir, lesson, host: choice }, session);
    await host.destroy();
    if (!host.capabilities.reset) console.log(words().program.hostStays);
  } finally {
    await journal.close();
  }
  return resetJournal(path);
}
