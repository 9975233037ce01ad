/**
 * Looking back in a shell: a cursor of its own, a selection and a search over the lines that the terminal keeps. Data and
 * what follows from it; it knows neither keys (`perform-look-back.ts`) nor colours (`look-back-row.ts`). Pure.
 */
import type { HistoryLine, TerminalHistory } from '../../terminal/terminal.ts';

/** A cell of the history. */
export interface Spot {
  /** The line's number in the history. */
  readonly line: number;
  /** Column from 0. */
  readonly col: number;
}

/** A search, and which of its places the cursor is at. */
export interface Found {
  readonly text: string;
  /** From 1, counted from the newest; 0 where there is none. */
  readonly at: number;
  readonly total: number;
}

/** The state of looking back in one tab. */
export interface LookBack {
  readonly tab: number;
  /** False while only the mouse selects: then what is typed is the shell's. */
  readonly keys: boolean;
  /** The alternate screen was looked at; leaving it ends this. */
  readonly alternate: boolean;
  readonly cursor: Spot;
  /** Where the selection begins; null while nothing is selected. */
  readonly anchor: Spot | null;
  /** Whether whole lines are selected. */
  readonly lines: boolean;
  readonly found: Found | null;
}

/** Cells of one row, `to` not included. */
export interface Cells {
  readonly from: number;
  readonly to: number;
}

/** Which of two cells comes first. */
function before(a: Spot, b: Spot): boolean {
  return a.line < b.line || (a.line === b.line && a.col < b.col);
}

/** The selection's first and last cell. */
function ends({ anchor, cursor }: LookBack): readonly [Spot, Spot] | null {
  if (anchor === null) return null;
  return before(cursor, anchor) ? [cursor, anchor] : [anchor, cursor];
}

/**
 * The cells of a line that are selected; null where none are.
 * @param back the state.
 * @param line the line's number.
 */
export function selectedCells(back: LookBack, line: number): Cells | null {
  const [first, last] = ends(back) ?? [];
  if (first === undefined || last === undefined || line < first.line || line > last.line) return null;
  if (back.lines) return { from: 0, to: Number.MAX_SAFE_INTEGER };
  return { from: line === first.line ? first.col : 0, to: line === last.line ? last.col + 1 : Number.MAX_SAFE_INTEGER };
}

/**
 * How many lines are selected; a line that was wrapped at the edge counts once.
 * @param back the state.
 * @param history the lines.
 */
export function selectedLines(back: LookBack, history: TerminalHistory): number {
  const [first, last] = ends(back) ?? [];
  if (first === undefined || last === undefined) return 0;
  let count = 1;
  for (let line = first.line + 1; line <= last.line; line++) if (!history.line(line).wrapped) count++;
  return count;
}

/**
 * What is selected, as text: lines that were wrapped at the edge are whole again.
 * @param back the state.
 * @param history the lines.
 */
export function selectedText(back: LookBack, history: TerminalHistory): string {
  const [first, last] = ends(back) ?? [];
  if (first === undefined || last === undefined) return '';
  let text = '';
  for (let number = Math.max(first.line, history.first); number <= last.line; number++) {
    const line = history.line(number);
    const cells = selectedCells(back, number);
    if (number > first.line && !line.wrapped) text += '\n';
    if (cells !== null) text += line.text.slice(line.indexOf(cells.from), line.indexOf(cells.to));
  }
  return back.lines ? `${text}\n` : text;
}

/**
 * The last column that something stands in; 0 in an empty line.
 * @param line the line.
 */
export function lastCol(line: HistoryLine): number {
  return Math.max(0, line.colOf(line.text.length - 1));
}
