/**
 * A shell on a screen: pty, VT emulator, shell marks. Knows nothing of lessons, checks or how a host is made.
 * This file holds the promises; `open-terminal.ts` keeps them.
 */

/** One command as the shell's marks told it. */
export interface CommandEnd {
  /** Exit code; null where the shell did not tell. */
  readonly code: number | null;
}

/** Something a terminal tells. */
export type TerminalEvent =
  /** The screen changed; paint when convenient. */
  | { readonly type: 'dirty' }
  | { readonly type: 'prompt' }
  | { readonly type: 'command-started' }
  | { readonly type: 'command-ended'; readonly code: number | null }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'bell' }
  /** The shell is gone. */
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: number | null };

/** Where the inner cursor is; columns and rows from 0 inside the pane. */
export interface TerminalCursor {
  readonly col: number;
  readonly row: number;
  readonly visible: boolean;
  /** DECSCUSR parameter, 0 for the default. */
  readonly shape: number;
}

/** A shell in a pane. */
export interface Terminal {
  readonly cols: number;
  readonly rows: number;
  /** True while the shell waits at its prompt (by its marks). */
  readonly atPrompt: boolean;
  readonly alive: boolean;
  /** Bytes from the learner's keyboard; they reach the pty as they are. */
  input(bytes: Buffer | string): void;
  /** Pastes text, bracketed when the inner program asked for that. */
  paste(text: string): void;
  /**
   * Types one command at the next prompt and waits until it has ended.
   * Rejects with a UserError when the shell exits or `signal` aborts (then Ctrl-C is sent).
   */
  run(command: string, options?: { readonly signal?: AbortSignal; readonly onStart?: () => void }): Promise<CommandEnd>;
  /** Types one command at the next prompt; resolves when it has started, does not wait for its end. */
  start(command: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
  interrupt(): void;
  resize(cols: number, rows: number): void;
  /** Row `y` of the pane from 0 as text with SGR sequences only, exactly `cols` cells wide, ending in a reset. */
  paintRow(y: number): string;
  /** The same row without any styles. */
  textRow(y: number): string;
  readonly cursor: TerminalCursor;
  /** Lines back from the live screen that the pane shows; 0 = live. */
  readonly scrollback: number;
  scroll(lines: number): void;
  on(listener: (event: TerminalEvent) => void): () => void;
  /** Ends the shell and frees everything. */
  close(): void;
}
