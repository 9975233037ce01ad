/**
 * All lines that an emulator keeps, the screen's among them. A line's number stays with it while older lines are dropped,
 * for as long as the view is held: who looks back keeps cursor and selection by number.
 */
import type { IBufferLine, IMarker, Terminal as Xterm } from '@xterm/headless';
import type { HistoryLine, TerminalHistory } from './terminal.ts';

/** The history, and what its emulator tells it. */
export interface KeptHistory extends TerminalHistory {
  /** Something was printed. */
  fed(): void;
  /** The screen got another size, and lines may have been wrapped anew. */
  resized(): void;
}

const plain = /^[\x20-\x7e]*$/;

/**
 * Follows the lines of one emulator.
 * @param xterm the emulator.
 * @param moved told when the view was moved.
 */
export function createHistory(xterm: Xterm, moved: () => void): KeptHistory {
  const { buffer: buffers } = xterm;
  let dropped = 0;
  let held = false;
  let top = 0;
  /** Goes up with the lines as others are dropped; the alternate screen drops none and has no markers. */
  let ruler: IMarker | undefined;
  let rulerLine = 0;

  function layRuler(): void {
    ruler?.dispose();
    ruler = held ? xterm.registerMarker(0) : undefined;
    rulerLine = ruler?.line ?? 0;
  }

  function show(line: number): void {
    const { viewportY, baseY } = buffers.active;
    const wanted = Math.max(0, Math.min(line - dropped, baseY));
    if (wanted !== viewportY) {
      xterm.scrollLines(wanted - viewportY);
      moved();
    }
    top = wanted + dropped;
  }

  return {
    get first() {
      return dropped;
    },
    get end() {
      return dropped + buffers.active.length;
    },
    get top() {
      return dropped + buffers.active.viewportY;
    },
    line(number) {
      const buffer = buffers.active;
      const index = number - dropped;
      return readLine(buffer.getLine(index), buffer.getLine(index + 1)?.isWrapped === true);
    },
    show,
    hold(on) {
      held = on;
      top = dropped + buffers.active.viewportY;
      layRuler();
    },
    fed() {
      if (!held) return;
      if (ruler !== undefined) {
        // Where even the ruler was dropped, so was everything that stood above it.
        dropped += ruler.isDisposed ? rulerLine + 1 : rulerLine - ruler.line;
        layRuler();
      }
      show(Math.max(top, dropped));
    },
    resized() {
      if (held) this.hold(true);
    },
  };
}

/** A line as text; `goesOn`: the next one belongs to it, so that blanks at its end are its own. */
function readLine(line: IBufferLine | undefined, goesOn: boolean): HistoryLine {
  const text = line?.translateToString(!goesOn) ?? '';
  const wrapped = line?.isWrapped === true;
  if (line === undefined || plain.test(text))
    return { text, wrapped, colOf: (index) => index, indexOf: (col) => Math.min(col, text.length) };
  const columns = columnsOf(line);
  return {
    text,
    wrapped,
    colOf: (index) => columns[index] ?? columns.length,
    indexOf(col) {
      const index = columns.findIndex((column) => column >= col);
      return index < 0 ? text.length : Math.min(index, text.length);
    },
  };
}

/** The column of each UTF-16 unit of a line's text. */
function columnsOf(line: IBufferLine): readonly number[] {
  const columns: number[] = [];
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const { length } = cell.getChars();
    for (let unit = 0; unit < Math.max(1, length); unit++) columns.push(x);
  }
  return columns;
}
