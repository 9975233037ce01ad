/**
 * Types commands into the shell as a person would, one at a time: waits for the prompt, makes room on the line, types,
 * presses Enter, follows the marks. Knows neither pty nor emulator, only how to write and what the shell says.
 *
 * What the learner has typed there and not sent is never lost: the shell puts it aside (`STASH_KEYS`) and brings it back
 * once the command is over. A shell that cannot do that (its keys were bound anew) makes the typist refuse instead.
 * A shell without marks of ours (`sudo -i`, `su`, another bash) is a command that runs: the typist waits for its end,
 * and tells so when the deadline for the prompt has passed.
 */
import { UserError } from '../model/errors.ts';
import { RESTORE_KEYS, STASH_KEYS } from './shell-integration.ts';
import type { ShellWatch, Waited } from './shell-watch.ts';
import type { CommandEnd, TypeOptions } from './terminal.ts';

/** What the typist needs of its terminal. */
export interface TypistTools {
  readonly watch: ShellWatch;
  /** To the shell. */
  write(text: string): void;
  /** False where something may stand unsent on the shell's line. */
  lineIsEmpty(): boolean;
  bracketedPaste(): boolean;
  /** The learner's keys wait while this is true. */
  holdKeys(hold: boolean): void;
  /** False while something written has not arrived: the connection may have been cut. Absent: it always arrives. */
  delivered?(): boolean;
}

/** Types commands. */
export interface Typist {
  /**
   * Types one command and follows it.
   * @param untilEnd false resolves as soon as it runs.
   */
  type(command: string, options: TypeOptions & { readonly onStart?: () => void }, untilEnd: boolean): Promise<CommandEnd>;
  /** To be called with each new prompt: brings back what was put aside. */
  promptShown(): void;
}

const PROMPT_DEADLINE_MS = 10_000;
/** How long the shell may take to answer a key of ours. */
const ANSWER_MS = 1000;
/** How long it may take to begin with a command after Enter. */
const START_MS = 10_000;
/** How often Ctrl-C is tried on a command that is given up, and how long each may take. */
const INTERRUPTS = 3;
const INTERRUPT_MS = 300;

function wontWait(outcome: Exclude<Waited, 'met'>, watch: ShellWatch): UserError {
  switch (outcome) {
    case 'gone':
      return new UserError('shell-exited', 'The shell in this terminal has ended.', { tries: ['Open a new terminal tab.'] });
    case 'aborted':
      return new UserError('command-stopped', 'The command was stopped.');
    case 'late':
      return watch.state.phase === 'continuation'
        ? new UserError('shell-busy', 'The shell still waits for the rest of another command.', {
            tries: ['Finish that command, or drop it with Ctrl-C, and try again.'],
          })
        : new UserError('shell-busy', 'The shell is busy: another program, or another shell, is running in it.', {
            tries: ['End it (exit, q or Ctrl-C) so that the prompt comes back, and try again.', 'Or open a new terminal tab.'],
          });
  }
}

