/** `lockstep class watch`: the class in the instructor's terminal. */
import { readFileSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import { watchClass } from '../tui/class-watch/watch-class.tsx';
import { words } from '../words/words.ts';
import { askSecret } from './ask-secret.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command until it is left.
 * @param args its arguments.
 * @returns 0 when it was left.
 */
export async function classWatch(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'class',
    {
      args: [...args],
      allowPositionals: true,
      options: { 'secret-file': { type: 'string' } },
    },
    1,
  );
  const address = addressOf(positionals[0]);
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
    throw new UserError('usage', 'A class is watched in a terminal, and this is none.', {
      tries: ['lockstep class export writes down who was there and how far they came.'],
      exitCode: 2,
    });
  }
  const secret = secretOf(values['secret-file']) ?? (await askSecret("The instructor's secret: "));
  await watchClass({ address, secret, env: process.env, words: words(), stdin: process.stdin, stdout: process.stdout });
  return 0;
}

/** The server's address from what was typed or pasted; the page's address leads to its server. */
function addressOf(text: string | undefined): string {
  const example = 'lockstep class watch URL, with the address that lockstep class serve shows';
  if (text === undefined) throw new UserError('usage', 'Which class?', { tries: [example], exitCode: 2 });
  const given = /^https?:\/\//.test(text) ? text : `http://${text}`;
  if (!URL.canParse(given)) throw new UserError('usage', `${text} is no address.`, { tries: [example], exitCode: 2 });
  const url = new URL(given);
  if (url.hash !== '') {
    throw new UserError('usage', 'Everybody on this machine can read what is typed behind a command.', {
      tries: [
        'Leave out the # and what is behind it: you are asked for the secret.',
        'Or write it into a file: --secret-file FILE',
      ],
      exitCode: 2,
    });
  }
  return `${url.origin}${url.pathname.replace(/\/(instructor)?$/, '')}`;
}

function secretOf(file: string | undefined): string | null {
  const given = process.env['LOCKSTEP_CLASS_SECRET'];
  if (file === undefined) return given ? given : null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new UserError('no-secret', `${file} cannot be read.`, { cause, tries: ['It holds the secret and nothing else.'] });
  }
}
