/**
 * The parts of xterm 6 that the shorter ways through it reach into, and the search for them. Where one is missing or is
 * another kind of thing, nothing is found, and xterm goes its own way.
 */
import type { Terminal as Xterm } from '@xterm/headless';

/** What new cells look like. */
export interface Attributes {
  readonly fg: number;
  readonly bg: number;
  readonly extended: { readonly urlId: number };
}

/** A row: three words a cell, content, foreground, background. */
export interface Line {
  readonly _data: Uint32Array;
  readonly length: number;
  isWrapped: boolean;
  copyFrom(line: Line): void;
  clone(): Line;
  getWidth(x: number): number;
  hasContent(x: number): number;
  setCellFromCodepoint(x: number, code: number, width: number, attributes: Attributes): void;
}

/** A ring of rows: scrollback and screen. */
export interface Lines {
  readonly length: number;
  readonly isFull: boolean;
  readonly _array: (Line | undefined)[];
  readonly _startIndex: number;
  readonly _maxLength: number;
  get(index: number): Line;
  set(index: number, line: Line): void;
  recycle(): Line;
  push(line: Line): void;
  shiftElements(start: number, count: number, offset: number): void;
}

/** One of the two screens. */
export interface ScreenBuffer {
  x: number;
  y: number;
  ybase: number;
  ydisp: number;
  scrollTop: number;
  scrollBottom: number;
  readonly lines: Lines;
  getBlankLine(attributes: Attributes, isWrapped: boolean): Line;
}

/** Keeps both screens. */
export interface BufferService {
  readonly buffers: { readonly normal: ScreenBuffer; readonly alt: ScreenBuffer };
  readonly buffer: ScreenBuffer;
  readonly cols: number;
  readonly rows: number;
  readonly isUserScrolling: boolean;
  scroll(attributes: Attributes, isWrapped?: boolean): void;
}

/** Does what the parser finds. */
export interface InputHandler {
  readonly _activeBuffer: ScreenBuffer;
  readonly _curAttrData: Attributes;
  readonly _charsetService: { readonly charset: unknown; setgLevel(level: number): void };
  readonly _coreService: {
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: { readonly wraparound: boolean };
  };
  readonly _unicodeService: { charProperties(code: number, preceding: number): number };
  readonly _parser: { precedingJoinState: number; readonly currentState: number; readonly initialState: number };
  readonly _dirtyRowTracker: { markDirty(row: number): void; markRangeDirty(from: number, to: number): void };
  _eraseAttrData(): Attributes;
  print(data: Uint32Array, start: number, end: number): void;
  lineFeed(): boolean;
}

/** Both, of one emulator. */
export interface XtermHandler {
  readonly handler: InputHandler;
  readonly service: BufferService;
}

/** Words of a cell in a line. */
export const WORDS_A_CELL = 3;
/** Where the width of a cell begins in the content word. */
export const WIDTH_SHIFT = 22;
/** The content word of an empty cell; that of a character of one cell is more by its code. */
export const EMPTY_CELL = 1 << WIDTH_SHIFT;
/** In the background word: underline style and colour, or a link, are kept elsewhere. */
export const EXTENDED = 0x10000000;

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/**
 * Looks for everything that is used.
 * @param xterm an emulator.
 * @returns null where this xterm is built otherwise.
 */
export function findHandler(xterm: Xterm): XtermHandler | null {
  const core = (xterm as { _core?: { _inputHandler?: InputHandler; _bufferService?: BufferService } })._core;
  const handler = core?._inputHandler;
  const service = core?._bufferService;
  const lines = service?.buffer?.lines;
  const line = lines?.get?.(0);
  const functions = [
    handler?.print,
    handler?.lineFeed,
    handler?._eraseAttrData,
    handler?._dirtyRowTracker?.markDirty,
    handler?._dirtyRowTracker?.markRangeDirty,
    handler?._unicodeService?.charProperties,
    handler?._charsetService?.setgLevel,
    service?.scroll,
    service?.buffer?.getBlankLine,
    service?.buffers?.normal?.lines?.get,
    service?.buffers?.alt?.lines?.get,
    lines?.set,
    lines?.recycle,
    lines?.push,
    lines?.shiftElements,
    line?.copyFrom,
    line?.clone,
    line?.getWidth,
    line?.hasContent,
    line?.setCellFromCodepoint,
  ];
  const numbers = [
    handler?._curAttrData?.fg,
    handler?._parser?.precedingJoinState,
    handler?._parser?.currentState,
    service?.buffer?.ybase,
    service?.cols,
    lines?._startIndex,
    lines?._maxLength,
  ];
  const flags = [handler?._coreService?.modes?.insertMode, handler?._coreService?.decPrivateModes?.wraparound, lines?.isFull];
  const known =
    functions.every(isFunction) &&
    numbers.every((value) => typeof value === 'number') &&
    flags.every((value) => typeof value === 'boolean') &&
    line?._data instanceof Uint32Array &&
    Array.isArray(lines?._array) &&
    handler !== undefined &&
    handler._parser.initialState === handler._parser.currentState &&
    handler._activeBuffer === service?.buffer;
  return known && service !== undefined ? { handler, service } : null;
}
