/** Types a run block's commands into a shell, one after the other, and stops at the first that fails. */
import { messageOf } from '../model/errors.ts';
import type { Command, RunBlock } from '../model/lesson.ts';
import { programOf } from './program-of.ts';
import type { RunListener } from './run-listener.ts';
import type { Tabs } from './tabs.ts';
import { typeKeys } from './type-keys.ts';

/** How long a busy shell is waited for before the learner is told, milliseconds. */
const promptPatienceMs = 2_000;

/**
 * Runs the block; resolves with null when every command was fine, with a sentence otherwise.
 * @param tabs the session's terminals.
 * @param block what to type.
 * @param listener told of each command.
 * @param signal ends it: the running command gets Ctrl-C and nothing more is typed.
 * @param patient commands that are only typed are waited for all the same, for as long as is sensible: a player is
 *   no person who sees when the next one may come.
 */
export async function runBlock(
  tabs: Tabs,
  block: RunBlock,
  listener: RunListener,
  signal: AbortSignal,
  patient = false,
): Promise<string | null> {
  for (const [index, command] of block.commands.entries()) {
    if (signal.aborted) return 'Stopped before the end of the block.';
    const sentence =
      command.keys !== undefined
        ? await typeKeys(tabs, { ...command, keys: command.keys }, index, { listener, signal, patient })
        : command.terminal === 1
          ? await runHere(tabs, command, index, listener, signal)
          : await startThere(tabs, command, index, listener, signal);
    if (sentence !== null)
      return index + 1 < block.commands.length ? `${sentence} The commands after it were not typed.` : sentence;
  }
  return null;
}

/** A command that the block waits for. */
async function runHere(
  tabs: Tabs,
  command: Command,
  index: number,
  listener: RunListener,
  signal: AbortSignal,
): Promise<string | null> {
  const { terminal } = await tabs.ensure(1, 'shell');
  if (!(await promptComes(() => terminal.atPrompt, signal))) {
    return 'The shell is busy with another program: end it first (q in less, :q in vi, Ctrl-C for most), then run the block again.';
  }
  try {
    const { code } = await terminal.run(command.text, { signal, onStart: () => listener.started(index, 1) });
    if (code === null) return `\`${firstLine(command.text)}\` ended, but the shell did not say how.`;
    listener.finished(index, code);
    return code === 0 ? null : `\`${firstLine(command.text)}\` ended with exit code ${code}.`;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

/** A long-running command: started in another tab, not waited for. */
async function startThere(
  tabs: Tabs,
  command: Command,
  index: number,
  listener: RunListener,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const tab = await tabs.idle(command.terminal, programOf(command.text));
    await tab.terminal.start(command.text, { signal });
    listener.started(index, tab.number);
    listener.finished(index, 0);
    return null;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function promptComes(atPrompt: () => boolean, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + promptPatienceMs;
  return new Promise((resolve) => {
    const look = (): void => {
      if (atPrompt()) resolve(true);
      else if (signal.aborted || Date.now() > deadline) resolve(false);
      else setTimeout(look, 20);
    };
    look();
  });
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return rest.length > 0 ? `${first} …` : first;
}
