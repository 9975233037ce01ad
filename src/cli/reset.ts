/** `lockstep reset LESSON`: throws away what was changed on the lesson's host and begins its progress anew. */
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import { inLanguage, words } from '../words/words.ts';
import { chooseHost } from './choose-host.ts';
import { loadLesson, locateLesson } from './find-lesson.ts';
import { readArguments } from './read-arguments.ts';
import { mayThrowAway, startAfresh } from './start-afresh.ts';
import { tell } from './tell.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function reset(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'reset',
    {
      args: [...args],
      allowPositionals: true,
      options: { yes: { type: 'boolean', default: false }, host: { type: 'string' } },
    },
    1,
  );
  const [wanted] = positionals;
  if (wanted === undefined)
    throw new UserError('usage', 'Which lesson is to be reset?', {
      tries: ['lockstep reset LESSON; lockstep list names them.'],
      exitCode: 2,
    });
  const stateDir = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(wanted), stateDir);
  const { choice } = await chooseHost(values.host);
  if (!values.yes && !(await mayThrowAway(lesson))) {
    console.log(words().program.nothingChanged);
    return 0;
  }
  if (choice.kind === 'sandbox') {
    await authorizeSandbox({ interactive: process.stdin.isTTY === true, say: (sentence) => console.error(inLanguage(sentence)) });
  }
  const kept = await startAfresh(lesson, stateDir, choice);
  tell(words().program.beginsAnew(lesson.title, kept));
  return 0;
}
