/** `--host local`: tells what a lesson does to this very machine, and asks, every time. */
import { createInterface } from 'node:readline/promises';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { words } from '../words/words.ts';
import { tellAside } from './tell.ts';

const MOST_COMMANDS = 12;

/**
 * What a lesson changes on the machine it runs on, as lines. Pure.
 * @param lesson the lesson.
 * @param machine what the machine is called.
 */
export function changesOf(lesson: Lesson, machine: string): readonly string[] {
  const blocks = lesson.sections.flatMap((section) => section.blocks);
  const files = [...new Set(blocks.flatMap((block) => (block.kind === 'write' ? [block.path] : [])))];
  const commands = blocks
    .flatMap((block) => (block.kind === 'run' ? block.commands : []))
    .map((command) => command.text.split('\n')[0] ?? '')
    .filter((text) => /(?:^|[;&|(]\s*)sudo\b/.test(text));
  const shown = commands.slice(0, MOST_COMMANDS);
  const more = commands.length - shown.length;
  return [
    words().program.localChanges(lesson.title, machine),
    ...(files.length === 0 ? [] : [words().program.localFiles, ...files.map((path) => `    ${path}`)]),
    ...(shown.length === 0 ? [] : [words().program.localCommands, ...shown.map((text) => `    ${text}`)]),
    ...(more > 0 ? [words().program.localMore(more)] : []),
    words().program.localNoWayBack,
    words().program.localSandbox,
  ];
}

/**
 * Tells and asks; `yes` is the answer given beforehand.
 * @param lesson the lesson.
 * @param machine what the machine is called.
 * @param yes whether `--yes` was given.
 * @returns whether it may begin.
 * @throws UserError where nobody can be asked.
 */
export async function mayChangeThisMachine(lesson: Lesson, machine: string, yes: boolean): Promise<boolean> {
  for (const line of changesOf(lesson, machine)) tellAside(line);
  if (yes) return true;
  if (process.stdin.isTTY !== true) {
    throw new UserError('usage', 'Without a terminal nobody can be asked whether this machine may be changed.', {
      tries: ['Add --yes if it may.'],
      exitCode: 2,
    });
  }
  const asker = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asker.question(words().program.localBegin(machine));
    return ['yes', words().program.localYes].includes(answer.trim().toLowerCase());
  } finally {
    asker.close();
  }
}
