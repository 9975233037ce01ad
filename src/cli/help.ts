/** What `--help` says, for the program and for each of its commands, put together of the catalogue's words. Pure. */
import type { CommandWords } from '../words/command-words.ts';

interface Help {
  readonly usage: string;
  readonly text: string;
}

/**
 * Help for the program as a whole.
 * @param said the commands' words.
 */
export function helpForAll({ help }: CommandWords): string {
  const rows = Object.entries(help.lines).map(([name, line]) => `  ${name.padEnd(8)} ${line}`);
  return `${help.lead}

${help.usage}${help.allUsage}

${help.commands}
${rows.join('\n')}

  ${help.more}

${help.keys}`;
}

/**
 * Help for one command.
 * @param name one of the commands; anything else is answered with the help for all.
 * @param said the commands' words.
 * @param source the English ones: the help of authors' tools has no others, and is English as a whole.
 */
export function helpFor(name: string, said: CommandWords, source: CommandWords): string {
  const learner = named<Help>(said.learnerHelp, name);
  if (learner) return whole(said, name, learner);
  const author = named<Help>(source.authorHelp, name);
  return author ? whole(source, name, author) : helpForAll(said);
}

function named<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

function whole({ help }: CommandWords, name: string, { usage, text }: Help): string {
  const line = named<string>(help.lines, name) ?? '';
  return `${help.usage}${usage}\n\n${line.charAt(0).toUpperCase()}${line.slice(1)}.\n\n${text}`;
}
