/** Commands that lead to another shell: what is typed after them is meant for that one. Pure. */
import { splitCommands } from '../lesson/commands/split-commands.ts';

/** `ssh HOST`, `su`, `sudo -i`, `docker exec -it NAME bash`: without a command of their own, or with a shell as it. */
const DOORS = [
  /^(?:sudo\s+)?ssh(?:\s+-\w+(?:[ =]\S+)?)*\s+[\w.@:[\]-]+$/,
  /^(?:sudo\s+)?su(?:\s+-l?)?(?:\s+[\w-]+)?$/,
  /^sudo\s+(?:-[ugh]\s+\S+\s+)*(?:-\w*[is]|su(?:\s+-l?)?(?:\s+[\w-]+)?)$/,
  /^(?:sudo\s+)?(?:docker|podman|kubectl)\s+(?:exec|run|attach)\s.*\s(?:\/bin\/)?(?:ba|z|a)?sh$/,
];

/** A text to type, taken apart behind the first command that leads to another shell. */
export interface TextWithDoor {
  /** Up to that command. */
  readonly before: string;
  /** What is meant for the other shell. */
  readonly after: string;
  /** The command itself. */
  readonly door: string;
}

/**
 * Takes a text apart.
 * @param text commands as they are typed.
 * @returns null where no command leads to another shell, or nothing follows it.
 */
export function splitAtDoor(text: string): TextWithDoor | null {
  const lines = text.split('\n');
  const { commands } = splitCommands(text, 'bash');
  const found = commands.findIndex((command) => isDoor(command.text));
  const door = commands[found];
  const next = commands[found + 1];
  if (door === undefined || next === undefined) return null;
  return { before: lines.slice(0, next.line).join('\n'), after: lines.slice(next.line).join('\n'), door: door.text };
}

/**
 * Whether a command leads to another shell.
 * @param command one command.
 */
export function isDoor(command: string): boolean {
  return DOORS.some((door) => door.test(command.trim()));
}
