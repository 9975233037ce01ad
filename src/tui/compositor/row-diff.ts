/** From the old contents of a stretch of a row to the new, with few bytes. Pure. */
import { moveTo, RESET_STYLE } from './sequences.ts';

/** What to write, and where the cursor stands afterwards; null where that depends on the terminal's own widths. */
export interface RowUpdate {
  readonly text: string;
  readonly endCol: number | null;
}

/** Where the new text can be entered: everything before is on the screen already. */
interface Entry {
  /** Index into the text. */
  readonly at: number;
  /** Cells before it. */
  readonly cells: number;
  /** SGR sequences that hold there, since the last reset. */
  readonly styles: string;
  /** True where only plain ASCII stands before it. */
  readonly plain: boolean;
}

const isPlain = (code: number) => code >= 0x20 && code < 0x7f;

function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let i = 0;
  while (i < shorter && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

/** The last place before `limit` where writing can begin: not inside of a sequence, never behind what is not ASCII. */
function findEntry(text: string, limit: number, markMayFollow: boolean): Entry {
  let at = 0;
  let cells = 0;
  let styles = '';
  let before: Entry = { at: 0, cells: 0, styles: '', plain: true };
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (isPlain(code)) {
      before = { at, cells, styles, plain: true };
      at++;
      cells++;
      continue;
    }
    // The character before may be the base of what follows, so it is written again.
    if (code !== 0x1b) return { ...before, plain: false };
    const end = text.indexOf('m', at) + 1;
    if (end === 0 || end > limit) break;
    const sequence = text.slice(at, end);
    styles = sequence === RESET_STYLE || sequence === '\x1b[0m' ? '' : styles + sequence;
    at = end;
  }
  return markMayFollow ? { ...before, plain: false } : { at, cells, styles, plain: true };
}

/** How much of the end is the same and need not be written; only where both middles are plain text. */
function commonEnd(before: string, after: string, from: number): number {
  let same = 0;
  const most = Math.min(before.length, after.length) - from;
  while (same < most && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  // The end must not begin with something that belongs to the character before it.
  while (same > 0 && !beginsCleanly(after, after.length - same)) same--;
  const plain = (text: string) => /^[\x20-\x7e]*$/.test(text.slice(from, text.length - same));
  return plain(before) && plain(after) ? same : 0;
}

function beginsCleanly(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 0x1b) return true;
  return isPlain(code) && !insideSequence(text, at);
}

/** True where the characters up to `at` are the tail of an SGR sequence. */
function insideSequence(text: string, at: number): boolean {
  const start = text.lastIndexOf('\x1b', at);
  return start !== -1 && text.indexOf('m', start) >= at;
}

/**
 * Writes the difference between two versions of a stretch.
 * @param row outer row from 0.
 * @param col outer column of the stretch's first cell, from 0.
 * @param before what is on the screen there; null where that is not known.
 * @param after what shall be there, of the same width, ending in a reset.
 */
export function updateRow(row: number, col: number, before: string | null, after: string): RowUpdate {
  if (before === null) return { text: moveTo(col, row) + after, endCol: null };
  const difference = firstDifference(before, after);
  const follows = Math.max(before.charCodeAt(difference) || 0, after.charCodeAt(difference) || 0);
  const entry = findEntry(after, difference, follows > 0x7e);
  const cut = entry.plain ? commonEnd(before, after, entry.at) : 0;
  const middle = after.slice(entry.at, after.length - cut);
  const text = moveTo(col + entry.cells, row) + entry.styles + middle;
  if (cut === 0) return { text, endCol: null };
  return { text: entry.styles === '' ? text : text + RESET_STYLE, endCol: col + entry.cells + middle.length };
}
