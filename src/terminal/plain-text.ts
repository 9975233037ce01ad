/**
 * The shortest way for what floods of output are made of: ASCII text and ends of lines go from the bytes that were read
 * straight into the cells, without xterm's decoder, parser and calls in between. Everything else goes to xterm, in
 * windows: sequences come in crowds, and each change of ways costs about as much as a hundred characters.
 *
 * It leaves exactly what xterm 6 leaves. A test feeds both ways the same random streams and compares every cell.
 */
import type { BlankLines } from './blank-lines.ts';
import { type FastPaths, isOrdinary, nextRow } from './xterm-fast-paths.ts';
import {
  type BufferService,
  EMPTY_CELL,
  type InputHandler,
  type Line,
  type ScreenBuffer,
  WIDTH_SHIFT,
  WORDS_A_CELL,
  type XtermHandler,
} from './xterm-handler.ts';

const CR = 0x0d;
const LF = 0x0a;

/** Bytes that go to xterm at a time: few where plain text follows soon, ever more where it does not. */
const WINDOW = { least: 64, most: 65_536, times: 4 } as const;
/** So many bytes of plain text in a row are worth a change of ways. */
const WORTH = 96;

/**
 * Makes a way for bytes into one emulator.
 * @param paths the emulator's shorter ways.
 * @param parse xterm's own way; it takes bytes at once.
 * @param rowsWritten told after each piece which rows of the screen were written to past `parse`, both included.
 * @returns takes bytes that end with a whole character.
 */
export function createPlainWay(
  paths: FastPaths,
  parse: (bytes: Uint8Array) => void,
  rowsWritten: (from: number, to: number) => void,
): (bytes: Uint8Array) => void {
  const way = new PlainWay(paths, parse);
  return (bytes) => {
    way.feed(bytes);
    if (way.lastRow < 0) return;
    rowsWritten(way.firstRow, way.lastRow);
    way.firstRow = Number.POSITIVE_INFINITY;
    way.lastRow = -1;
  };
}

class PlainWay {
  /** Rows written since they were told. */
  firstRow = Number.POSITIVE_INFINITY;
  lastRow = -1;
  private readonly internals: XtermHandler;
  private readonly handler: InputHandler;
  private readonly service: BufferService;
  private readonly blanks: BlankLines;
  private readonly parse: (bytes: Uint8Array) => void;
  /** What xterm remembers of a letter, for marks that may join it. */
  private readonly joinState: number;
  private window: number = WINDOW.least;

  constructor({ internals, blanks }: FastPaths, parse: (bytes: Uint8Array) => void) {
    this.internals = internals;
    this.handler = internals.handler;
    this.service = internals.service;
    this.blanks = blanks;
    this.parse = (bytes) => blanks.whileUnknown(() => parse(bytes));
    this.joinState = this.handler._unicodeService.charProperties(0x61, 0);
    // From here on nobody else writes without that being told.
    this.parse(new Uint8Array());
  }

  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const { _parser } = this.handler;
      // Nothing is in the middle of being read.
      const atRest = _parser.currentState === _parser.initialState;
      if (atRest && isOrdinary(this.handler)) at = this.takePlain(bytes, at);
      if (at < bytes.length) at = this.takeWindow(bytes, at);
    }
  }

  /** What is not plain, and what stands behind it; says where that ends. */
  private takeWindow(bytes: Uint8Array, from: number): number {
    let stop = Math.min(bytes.length, from + this.window);
    // Never between the bytes of one character.
    while (stop < bytes.length && (bytes[stop - 1] as number) >= 0x80) stop++;
    this.parse(from === 0 && stop === bytes.length ? bytes : bytes.subarray(from, stop));
    return stop;
  }

  /** Writes bytes from `from` on, as far as they are plain; says where they end. */
  private takePlain(bytes: Uint8Array, from: number): number {
    const buffer = this.handler._activeBuffer;
    let at = from;
    this.mark(buffer.y);
    for (let next = from; ; at = next) {
      next = this.takeText(bytes, at, buffer);
      next = this.takeEnd(bytes, next, buffer);
      if (next === at) break;
    }
    this.window = at - from >= WORTH ? WINDOW.least : Math.min(this.window * WINDOW.times, WINDOW.most);
    return at;
  }

  /** Characters up to the first byte that is none; says where they end. */
  private takeText(bytes: Uint8Array, from: number, buffer: ScreenBuffer): number {
    const { cols } = this.service;
    let at = from;
    for (;;) {
      const room = cols - buffer.x;
      const stop = Math.min(bytes.length, at + Math.max(room, 1));
      const first = bytes[at] ?? 0;
      if (first < 0x20 || first > 0x7e) return at;
      if (room <= 0) {
        this.nextRow(buffer, true);
        buffer.x = 0;
        continue;
      }
      const end = this.writeText(buffer.lines.get(buffer.ybase + buffer.y), buffer.x, bytes, at, stop);
      buffer.x += end - at;
      this.handler._parser.precedingJoinState = this.joinState;
      at = end;
      if (at < stop) return at;
    }
  }

  /** Characters from `from` on into the cells from column `x`, at most up to `stop`; says where they end. */
  private writeText(line: Line, x: number, bytes: Uint8Array, from: number, stop: number): number {
    const attributes = this.handler._curAttrData;
    const { fg, bg } = attributes;
    const words = line._data;
    let word = x * WORDS_A_CELL;
    // What stays of a wide character whose second cell is written over is an empty cell; likewise below.
    if (x > 0 && (words[word - WORDS_A_CELL] as number) >>> WIDTH_SHIFT === 2) {
      line.setCellFromCodepoint(x - 1, 0, 1, attributes);
    }
    let at = from;
    for (; at < stop; at++) {
      const byte = bytes[at] as number;
      if (byte < 0x20 || byte > 0x7e) break;
      words[word] = byte | EMPTY_CELL;
      words[word + 1] = fg;
      words[word + 2] = bg;
      word += WORDS_A_CELL;
    }
    const end = x + at - from;
    this.blanks.written(line, end);
    if (word < words.length && words[word] === 0) line.setCellFromCodepoint(end, 0, 1, attributes);
    return at;
  }

  /** Ends of lines; says where they end. */
  private takeEnd(bytes: Uint8Array, from: number, buffer: ScreenBuffer): number {
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF) {
        this.nextRow(buffer, false);
        if (buffer.x >= this.service.cols) buffer.x--;
      } else if (byte === CR) {
        buffer.x = 0;
      } else break;
    }
    if (at > from) this.handler._parser.precedingJoinState = 0;
    return at;
  }

  private nextRow(buffer: ScreenBuffer, wraps: boolean): void {
    const { y } = buffer;
    nextRow(this.internals, wraps);
    // Where the cursor stays, all rows above it went up.
    if (buffer.y === y) this.mark(buffer.scrollTop);
    this.mark(buffer.y);
  }

  private mark(row: number): void {
    if (row < this.firstRow) this.firstRow = row;
    if (row > this.lastRow) this.lastRow = row;
  }
}
