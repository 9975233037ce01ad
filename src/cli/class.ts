/** `lockstep class …`: a class and its instructor. One file a command. */
import { UserError } from '../model/errors.ts';
import { helpOf } from './command-words.ts';
import { foldText } from './fold-lines.ts';

type Command = (args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./class-serve.ts')).classServe,
  watch: async () => (await import('./class-watch.ts')).classWatch,
  export: async () => (await import('./class-export.ts')).classExport,
};

/**
 * Runs the command.
 * @param args its arguments, the first of which says what is to be done.
 * @returns the exit code.
 */
export async function classCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    console.log(foldText(await helpOf('class'), process.stdout));
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new UserError('usage', `A class cannot \`${name}\`.`, {
      tries: [`One of: ${Object.keys(commands).join(', ')}. See lockstep class --help`],
      exitCode: 2,
    });
  }
  return (await load())(rest);
}
