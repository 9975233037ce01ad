/**
 * Remembers the newest command of the shells: what it was and when it ended. The shell's marks tell when; what was typed
 * is read off the screen, behind the prompt, so that no shell has to be asked for it.
 */
import type { Terminal, TerminalEvent } from '../terminal/terminal.ts';

/** One command. */
export interface LatestCommand {
  /** Its first line, as it stood behind the prompt. */
  readonly text: string;
  /** Ms since the epoch; null while it runs. */
  readonly endedAt: number | null;
}

/** A command line is looked for in this many rows above the cursor. */
const rowsBack = 6;
/** Characters of a command that are kept. */
const longest = 200;

/** What is looked at of a terminal. */
export type PromptScreen = Pick<Terminal, 'cursor' | 'textRow' | 'scrollback'>;

/** Listens to the shells. */
export class CommandBook {
  private newest: (LatestCommand & { readonly terminal: PromptScreen }) | null = null;
  private readonly prompts = new WeakMap<PromptScreen, string>();
  private readonly now: () => number;

  /** @param now ms since the epoch. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** The newest command that was started; null before the first. */
  get latest(): LatestCommand | null {
    return this.newest && { text: this.newest.text, endedAt: this.newest.endedAt };
  }

  /**
   * Takes in what a terminal tells.
   * @param terminal which.
   * @param event what it told.
   */
  heard(terminal: PromptScreen, event: TerminalEvent): void {
    if (event.type === 'prompt') {
      const { col, row } = terminal.cursor;
      this.prompts.set(terminal, terminal.textRow(row).slice(0, col));
    } else if (event.type === 'command-started') {
      const text = this.typed(terminal);
      if (text !== null) this.newest = { text, endedAt: null, terminal };
    } else if ((event.type === 'command-ended' || event.type === 'exited') && this.newest?.terminal === terminal) {
      if (this.newest.endedAt === null) this.newest = { ...this.newest, endedAt: this.now() };
    }
  }

  /** What stands behind the newest prompt on the screen; null where that cannot be told. */
  private typed(terminal: PromptScreen): string | null {
    const prompt = this.prompts.get(terminal)?.trimEnd();
    if (prompt === undefined || prompt === '' || terminal.scrollback > 0) return null;
    const { row } = terminal.cursor;
    for (let y = row; y >= Math.max(0, row - rowsBack); y -= 1) {
      const text = terminal.textRow(y);
      if (!text.startsWith(prompt)) continue;
      const typed = text.slice(prompt.length).trim();
      if (typed !== '') return typed.slice(0, longest);
    }
    return null;
  }
}