/** Control characters would be keys, not text. Line breaks and tabs are text. */
function refuseControls(command: string): void {
  if (!/[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(command)) return;
  throw new UserError('command-controls', 'This command contains control characters, so it is not typed into the shell.', {
    tries: ['Tell the author of the lesson.'],
  });
}

/** Makes the typist of one shell. */
export function createTypist(tools: TypistTools): Typist {
  const { watch } = tools;
  /** Commands that have not ended yet, waiting ones included; only one is typed at a time. */
  let asked = 0;
  let busy = false;
  /** Something the learner typed is put aside in the shell. */
  let aside = false;

  async function need(wait: Promise<Waited>): Promise<void> {
    const outcome = await wait;
    if (outcome !== 'met') throw wontWait(outcome, watch);
  }

  /** As `watch.until`; a shell that has not heard us yet is not late. */
  async function answered(condition: () => boolean, deadlineMs: number, signal: AbortSignal | undefined): Promise<Waited> {
    for (;;) {
      const outcome = await watch.until(condition, deadlineMs, signal);
      if (outcome !== 'late' || tools.delivered?.() !== false) return outcome;
    }
  }

  async function inTurn<T>(options: TypeOptions, action: () => Promise<T>): Promise<T> {
    asked++;
    try {
      const deadline = options.promptDeadlineMs ?? PROMPT_DEADLINE_MS;
      while (busy) await need(watch.until(() => !busy, deadline, options.signal));
      busy = true;
      try {
        return await action();
      } finally {
        busy = false;
      }
    } finally {
      asked--;
      watch.poke();
      void bringBack();
    }
  }

  async function bringBack(): Promise<void> {
    if (!aside || asked > 0 || busy || !watch.ready) return;
    busy = true;
    aside = false;
    const { stashes } = watch.state;
    tools.write(RESTORE_KEYS);
    await watch.until(() => watch.state.stashes > stashes, ANSWER_MS);
    busy = false;
    watch.poke();
  }

  async function makeRoom(): Promise<void> {
    if (tools.lineIsEmpty()) return;
    const { stashes } = watch.state;
    let outcome: Waited = 'late';
    // Twice: a Ctrl-C of the learner just before takes the first along.
    for (let times = 0; times < 2 && outcome === 'late'; times++) {
      tools.write(STASH_KEYS);
      outcome = await answered(() => watch.state.stashes > stashes, ANSWER_MS, undefined);
    }
    if (outcome === 'gone') throw wontWait('gone', watch);
    if (outcome !== 'met') {
      throw new UserError('shell-line-not-empty', 'Something is typed in the shell that was not sent yet.', {
        tries: ['Send it with Enter, or drop it with Ctrl-C, and try again.'],
      });
    }
    if (watch.state.stashedLength > 0) aside = true;
  }

  async function typeSlowly(text: string, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { prompts } = watch.state;
    for (const character of text) {
      tools.write(character);
      const outcome = await watch.until(() => watch.state.prompts !== prompts, delayMs, signal);
      // A new prompt: the learner pressed Ctrl-C.
      if (outcome !== 'late') throw wontWait(outcome === 'met' ? 'aborted' : outcome, watch);
    }
  }

  /** Several lines where the shell knows no bracketed paste: each goes when the shell asks for it. */
  async function typeLines(lines: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    for (const line of lines.slice(0, -1)) {
      const { prompts, continuations } = watch.state;
      tools.write(`${line}\r`);
      const asksForMore = () => watch.state.continuations > continuations;
      await need(watch.until(() => asksForMore() || (watch.state.prompts > prompts && watch.ready), null, signal));
    }
    tools.write(lines.at(-1) ?? '');
  }

  async function typeText(command: string, options: TypeOptions): Promise<void> {
    const lines = command.split('\n');
    const plain = lines.length === 1 && !command.includes('\t');
    if (plain && options.keyDelayMs !== undefined && options.keyDelayMs > 0) {
      await typeSlowly(command, options.keyDelayMs, options.signal);
    } else if (plain) {
      tools.write(command);
    } else if (tools.bracketedPaste()) {
      tools.write(`\x1b[200~${lines.join('\r')}\x1b[201~`);
    } else {
      await typeLines(lines, options.signal);
    }
  }

  async function enter(command: string, options: TypeOptions): Promise<number> {
    await need(watch.until(() => watch.ready, options.promptDeadlineMs ?? PROMPT_DEADLINE_MS, options.signal));
    tools.holdKeys(true);
    try {
      await makeRoom();
      await typeText(command, options);
      const { prompts } = watch.state;
      tools.write('\r');
      return prompts;
    } finally {
      tools.holdKeys(false);
    }
  }

  /** Ctrl-C, more than once where it does not help: bash loses one that comes just before its command runs. */
  async function interrupt(over: () => boolean): Promise<void> {
    for (let times = 0; times < INTERRUPTS && !watch.gone && !over(); times++) {
      tools.write('\x03');
      await watch.until(over, INTERRUPT_MS);
    }
  }

  async function follow(prompts: number, options: TypeOptions & { readonly onStart?: () => void }, untilEnd: boolean) {
    const over = () => watch.state.prompts > prompts;
    const begun = () => over() || watch.state.phase === 'running' || watch.state.phase === 'continuation';
    try {
      await need(answered(begun, START_MS, options.signal));
      if (!over() && watch.state.phase === 'continuation') {
        throw new UserError('command-incomplete', 'The shell waits for the rest of this command, so it was dropped.');
      }
      options.onStart?.();
      if (untilEnd) await need(watch.until(over, null, options.signal));
    } catch (error) {
      await interrupt(over);
      throw error;
    }
    return { code: over() ? watch.state.code : null };
  }

  return {
    type(command, options, untilEnd) {
      return inTurn(options, async () => {
        refuseControls(command);
        return follow(await enter(command, options), options, untilEnd);
      });
    },
    promptShown() {
      void bringBack();
    },
  };
}
