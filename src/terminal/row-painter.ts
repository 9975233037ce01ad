/**
 * Paints rows straight from the emulator's cells: text and SGR sequences only. One cell object is reused, styles are
 * remembered by the cell's colour words, and a row whose cells are as they were is not painted again.
 */
import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { cellStyle } from './cell-style.ts';
import { lineWords } from './xterm-internals.ts';

/** Content, foreground and background: what xterm keeps of a cell. */
const WORDS_A_CELL = 3;
/** In the content word: the cell holds a string instead of one code point. */
const COMBINED = 0x200000;
/** In the background word: underline style and colour are kept elsewhere. */
const EXTENDED = 0x10000000;
/** Directional overrides and isolates would turn the outer terminal's whole row around. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Paints rows of one screen. */
export interface RowPainter {
  /**
   * The row as text with SGR sequences, exactly `cols` cells wide, ending in a reset.
   * @param slot which row of the pane; what it painted last is remembered there.
   * @param line the emulator's line, undefined for an empty row.
   */
  paint(slot: number, line: IBufferLine | undefined, cols: number): string;
  /** What was painted last in that slot. */
  painted(slot: number): string | undefined;
  /** Forgets what was painted; after a resize. */
  forget(): void;
}

interface PaintedRow {
  text: string;
  cols: number;
  /** A copy of the line's words; empty where they do not tell everything. */
  words: Uint32Array;
}

function sameWords(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** True where the words alone say how the line looks. */
function wordsTellAll(words: Uint32Array): boolean {
  for (let i = 0; i < words.length; i += WORDS_A_CELL) {
    if (((words[i] ?? 0) & COMBINED) !== 0 || ((words[i + 2] ?? 0) & EXTENDED) !== 0) return false;
  }
  return true;
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
  let rows: PaintedRow[] = [];
  let cell: IBufferCell | undefined;

  function styleOf(loaded: IBufferCell, fg: number, bg: number): string {
    if ((bg & EXTENDED) !== 0) return cellStyle(loaded);
    let byBackground = styles.get(fg);
    if (byBackground === undefined) {
      // True colour makes endless pairs; start over rather than grow.
      if (styles.size > 4096) styles.clear();
      byBackground = new Map();
      styles.set(fg, byBackground);
    }
    let style = byBackground.get(bg);
    if (style === undefined) {
      style = cellStyle(loaded);
      if (byBackground.size > 4096) byBackground.clear();
      byBackground.set(bg, style);
    }
    return style;
  }

  /** The style of cell `x`, cheaply where it is its left neighbour's. */
  function nextStyle(loaded: IBufferCell, words: Uint32Array | null, x: number, current: string): string {
    if (words === null) return cellStyle(loaded);
    const at = x * WORDS_A_CELL;
    const fg = words[at + 1] ?? 0;
    const bg = words[at + 2] ?? 0;
    const alike = at > 0 ? fg === words[at - 2] && bg === words[at - 1] : fg === 0 && bg === 0;
    return alike && (bg & EXTENDED) === 0 ? current : styleOf(loaded, fg, bg);
  }

  function paintCells(line: IBufferLine, words: Uint32Array | null, cols: number): string {
    let text = '';
    let style = '\x1b[m';
    let x = 0;
    while (x < cols) {
      const loaded = line.getCell(x, cell);
      if (loaded === undefined) return `${text}\x1b[m${' '.repeat(cols - x)}\x1b[m`;
      cell = loaded;
      const next = nextStyle(loaded, words, x, style);
      if (next !== style) {
        text += next;
        style = next;
      }
      const width = loaded.getWidth();
      // Half of a wide character, cut by the edge, is a space.
      text += x + width > cols ? ' ' : textOf(loaded, width);
      x += Math.max(1, width);
    }
    return `${text}\x1b[m`;
  }

  return {
    paint(slot, line, cols) {
      if (line === undefined) return `${' '.repeat(cols)}\x1b[m`;
      const words = lineWords(line);
      const before = rows[slot];
      if (words !== null && before !== undefined && before.cols === cols && sameWords(words, before.words)) return before.text;
      const text = paintCells(line, words, cols);
      const known = words !== null && wordsTellAll(words);
      if (before !== undefined && known && before.words.length === words.length) {
        before.words.set(words);
        before.text = text;
        before.cols = cols;
      } else {
        rows[slot] = { text, cols, words: known ? words.slice() : new Uint32Array() };
      }
      return text;
    },
    painted(slot) {
      return rows[slot]?.text;
    },
    forget() {
      rows = [];
    },
  };
}
