/**
 * Shorter ways through xterm for what most output is made of: plain ASCII text, and lines that scroll. They do to the
 * cells exactly what xterm 6 does and leave out what only a browser needs: events that nobody here listens to, a new
 * array for every line of a scroll region, five calls a character. Measured on dense text two to three times as fast; in
 * scroll regions likewise.
 *
 * They reach into private members (`xterm-handler.ts`). A test feeds both ways the same random streams and compares every
 * cell.
 */
import type { Terminal as Xterm } from '@xterm/headless';
import { type BlankLines, createBlankLines } from './blank-lines.ts';
import {
  type Attributes,
  EMPTY_CELL,
  EXTENDED,
  findHandler,
  type InputHandler,
  type Line,
  type Lines,
  WORDS_A_CELL,
  type XtermHandler,
} from './xterm-handler.ts';

/** The rows from `top` on go up by one as far as `bottom`, where the one that left at the top comes in again. */
function moveUp(lines: Lines, top: number, bottom: number): Line {
  const line = lines.get(top);
  const first = (lines._startIndex + top) % lines._maxLength;
  const count = bottom - top;
  if (first + count < lines._maxLength) {
    const rows = lines._array;
    for (let at = first; at < first + count; at++) rows[at] = rows[at + 1];
    rows[first + count] = line;
  } else {
    lines.shiftElements(top + 1, count, -1);
    lines.set(bottom, line);
  }
  return line;
}

/** Scrolls by one line within what xterm's own way does for a full buffer or a region; anything else is xterm's. */
function installScroll({ handler, service }: XtermHandler, blanks: BlankLines): void {
  const original = service.scroll.bind(service);
  service.scroll = (attributes, isWrapped = false) => {
    const { buffer } = service;
    const { lines, ybase, scrollTop } = buffer;
    const bottom = ybase + buffer.scrollBottom;
    if (scrollTop > 0) {
      // The line that leaves the region comes back below, emptied, instead of a new one.
      const top = ybase + scrollTop;
      blanks.make(moveUp(lines, top, bottom), attributes, isWrapped);
    } else if (bottom === lines.length - 1 && lines.isFull) {
      blanks.make(lines.recycle(), attributes, isWrapped);
      if (service.isUserScrolling) buffer.ydisp = Math.max(buffer.ydisp - 1, 0);
    } else if (bottom === lines.length - 1) {
      lines.push(blanks.fresh(attributes, isWrapped));
      buffer.ybase++;
    } else {
      original(attributes, isWrapped);
      return;
    }
    if (!service.isUserScrolling) buffer.ydisp = buffer.ybase;
    handler._dirtyRowTracker.markRangeDirty(scrollTop, buffer.scrollBottom);
  };
}

/**
 * Brings the cursor to the next row; its column stays.
 * @param internals of whose screen.
 * @param wraps as a character behind the edge asks for, otherwise as a line feed does.
 */
export function nextRow({ handler, service }: XtermHandler, wraps: boolean): void {
  const buffer = handler._activeBuffer;
  buffer.y++;
  if (buffer.y === buffer.scrollBottom + 1) {
    buffer.y--;
    service.scroll(handler._eraseAttrData(), wraps);
    return;
  }
  const below = buffer.y >= service.rows;
  if (below) buffer.y = service.rows - 1;
  if (wraps || !below) buffer.lines.get(buffer.ybase + buffer.y).isWrapped = wraps;
}

/** LF without the events. */
function installLineFeed(internals: XtermHandler): void {
  const { handler, service } = internals;
  handler.lineFeed = () => {
    const buffer = handler._activeBuffer;
    handler._dirtyRowTracker.markDirty(buffer.y);
    nextRow(internals, false);
    if (buffer.x >= service.cols) buffer.x--;
    handler._dirtyRowTracker.markDirty(buffer.y);
    return true;
  };
}

/**
 * Whether an ASCII character is one cell with the looks that the terminal has now, and nothing else.
 * @param handler of whose terminal.
 */
export function isOrdinary({ _coreService, _charsetService, _curAttrData }: InputHandler): boolean {
  return (
    !_coreService.modes.insertMode &&
    _coreService.decPrivateModes.wraparound &&
    !_charsetService.charset &&
    (_curAttrData.bg & EXTENDED) === 0 &&
    _curAttrData.extended.urlId === 0
  );
}

/** Characters of one cell each, `data` from `start` to `end`, into the cells from column `x`. */
function writeCells(cells: Uint32Array, x: number, data: Uint32Array, start: number, end: number, attributes: Attributes): void {
  const { fg, bg } = attributes;
  let word = x * WORDS_A_CELL;
  for (let at = start; at < end; at++) {
    cells[word++] = (data[at] ?? 0) | EMPTY_CELL;
    cells[word++] = fg;
    cells[word++] = bg;
  }
}

function isAscii(data: Uint32Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((data[i] ?? 0) > 0x7e) return false;
  return true;
}

/** Text that is all ASCII, in an ordinary state of the terminal. */
function installPrint(internals: XtermHandler): void {
  const { handler, service } = internals;
  const original = handler.print.bind(handler);
  const joinState = handler._unicodeService.charProperties(0x61, 0);

  handler.print = (data, start, end) => {
    if (start >= end || !isOrdinary(handler) || !isAscii(data, start, end)) {
      original(data, start, end);
      return;
    }
    const buffer = handler._activeBuffer;
    const attributes = handler._curAttrData;
    const { cols } = service;
    let line = buffer.lines.get(buffer.ybase + buffer.y);
    handler._dirtyRowTracker.markDirty(buffer.y);
    // What stays of a wide character whose second cell is written over is an empty cell; likewise below.
    if (buffer.x > 0 && line.getWidth(buffer.x - 1) === 2) line.setCellFromCodepoint(buffer.x - 1, 0, 1, attributes);
    for (let at = start; at < end; ) {
      if (buffer.x >= cols) {
        nextRow(internals, true);
        buffer.x = 0;
        line = buffer.lines.get(buffer.ybase + buffer.y);
      }
      const stop = Math.min(end, at + cols - buffer.x);
      writeCells(line._data, buffer.x, data, at, stop, attributes);
      buffer.x += stop - at;
      at = stop;
    }
    handler._parser.precedingJoinState = joinState;
    if (buffer.x < cols && line.getWidth(buffer.x) === 0 && !line.hasContent(buffer.x)) {
      line.setCellFromCodepoint(buffer.x, 0, 1, attributes);
    }
    handler._dirtyRowTracker.markDirty(buffer.y);
  };
}

/** The parts of an emulator that go shorter ways. */
export interface FastPaths {
  readonly internals: XtermHandler;
  readonly blanks: BlankLines;
}

/**
 * Installs the shorter ways.
 * @param xterm a fresh emulator with `convertEol` off, whose `onScroll` and `onLineFeed` nobody needs.
 * @returns null where this xterm is not the one they are made for: it then goes its own ways.
 */
export function installFastPaths(xterm: Xterm): FastPaths | null {
  const internals = findHandler(xterm);
  if (internals === null) return null;
  const blanks = createBlankLines(internals);
  installScroll(internals, blanks);
  installLineFeed(internals);
  installPrint(internals);
  return { internals, blanks };
}
