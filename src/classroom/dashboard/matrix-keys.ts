/**
 * Moving through the matrix by keyboard: one square of it can be reached by Tab, arrows lead on from there, as the pattern
 * for grids asks (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 */

/** A place in the matrix: row -1 is the line of titles. */
export interface Place {
  readonly row: number;
  readonly col: number;
}

/** How many rows PgUp and PgDn go. */
const PAGE = 10;

/**
 * Where a key leads; null where it leads nowhere.
 * @param key the key's name, as browsers call it.
 * @param ctrl whether Ctrl is held.
 * @param at the place now.
 * @param size how many rows and columns there are.
 */
export function placeAfter(key: string, ctrl: boolean, at: Place, size: { rows: number; cols: number }): Place | null {
  const row = (by: number): Place => ({ row: Math.min(size.rows - 1, Math.max(-1, at.row + by)), col: at.col });
  const col = (to: number): Place => ({ row: at.row, col: Math.min(size.cols - 1, Math.max(0, to)) });
  const moves: ReadonlyMap<string, () => Place> = new Map([
    ['ArrowDown', () => row(1)],
    ['ArrowUp', () => row(-1)],
    ['ArrowRight', () => col(at.col + 1)],
    ['ArrowLeft', () => col(at.col - 1)],
    ['PageDown', () => row(PAGE)],
    ['PageUp', () => row(-PAGE)],
    ['Home', () => (ctrl ? { row: 0, col: 0 } : col(0))],
    ['End', () => (ctrl ? { row: size.rows - 1, col: size.cols - 1 } : col(size.cols - 1))],
  ]);
  return moves.get(key)?.() ?? null;
}
