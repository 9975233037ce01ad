/** Where a scan of shell text stands: what is open, and what the next character may be. */
import { createHereDocuments, type HereDocuments } from '../../lesson/commands/here-documents.ts';

/** What is open. */
export type Frame =
  | { readonly kind: 'single' | 'ansi' | 'double' | 'backtick' | 'test' }
  | { readonly kind: 'parameter'; readonly quoted: boolean }
  /** `substitution`: `$(…)`, part of a word. In `words` (array values) and `arithmetic` nothing is a keyword. */
  | { readonly kind: 'parenthesis'; readonly inside: Inside; readonly substitution: boolean }
  | { readonly kind: 'compound'; readonly close: string }
  | { readonly kind: 'case'; readonly part: 'subject' | 'pattern' | 'body' };

/** What stands between parentheses. */
export type Inside = 'commands' | 'words' | 'arithmetic';

/** The state of one scan; changed in place, for there are millions of characters. */
export interface ScanState {
  /** Innermost last. */
  readonly stack: Frame[];
  readonly documents: HereDocuments;
  line: string;
  /** The next word would be a command's name. */
  commandStart: boolean;
  /** The next character starts a word. */
  wordStart: boolean;
  /** The word just read stood where a command's name stands: `()` after it makes a function. */
  named: boolean;
  /** A function's name was read, its body was not. */
  bodyDue: boolean;
  /** The last token was `|`, `&&` or `||`. */
  connected: boolean;
  /** The line ended in a backslash. */
  joined: boolean;
}

/** The state before a command. */
export function createScanState(): ScanState {
  return {
    stack: [],
    documents: createHereDocuments(),
    line: '',
    commandStart: true,
    wordStart: true,
    named: false,
    bodyDue: false,
    connected: false,
    joined: false,
  };
}

/** The innermost open thing. */
export function top(state: ScanState): Frame | undefined {
  return state.stack.at(-1);
}

/** What stands between the innermost parentheses; `commands` where the innermost thing is something else. */
export function inside(state: ScanState): Inside {
  const frame = top(state);
  return frame?.kind === 'parenthesis' ? frame.inside : 'commands';
}

/** A token was read that neither names a command nor ends one. */
export function token(state: ScanState): void {
  state.wordStart = false;
  state.commandStart = false;
  state.named = false;
  state.connected = false;
}

/** The next word is a command's name. */
export function startCommand(state: ScanState): void {
  state.commandStart = true;
  state.wordStart = true;
  state.named = false;
}

/**
 * Index after what a sticky pattern matches at a place; the place itself where it matches nothing.
 * @param pattern a regular expression with the flag `y`.
 * @param line the text.
 * @param at the place.
 */
export function endOf(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}
