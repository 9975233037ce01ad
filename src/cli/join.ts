/** `lockstep join`: takes a seat in a class and starts its lesson. */
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import { cleanText } from '../tui/text/clean.ts';
import { words } from '../words/words.ts';
import { type Membership, seatAt } from './class-seat.ts';
import { readArguments } from './read-arguments.ts';
import { run } from './run.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function joinClass(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('join', {
    args: [...args],
    allowPositionals: true,
    options: {
      code: { type: 'string' },
      name: { type: 'string' },
      lesson: { type: 'string' },
      plain: { type: 'boolean', default: false },
      host: { type: 'string' },
      prefix: { type: 'string' },
    },
  });
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0)
    throw new UserError('usage', 'Which class do you want to join?', {
      tries: ['lockstep join URL, with the address that the instructor shows'],
      exitCode: 2,
    });
  const { code, name } = values;
  const membership = await seatAt({
    stateDir: stateFolder(process.env),
    address,
    ...(code === undefined ? {} : { code }),
    ...(name === undefined ? {} : { name }),
  });
  const lesson = values.lesson ?? lessonOf(membership);
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    // What could not be taken yet is not remembered before the lesson is begun.
    const again = 'wanted' in membership ? ` --class ${address} --name '${membership.wanted.name}'` : '';
    console.log(words().program.startWith(`lockstep run ${lesson}${again}`));
    return 0;
  }
  if ('wanted' in membership) console.error(words().program.startsAllTheSame);
  return run(
    [
      lesson,
      ...(values.plain ? ['--plain'] : []),
      ...(values.host === undefined ? [] : ['--host', values.host]),
      ...(values.prefix === undefined ? [] : ['--prefix', values.prefix]),
    ],
    membership,
  );
}

function lessonOf(membership: Membership): string {
  if ('seat' in membership) {
    const { seat } = membership;
    console.log(words().program.inClass(cleanText(seat.class.title), cleanText(seat.name)));
    return seat.class.lesson;
  }
  throw new UserError('class-trouble', 'Which lesson the class has is not known before it can be reached.', {
    tries: ['Say which one it is, and it starts all the same: lockstep join URL --lesson LESSON'],
  });
}
