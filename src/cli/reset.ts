/** `lockstep reset LESSON`: throws away what was changed on the lesson's host and begins its progress anew. */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import { openJournal, resetJournal, sessionFolder } from '../journal/journal.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import { chooseHost } from './choose-host.ts';
import { loadLesson, locateLesson } from './find-lesson.ts';
import { openHost, sessionName } from './open-session.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function reset(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, host: { type: 'string' } },
  });
  const [wanted] = positionals;
  if (wanted === undefined)
    throw new UserError('usage', 'Which lesson is to be reset?', {
      tries: ['lockstep reset LESSON; lockstep list names them.'],
      exitCode: 2,
    });
  const stateDir = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(wanted), stateDir);
  const { choice } = await chooseHost(values.host);
  if (!values.yes && !(await confirmed(lesson.title))) {
    console.log('Nothing was changed.');
    return 0;
  }
  if (choice.kind === 'sandbox') {
    await authorizeSandbox({ interactive: process.stdin.isTTY === true, say: (sentence) => console.error(sentence) });
  }
  const path = join(sessionFolder(stateDir, sessionName(lesson, 'learner', choice)), 'journal.jsonl');
  // Opening it takes its lock: a lesson that is open in another program is refused before anything is thrown away.
  const journal = await openJournal({ path, onTrouble: (sentence) => console.error(sentence) });
  try {
    const host = await openHost({ stateDir, lesson, actor: 'learner', host: choice });
    await host.destroy();
    if (!host.capabilities.reset) console.log('The host itself was not made by Lockstep: what you changed on it stays.');
  } finally {
    await journal.close();
  }
  const kept = await resetJournal(path);
  console.log(`"${lesson.title}" begins anew.${kept === null ? '' : ` What was done before is on record in ${kept}`}`);
  return 0;
}

async function confirmed(title: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new UserError('usage', 'Without a terminal nobody can be asked.', {
      tries: ['Add --yes to reset all the same.'],
      exitCode: 2,
    });
  }
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asker.question(`Throw away everything you changed on the host of "${title}"? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asker.close();
  }
}
