/**
 * Paints rows straight from the emulator's cells: text and SGR sequences only. Runs of plain text are taken as a whole,
 * styles are remembered by the cell's colour words, and one cell object is reused for everything else.
 */
import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { cellStyle } from './cell-style.ts';
import { EMPTY_CELL, EXTENDED, WORDS_A_CELL } from './xterm-handler.ts';
import { lineWords } from './xterm-internals.ts';

/** Directional overrides and isolates would turn the outer terminal's whole row around. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Paints rows of one screen. */
export interface RowPainter {
  /**
   * The row as text with SGR sequences, exactly `cols` cells wide, ending in a reset.
   * @param slot which row of the pane; what was painted there is kept.
   * @param line the emulator's line, undefined for an empty row.
   */
  paint(slot: number, line: IBufferLine | undefined, cols: number): string;
  /** What was painted last in that slot. */
  painted(slot: number): string | undefined;
  /** Forgets what was painted; after a resize. */
  forget(): void;
}

const RESET = '\x1b[m';

/**
 * How many cells from `x` on are ASCII or empty in one style; their bytes are in `ascii` then. Without calls in its loop:
 * for a key, a row is painted by code that is not compiled yet.
 */
function plainRun(ascii: Buffer, words: Uint32Array, x: number, cols: number): number {
  const first = x * WORDS_A_CELL;
  const fg = words[first + 1];
  const bg = words[first + 2] as number;
  let count = 0;
  for (let at = first; at < cols * WORDS_A_CELL; at += WORDS_A_CELL) {
    if (words[at + 1] !== fg || words[at + 2] !== bg) break;
    // Anything but one cell of at most seven bits is above.
    const code = (words[at] as number) - EMPTY_CELL;
    if (code >= 0x20 && code < 0x7f) ascii[count] = code;
    else if (code === 0) ascii[count] = 0x20;
    else break;
    count++;
  }
  return (bg & EXTENDED) === 0 ? count : Math.min(count, 1);
}

/** The cell's characters, made harmless. */
function textOf(cell: IBufferCell, width: number): string {
  const chars = cell.getChars();
  if (chars === '') return ' ';
  if (chars.length === 1) {
    const code = chars.charCodeAt(0);
    if (code >= 0x20 && code < 0x7f) return chars;
    if (code < 0xa0) return ' ';
  }
  const safe = chars.replace(BIDI_CONTROLS, '');
  if (safe === '') return width === 2 ? '  ' : ' ';
  // A mark that combines with nothing gets a space to stand on.
  return width === 0 ? ` ${safe}` : safe;
}

/** Makes a painter for one screen. */
export function createRowPainter(): RowPainter {
  const styles = new Map<number, Map<number, string>>();
  let rows: string[] = [];
  let cell: IBufferCell | undefined;
  let ascii = Buffer.alloc(0);

  function load(line: IBufferLine, x: number): IBufferCell | undefined {
    cell = line.getCell(x, cell) ?? cell;
    return cell;
  }

  /** The style of cell `x`, remembered by its colour words. */
  function styleAt(line: IBufferLine, words: Uint32Array, x: number): string {
    const fg = words[x * WORDS_A_CELL + 1] ?? 0;
    const bg = words[x * WORDS_A_CELL + 2] ?? 0;
    if (fg === 0 && bg === 0) return RESET;
    const known = (bg & EXTENDED) === 0 ? styles.get(fg)?.get(bg) : undefined;
    if (known !== undefined) return known;
    const loaded = load(line, x);
    const style = loaded === undefined ? RESET : cellStyle(loaded);
    if ((bg & EXTENDED) === 0) remember(fg, bg, style);
    return style;
  }

  function remember(fg: number, bg: number, style: string): void {
    // True colour makes endless pairs; start over rather than grow.
    if (styles.size > 4096) styles.clear();
    let byBackground = styles.get(fg);
    if (byBackground === undefined || byBackground.size > 4096) {
      byBackground = new Map();
      styles.set(fg, byBackground);
    }
    byBackground.set(bg, style);
  }

  /** A row whose words are known: runs of plain text whole, anything else cell by cell. */
  function paintWords(line: IBufferLine, words: Uint32Array, cols: number): string {
    if (ascii.length < cols) ascii = Buffer.alloc(cols);
    let text = '';
    let style = RESET;
    let x = 0;
    while (x < cols) {
      const next = styleAt(line, words, x);
      if (next !== style) text += next;
      style = next;
      const run = plainRun(ascii, words, x, cols);
      if (run > 0) {
        text += ascii.toString('latin1', 0, run);
        x += run;
      } else {
        const painted = paintCell(line, x, cols);
        text += painted.text;
        x += painted.width;
      }
    }
    return `${text}${RESET}`;
  }

  function paintCell(line: IBufferLine, x: number, cols: number): { readonly text: string; readonly width: number } {
    const loaded = load(line, x);
    const width = loaded?.getWidth() ?? 1;
    // Half of a wide character, cut by the edge, is a space.
    const text = loaded === undefined || x + width > cols ? ' ' : textOf(loaded, width);
    return { text, width: Math.max(1, width) };
  }

  /** The public way: every cell asked for its looks. */
  function paintCells(line: IBufferLine, cols: number): string {
    let text = '';
    let style = RESET;
    for (let x = 0; x < cols; ) {
      const loaded = load(line, x);
      const next = loaded === undefined ? RESET : cellStyle(loaded);
      const painted = paintCell(line, x, cols);
      text += next === style ? painted.text : next + painted.text;
      style = next;
      x += painted.width;
    }
    return `${text}${RESET}`;
  }

  return {
    paint(slot, line, cols) {
      const whole = Math.min(cols, line?.length ?? 0);
      const words = line === undefined ? null : lineWords(line);
      let text = '';
      if (line !== undefined) text = words === null ? paintCells(line, whole) : paintWords(line, words, whole);
      if (whole < cols) text += `${' '.repeat(cols - whole)}${RESET}`;
      rows[slot] = text;
      return text;
    },
    painted(slot) {
      return rows[slot];
    },
    forget() {
      rows = [];
    },
  };
}
