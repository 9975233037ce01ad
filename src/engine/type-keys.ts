/**
 * Types what a lesson only wants typed: into whatever runs in the terminal, without waiting for an end. A command of
 * this sort may open a pager or an editor, be `exit`, or be keys for a program that is already open.
 */
import { messageOf } from '../model/errors.ts';
import type { Command, KeysTyping } from '../model/lesson.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { splitAtDoor, type TextWithDoor } from './doors.ts';
import type { RunListener } from './run-listener.ts';
import type { Tabs } from './tabs.ts';

/** How long a prompt is waited for after Ctrl-C, and that of a new shell, milliseconds. */
const promptMs = 2_000;
const firstPromptMs = 10_000;
/** How long a player waits for a command before it goes on with the next: at most, and while it says nothing, milliseconds. */
const patienceMs = 60_000;
const silenceMs = 5_000;
/** How long another shell may take to come, milliseconds. */
const doorMs = 60_000;
/** A prompt that stays for so long is the last one, milliseconds. */
const quietMs = 300;

/** A command that is only typed. */
export type KeysCommand = Command & { readonly keys: KeysTyping };

/** How it is typed, and who is told. */
export interface TypingOptions {
  readonly listener: RunListener;
  readonly signal: AbortSignal;
  /** Wait for its end, as long as is sensible. */
  readonly patient: boolean;
}

/**
 * Types it.
 * @param tabs the session's terminals.
 * @param command what to type, and where.
 * @param index its number in its block, from 0.
 * @param options whom to tell, and whether to wait.
 * @returns null, or a sentence on why nothing was typed.
 */
export async function typeKeys(
  tabs: Tabs,
  command: KeysCommand,
  index: number,
  { listener, signal, patient }: TypingOptions,
): Promise<string | null> {
  try {
    const tab = await tabs.reach(command.terminal);
    const { terminal } = tab;
    if (command.keys.interrupt) terminal.interrupt();
    // Keys that come before the first prompt are lost; after it, a program that runs is meant to get them.
    const waitMs = !tabs.hasPrompted(tab) ? firstPromptMs : command.keys.interrupt ? promptMs : 0;
    const ready = await atPrompt(terminal, waitMs, {}, signal);
    listener.started(index, tab.number);
    const line = command.keys.sequence !== true && command.keys.noEnter !== true;
    // At the prompt it goes in as a command: what the learner has not sent yet is put aside, several lines are one.
    if (!ready || !line) terminal.input(bytesOf(command));
    const shut = ready && line ? await typeCommand(terminal, command.text, signal) : null;
    if (shut !== null) return shut;
    if (patient && line) await atPrompt(terminal, patienceMs, { stillMs: quietMs, silenceMs }, signal);
    listener.finished(index, 0);
    return null;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

/** At the prompt; null, or a sentence on why not all of it was typed. */
async function typeCommand(terminal: Terminal, text: string, signal: AbortSignal): Promise<string | null> {
  const door = splitAtDoor(text);
  await terminal.start(door?.before ?? text, { signal });
  return door === null ? null : goThrough(terminal, door, signal);
}

/**
 * What follows a command that leads to another shell is for that one: it is typed once that has come. Where the prompt
 * comes back instead, or nothing does, it is not typed at all: on this machine it would do what was meant for another.
 */
async function goThrough(terminal: Terminal, { door, after }: TextWithDoor, signal: AbortSignal): Promise<string | null> {
  const came = await otherShell(terminal, signal);
  if (signal.aborted || !terminal.alive) return 'Stopped before the end of the block.';
  if (came === 'back')
    return `\`${door}\` led to no other shell, so the lines after it, which are meant for that one, were not typed.`;
  if (came === 'waiting')
    return `\`${door}\` still waits, for a password, an answer or the network, so the lines after it, which are meant for the other shell, were not typed: type them yourself once it is there, or end it with Ctrl-C and run the block again.`;
  terminal.input(bytesOf({ text: after, terminal: 1, keys: {} }));
  return null;
}

/**
 * Waits for something like a prompt where keys would go: another shell's, or that of the shell which was left; `waiting`
 * when neither has come in time.
 */
async function otherShell(terminal: Terminal, signal: AbortSignal): Promise<'other' | 'back' | 'waiting'> {
  const deadline = Date.now() + doorMs;
  let shown = '';
  let since = Date.now();
  while (!signal.aborted && terminal.alive && Date.now() < deadline) {
    const { row, col } = terminal.cursor;
    const line = terminal.textRow(row).slice(0, col);
    const now = `${row} ${line} ${terminal.atPrompt}`;
    if (now !== shown) since = Date.now();
    shown = now;
    if (Date.now() - since >= quietMs && (terminal.atPrompt || /[$#%>] *$/.test(line)))
      return terminal.atPrompt ? 'back' : 'other';
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return 'waiting';
}

/**
 * The bytes that the keys of a command are.
 * @param command text, or keys in caret notation.
 */
export function bytesOf({ text, keys }: KeysCommand): string {
  if (keys.sequence) {
    return text
      .trim()
      .split(/\s+/)
      .map((key) => caretKey(key))
      .join('');
  }
  return text.replace(/\n/g, '\r') + (keys.noEnter ? '' : '\r');
}

function caretKey(key: string): string {
  if (/^\^?esc$/i.test(key)) return '\x1b';
  if (/^\^[@-_a-z]$/i.test(key)) return String.fromCharCode(key.toUpperCase().charCodeAt(1) & 0x1f);
  // `^ESC:q!` and the like: the first key, then characters.
  const [, first = '', rest = ''] = /^(\^ESC|\^[@-_a-z])(.*)$/i.exec(key) ?? [];
  return first === '' ? key : caretKey(first) + rest;
}

/** How long the prompt must stand, and what silence ends the waiting for it, milliseconds. */
interface Patience {
  readonly stillMs?: number;
  readonly silenceMs?: number;
}

/** True once the shell waits at its prompt; false when that does not come in time. */
async function atPrompt(
  terminal: Terminal,
  withinMs: number,
  { stillMs = 0, silenceMs: silence = withinMs }: Patience,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  let turned = Date.now();
  let said = Date.now();
  const off = terminal.on((event) => {
    said = Date.now();
    if (event.type === 'command-started' || event.type === 'prompt') turned = said;
  });
  try {
    for (;;) {
      const now = Date.now();
      if (terminal.atPrompt && now - turned >= stillMs) return true;
      if (!terminal.alive || signal.aborted || now >= deadline || now - said > silence) return false;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    off();
  }
}
