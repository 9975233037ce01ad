/** Looking back goes on when the screen gets another size; what was selected or found does not, as lines are wrapped anew. */
import type { Tab } from '../../engine/engine.ts';
import type { LookBack } from '../../tui/look-back/look-back.ts';

/**
 * Remembers where one looks, by the distance from the newest line.
 * @param back the state before, null where nobody looks back.
 * @param tabs the terminals that are about to be resized.
 * @returns to be called once they are: moves the view there and gives the state after.
 */
export function throughResize(back: LookBack | null, tabs: readonly Tab[]): () => LookBack | null {
  const terminal = tabs.find((tab) => tab.number === back?.tab)?.terminal;
  // A selection of the mouse alone ends, and a program on the alternate screen paints it anew.
  if (back === null || terminal === undefined || !back.keys || back.alternate) return () => null;
  const { history } = terminal;
  const fromEnd = history.end - back.cursor.line;
  const fromTop = Math.max(0, back.cursor.line - history.top);
  return () => {
    const line = Math.max(history.first, Math.min(history.end - fromEnd, history.end - 1));
    history.show(Math.max(history.first, line - Math.min(fromTop, terminal.rows - 1)));
    const col = Math.min(back.cursor.col, terminal.cols - 1);
    return { ...back, cursor: { line, col }, anchor: null, lines: false, found: null };
  };
}
