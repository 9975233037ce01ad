/** Finding text in the lines that a terminal keeps, also where the edge of the screen cuts it. Pure. */
import type { HistoryLine, TerminalHistory } from '../../terminal/terminal.ts';
import type { Cells, Spot } from './look-back.ts';

/** A line as it was printed: rows that were wrapped at the edge, together. */
interface WholeLine {
  readonly text: string;
  readonly rows: readonly { readonly number: number; readonly line: HistoryLine; readonly start: number }[];
}

function* wholeLines(history: TerminalHistory, from: number, end: number): Generator<WholeLine> {
  let text = '';
  let rows: WholeLine['rows'][number][] = [];
  for (let number = from; number < end; number++) {
    const line = history.line(number);
    if (!line.wrapped && rows.length > 0) {
      yield { text, rows };
      text = '';
      rows = [];
    }
    rows.push({ number, line, start: text.length });
    text += line.text;
  }
  if (rows.length > 0) yield { text, rows };
}

/** Capitals count only where some were asked for, as in less and vim's smartcase. */
function expression(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), /\p{Lu}/u.test(text) ? 'gu' : 'giu');
}

/**
 * Where a text stands, oldest first.
 * @param history the lines.
 * @param text what is looked for; the empty text stands nowhere.
 */
export function findAll(history: TerminalHistory, text: string): readonly Spot[] {
  if (text === '') return [];
  const spots: Spot[] = [];
  const wanted = expression(text);
  for (const whole of wholeLines(history, history.first, history.end)) {
    for (const { index } of whole.text.matchAll(wanted)) {
      const row = whole.rows.findLast(({ start }) => start <= index);
      if (row !== undefined) spots.push({ line: row.number, col: row.line.colOf(index - row.start) });
    }
  }
  return spots;
}

/**
 * The cells of each row in which a text stands, for the rows of a view.
 * @param history the lines.
 * @param text what is looked for.
 * @param rows how many rows the view has.
 */
export function foundCells(history: TerminalHistory, text: string, rows: number): ReadonlyMap<number, readonly Cells[]> {
  const cells = new Map<number, Cells[]>();
  if (text === '') return cells;
  const wanted = expression(text);
  let { top } = history;
  while (top > history.first && history.line(top).wrapped) top--;
  for (const whole of wholeLines(history, top, Math.min(history.end, history.top + rows))) {
    for (const { index, 0: match } of whole.text.matchAll(wanted)) {
      for (const { number, line, start } of whole.rows) {
        const from = Math.max(0, index - start);
        const to = Math.min(line.text.length, index + match.length - start);
        if (from >= to) continue;
        cells.set(number, [...(cells.get(number) ?? []), { from: line.colOf(from), to: line.colOf(to - 1) + 1 }]);
      }
    }
  }
  return cells;
}

/**
 * The next place of a text from a cell on, round the end.
 * @param spots all places, oldest first.
 * @param from where to begin; its own cell does not count.
 * @param towards `older` or `newer`.
 * @returns the index in `spots`; -1 where there are none.
 */
export function nextFound(spots: readonly Spot[], from: Spot, towards: 'older' | 'newer'): number {
  const order = (spot: Spot) => spot.line - from.line || spot.col - from.col;
  if (towards === 'older') {
    const index = spots.findLastIndex((spot) => order(spot) < 0);
    return index < 0 ? spots.length - 1 : index;
  }
  const index = spots.findIndex((spot) => order(spot) > 0);
  return index < 0 && spots.length > 0 ? 0 : index;
}
