/** The two panes as layers, and where the cursor is. Knows where panes are, not what else is on the screen. */

import type { Terminal } from '../../terminal/terminal.ts';
import type { CursorPlace, Layer, Region } from '../../tui/compositor/layer.ts';
import type { PanePlace } from '../../tui/layout.ts';
import type { LinesLayer } from '../../tui/lines-layer.ts';
import type { LookBack } from '../../tui/look-back/look-back.ts';
import { rowMarker } from '../../tui/look-back/look-back-row.ts';
import { intoView } from '../../tui/look-back/perform-look-back.ts';
import { type Situation, shownTab } from '../../tui/situation.ts';
import { fitRow } from '../../tui/text/row.ts';
import { endedLine, hostLines } from './shell-lines.ts';

/** Empty cells at both sides of the lesson's text. */
export const margin = 1;

/**
 * The lesson's text from where the reader is.
 * @param situation the moment.
 * @param place the lesson's pane.
 * @param linesLayer makes layers.
 */
export function lessonLayers({ reading }: Situation, { body }: PanePlace, linesLayer: LinesLayer): readonly Layer[] {
  const text: Region = { ...body, col: body.col + margin, cols: body.cols - margin };
  return [linesLayer({ ...body, cols: margin }, []), linesLayer(text, reading.document.lines, reading.top)];
}

/**
 * The shell that is shown, or what is to be said while there is none.
 * @param situation the moment.
 * @param place the shell's pane.
 * @param linesLayer makes layers.
 */
export function shellLayers(situation: Situation, { body }: PanePlace, linesLayer: LinesLayer): readonly Layer[] {
  const { view, tabs, ui, keys } = situation;
  const tab = shownTab(tabs, ui);
  const there = view.host.status === 'ready' || view.host.status === 'preparing';
  if (!tab || !there)
    return [linesLayer(body, hostLines(view.host, body.cols, body.rows, keys.keyFor('restart-host', ui.focus)))];
  const { terminal } = tab;
  const plain = terminalLayer(terminal, body);
  const rows = ui.back?.tab === tab.number ? markedLayer(plain, ui.back, terminal) : plain;
  if (terminal.alive) return [rows];
  const last: Region = { ...body, row: body.row + body.rows - 1, rows: 1 };
  return [rows, linesLayer(last, [endedLine(keys.keyFor('new-tab', ui.focus))])];
}

/** The last layer of each terminal. */
const layers = new WeakMap<Terminal, Layer>();

/** A terminal's rows: the same layer while it stands where it stood, so that rows are not looked at again for nothing. */
function terminalLayer(terminal: Terminal, body: Region): Layer {
  const last = layers.get(terminal);
  if (last !== undefined && isSame(last.region, body)) return last;
  const layer: Layer = {
    region: { ...body },
    versions: () => terminal.rowVersions ?? null,
    row: (y) => {
      if (y >= terminal.rows) return ' '.repeat(body.cols);
      const row = terminal.paintRow(y);
      return terminal.cols === body.cols ? row : fitRow(row, body.cols);
    },
  };
  layers.set(terminal, layer);
  return layer;
}

function isSame(a: Region, b: Region): boolean {
  return a.col === b.col && a.row === b.row && a.cols === b.cols && a.rows === b.rows;
}

/** The rows with what is selected and found in them; looked at in every frame, as what is found may come and go. */
function markedLayer({ region, row }: Layer, back: LookBack, terminal: Terminal): Layer {
  return {
    region,
    // What is found is looked for once a frame, at its first row.
    row: (() => {
      let mark = rowMarker(back, terminal.history, region.rows);
      return (y: number) => {
        if (y === 0) mark = rowMarker(back, terminal.history, region.rows);
        return mark(y, row(y), region.cols);
      };
    })(),
  };
}

/**
 * Where the outer cursor goes: where the shell's is, while it has the keys and shows its live screen.
 * @param situation the moment.
 */
export function cursorFor({ view, tabs, ui, layout }: Situation): CursorPlace | null {
  const tab = shownTab(tabs, ui);
  const body = layout.shell?.body;
  if (ui.focus !== 'shell' || !tab || !body || view.host.status !== 'ready') return null;
  const { terminal } = tab;
  if (ui.back?.keys === true) {
    const { line, col } = intoView(ui.back.cursor, terminal.history, body.rows);
    return { col: body.col + Math.min(col, body.cols - 1), row: body.row + line - terminal.history.top, shape: 0 };
  }
  const { col, row, visible, shape } = terminal.cursor;
  if (!visible || !terminal.alive || terminal.scrollback > 0 || row >= body.rows) return null;
  return { col: body.col + Math.min(col, body.cols - 1), row: body.row + row, shape };
}
