/** A key as a person means it. Plain data; no bytes. */

/** One key press. */
export interface KeyEvent {
  readonly type: 'key';
  /** The character for keys that write one (`a`, `A`, `?`), else a word: `enter`, `escape`, `up`, `pageup`, `f1`, `space`… */
  readonly name: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** What the key would write; empty for keys that write nothing. */
  readonly text: string;
}

/** A mouse report; columns and rows of the outer terminal, from 0. */
export interface MouseEvent {
  readonly type: 'mouse';
  readonly action: 'press' | 'release' | 'move' | 'wheel';
  /** 0 left, 1 middle, 2 right, 3 none (a move without one); for the wheel 0 up, 1 down, 2 left, 3 right. */
  readonly button: number;
  readonly col: number;
  readonly row: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** What came in, understood. */
export type InputEvent =
  | KeyEvent
  | MouseEvent
  | { readonly type: 'paste'; readonly text: string }
  /** The outer terminal's window got or lost the focus. */
  | { readonly type: 'window-focus'; readonly focused: boolean }
  /** An answer of the outer terminal, or a sequence nobody knows. */
  | { readonly type: 'other'; readonly raw: string };

const LABELS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Delete',
  insert: 'Insert',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/**
 * A key as it is written for people and in tables of keys: `j`, `J`, `Ctrl-C`, `Alt-x`, `Shift-Tab`, `PgDn`, `F5`.
 * @param key the key.
 */
export function keyLabel(key: KeyEvent): string {
  const named = LABELS[key.name] ?? (/^f\d+$/.test(key.name) ? key.name.toUpperCase() : undefined);
  const base = named ?? (key.ctrl ? key.name.toUpperCase() : key.name);
  // A character says by itself whether Shift was held.
  const shift = key.shift && (named !== undefined || key.ctrl) ? 'Shift-' : '';
  return `${key.ctrl ? 'Ctrl-' : ''}${key.alt ? 'Alt-' : ''}${shift}${base}`;
}
