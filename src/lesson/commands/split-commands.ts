/**
 * The commands of a fenced block: what a learner types, one by one, and what is only sample output.
 * Works on text alone; knows nothing of lessons, of markdown or of how commands are run.
 */

import { looksLikeCommand, promptLength, rootPromptsCount, startsRootShell } from '../../lesson/commands/prompts.ts';
import { createShellScanner } from '../../lesson/commands/shell-scanner.ts';

/** One command: one line, or several that belong together. */
export interface SplitCommand {
  /** Without prompts and without the final newline. */
  readonly text: string;
  /** Its first line in the block, from 0. */
  readonly line: number;
}

/** A block taken apart. */
export interface SplitBlock {
  readonly commands: readonly SplitCommand[];
  /** Commands stand behind prompts: the other lines are sample output. */
  readonly prompts: boolean;
  /** Where the last command never ends, and what the shell would wait for. It is not among the commands. */
  readonly unfinished?: { readonly line: number; readonly waiting: string };
}

/**
 * Splits a block of shell text into commands. Prompts (`$ `, `# `, `name@host:~$ `) are stripped; where there are
 * any, lines without one are sample output. Comments on lines of their own are no commands.
 * @param text the block's text.
 * @param lang the fence's language, lower case; tells a root prompt from a comment.
 */
export function splitCommands(text: string, lang: string): SplitBlock {
  const lines = text.split('\n');
  const rootPrompts = rootPromptsCount(lines, lang);
  if (rootPrompts) return splitPrompted(lines, true);
  const plain = splitPlain(lines);
  return hasPrompts(lines, plain) ? splitPrompted(lines, false) : plain;
}

/** A `$ ` counts where a command would start, not within a here-document or a quote (unless that never ends). */
function hasPrompts(lines: readonly string[], plain: SplitBlock): boolean {
  const isPrompted = (line: string) => promptLength(line, false) > 0;
  if (plain.commands.some(({ line }) => isPrompted(lines[line] ?? ''))) return true;
  return plain.unfinished !== undefined && lines.some(isPrompted);
}

/**
 * True where every command of a block without a language looks like one: its first word is a well-known program, a
 * path, or it stands behind a prompt.
 * @param text the block's text.
 */
export function looksLikeCommands(text: string): boolean {
  const { commands, prompts, unfinished } = splitCommands(text, '');
  if (commands.length === 0 || unfinished !== undefined) return false;
  return prompts || commands.every((command) => looksLikeCommand(command.text));
}

function splitPlain(lines: readonly string[]): SplitBlock {
  const commands: SplitCommand[] = [];
  let at = 0;
  while (at < lines.length) {
    const first = lines[at] ?? '';
    if (isNothing(first)) {
      at++;
      continue;
    }
    const taken = takeCommand(lines, at, PLAIN);
    if (taken.waiting !== null) return { commands, prompts: false, unfinished: { line: at, waiting: taken.waiting } };
    commands.push({ text: taken.text, line: at });
    at = taken.next;
  }
  return { commands, prompts: false };
}

function splitPrompted(lines: readonly string[], rootPrompts: boolean): SplitBlock {
  const commands: SplitCommand[] = [];
  let root = rootPrompts;
  let at = 0;
  while (at < lines.length) {
    const first = lines[at] ?? '';
    const length = promptLength(first, root);
    if (length === 0 || isNothing(first.slice(length))) {
      at++;
      continue;
    }
    const taken = takeCommand(lines, at, prompted(lines, at, length));
    if (taken.waiting !== null) return { commands, prompts: true, unfinished: { line: at, waiting: taken.waiting } };
    commands.push({ text: taken.text, line: at });
    root ||= startsRootShell(taken.text);
    at = taken.next;
  }
  return { commands, prompts: true };
}

/** How the lines of a command are read. */
interface LineReader {
  /** The line as typed. */
  read(line: string, at: number): string;
  /** True where a line cannot go on with a command: the command never ended. */
  interrupts(line: string): boolean;
}

const PLAIN: LineReader = { read: (line) => line, interrupts: () => false };

/** The first line is read without its prompt, the others without `> ` where they have it. */
function prompted(lines: readonly string[], start: number, length: number): LineReader {
  const secondary = /^>(?: |$)/.test(lines[start + 1] ?? '');
  return {
    read(line, at) {
      if (at === start) return line.slice(length);
      return secondary ? line.replace(/^>(?: |$)/, '') : line;
    },
    interrupts: (line) => promptLength(line, false) > 0,
  };
}

interface Taken {
  readonly text: string;
  /** The line after the command. */
  readonly next: number;
  readonly waiting: string | null;
}

function takeCommand(lines: readonly string[], start: number, reader: LineReader): Taken {
  const scanner = createShellScanner();
  const parts: string[] = [];
  for (let at = start; at < lines.length; at++) {
    const written = lines[at] ?? '';
    if (at > start && reader.interrupts(written) && !scanner.inHereDocument()) break;
    const line = reader.read(written, at);
    const text = at === start ? line.trimStart() : line;
    parts.push(text);
    scanner.feed(text);
    if (scanner.waiting() === null) return { text: parts.join('\n'), next: at + 1, waiting: null };
  }
  return { text: parts.join('\n'), next: start + parts.length, waiting: scanner.waiting() };
}

/** An empty line or a comment alone. */
function isNothing(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}
