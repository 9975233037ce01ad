/** A painted row with what is selected and what was found marked in it. Pure. */
import { stripVTControlCharacters } from 'node:util';
import type { TerminalHistory } from '../../terminal/terminal.ts';
import { sliceStyled } from '../../tui/compositor/styled-text.ts';
import { type Cells, type LookBack, selectedCells } from './look-back.ts';
import { foundCells } from './search-history.ts';

/** Reversed, as every terminal shows it; what was found is underlined as well, so that the two can be told apart. */
const selected = '\x1b[7m';
const found = '\x1b[1;4;7m';
const reset = '\x1b[m';

/**
 * Marks rows of the view of a terminal that is looked back in.
 * @param back the state.
 * @param history the terminal's lines.
 * @param rows rows of the view.
 * @returns marks row `y`, painted and `cols` cells wide.
 */
export function rowMarker(
  back: LookBack,
  history: TerminalHistory,
  rows: number,
): (y: number, row: string, cols: number) => string {
  const places = foundCells(history, back.found?.text ?? '', rows);
  return (y, row, cols) => {
    const line = history.top + y;
    const selection = selectedCells(back, line);
    const marks = (places.get(line) ?? []).map((cells) => ({ ...cells, style: found }));
    return markCells(row, cols, selection === null ? marks : [{ ...selection, style: selected }]);
  };
}

/** The row with some of its cells in another style, which takes the place of their own; marks stand in order. */
function markCells(row: string, cols: number, marks: readonly (Cells & { readonly style: string })[]): string {
  if (marks.length === 0) return row;
  let result = '';
  let at = 0;
  for (const mark of marks) {
    const from = Math.max(at, Math.min(mark.from, cols));
    const to = Math.max(from, Math.min(mark.to, cols));
    if (from > at) result += sliceStyled(row, at, from);
    if (to > from) result += `${mark.style}${stripVTControlCharacters(sliceStyled(row, from, to))}${reset}`;
    at = to;
  }
  return at < cols ? result + sliceStyled(row, at, cols) : result;
}
