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
  /** The inner program asks other things of its terminal than before: see `modes`. */
  | { readonly type: 'modes' }
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

/** What the inner program asked of its terminal; the outer terminal and the input router follow it. */
export interface TerminalModes {
  /** Which mouse reports it wants. `press`: buttons and wheel; `drag`: also motion with a button down; `any`: all motion. */
  readonly mouse: 'none' | 'press' | 'drag' | 'any';
  /** How it wants them written: one byte a number (`default`), or decimal (`sgr`). */
  readonly mouseEncoding: 'default' | 'sgr';
  readonly bracketedPaste: boolean;
  /** Arrow keys are wanted as `ESC O A` rather than `ESC [ A`. */
  readonly applicationCursor: boolean;
  readonly focusEvents: boolean;
  /** It draws on the alternate screen, which has no scrollback. */
  readonly alternateScreen: boolean;
}

/** How a command is typed by the program. */
export interface TypeOptions {
  /** Ends waiting; a command that runs by then gets Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two characters; 0 (the default) types at once. */
  readonly keyDelayMs?: number;
  /** How long to wait for the prompt, milliseconds; default 10 000. */
  readonly promptDeadlineMs?: number;
}

/** One line that a terminal keeps. */
export interface HistoryLine {
  /** Without blanks at its end, unless the next line goes on where this one ends. */
  readonly text: string;
  /** It goes on where the line before ended at the edge. */
  readonly wrapped: boolean;
  /** The column, from 0, of a place in `text`. */
  colOf(index: number): number;
  /** The place in `text` of a column; the end of the text where nothing stands there. */
  indexOf(col: number): number;
}

/**
 * The lines that a terminal keeps, scrolled away and on the screen, by number. Numbers stay with their lines while the
 * view is held, and mean other lines after a change of size or of screen.
 */
export interface TerminalHistory {
  /** The oldest line that is kept. */
  readonly first: number;
  /** The number after the last line's. */
  readonly end: number;
  /** The line in the view's first row. */
  readonly top: number;
  line(number: number): HistoryLine;
  /** Moves the view so that this line is in its first row, as far as there are lines. */
  show(line: number): void;
  /** Keeps the view at its lines, whatever is printed, until it is let go. */
  hold(on: boolean): void;
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
   * Types one command at the next prompt and waits until it has ended; several lines are one command.
   * What the learner has typed there and not sent is put aside and comes back afterwards. There is no deadline for the
   * command itself: it is the learner's to end, or `signal`'s.
   * Rejects with a UserError when the shell does not come to its prompt in time (another program, or a shell inside of
   * the shell, is running), when it exits, when the command is incomplete, or when `signal` aborts (then Ctrl-C is sent).
   */
  run(command: string, options?: TypeOptions & { readonly onStart?: () => void }): Promise<CommandEnd>;
  /** Types one command at the next prompt; resolves when it has started, does not wait for its end. */
  start(command: string, options?: TypeOptions): Promise<void>;
  /** Sends Ctrl-C. */
  interrupt(): void;
  resize(cols: number, rows: number): void;
  /** Row `y` of the pane from 0 as text with SGR sequences only, exactly `cols` cells wide, ending in a reset. */
  paintRow(y: number): string;
  /** The same row without any styles. */
  textRow(y: number): string;
  /**
   * A number for each row, live, the same for as long as the row looks the same; absent or null where a row may have
   * changed at any time.
   */
  readonly rowVersions?: ArrayLike<number> | null;
  readonly cursor: TerminalCursor;
  readonly modes: TerminalModes;
  /** Lines back from the live screen that the pane shows; 0 = live. */
  readonly scrollback: number;
  /** Moves the view: positive goes back into the scrollback, negative towards the live screen. */
  scroll(lines: number): void;
  readonly history: TerminalHistory;
  on(listener: (event: TerminalEvent) => void): () => void;
  /**
   * Hears the program's bytes as they come, each piece before what it means is told; for who shows no screen of it.
   * Nothing in them is filtered. Returns the way to stop.
   */
  tap(listener: (bytes: Buffer) => void): () => void;
  /** Ends the shell and frees everything. */
  close(): void;
}
