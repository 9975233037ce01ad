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

/** How many characters at the beginning are the same. Halving, since comparing stretches costs hardly more than letters. */
function firstDifference(a: string, b: string): number {
  let same = 0;
  let most = Math.min(a.length, b.length);
  while (same < most) {
    const middle = (same + most + 1) >> 1;
    if (b.startsWith(a.slice(same, middle), same)) same = middle;
    else most = middle - 1;
  }
  return same;
}

/** How many characters at the end are the same, `most` at most. */
function sameEnd(a: string, b: string, most: number): number {
  let same = 0;
  let limit = most;
  while (same < limit) {
    const middle = (same + limit + 1) >> 1;
    if (b.endsWith(a.slice(a.length - middle, a.length - same), b.length - same)) same = middle;
    else limit = middle - 1;
  }
  return same;
}

/** The last place before `limit` where writing can begin: not inside of a sequence, never behind what is not ASCII. */
function findEntry(text: string, limit: number, markMayFollow: boolean): Entry {
  let at = 0;
  let cells = 0;
  let styles = '';
  /** The last character that was passed. */
  let before: Entry = { at: 0, cells: 0, styles: '', plain: false };
  while (at < limit) {
    const run = plainEnd(text, at, limit) - at;
    if (run > 0) {
      at += run;
      cells += run;
      before = { at: at - 1, cells: cells - 1, styles, plain: false };
      continue;
    }
    // The character before may be the base of what follows, so it is written again.
    if (text.charCodeAt(at) !== 0x1b) return before;
    const end = text.indexOf('m', at) + 1;
    if (end === 0 || end > limit) break;
    const sequence = text.slice(at, end);
    styles = sequence === RESET_STYLE || sequence === '\x1b[0m' ? '' : styles + sequence;
    at = end;
  }
  return markMayFollow ? before : { at, cells, styles, plain: true };
}

/** Where plain characters from `at` on end, `limit` at most. */
function plainEnd(text: string, at: number, limit: number): number {
  let end = at;
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (code < 0x20 || code > 0x7e) break;
    end++;
  }
  return end;
}

/** How much of the end is the same and need not be written; only where both middles are plain text. */
function commonEnd(before: string, after: string, from: number): number {
  let same = sameEnd(before, after, Math.min(before.length, after.length) - from);
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
