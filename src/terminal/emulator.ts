/**
 * The VT emulator behind a pane: bytes in, rows out. It wraps xterm and knows neither the pty nor the outer terminal.
 */
import unicode11 from '@xterm/addon-unicode11';
import type { IMarker, Terminal as Xterm } from '@xterm/headless';
import xtermHeadless from '@xterm/headless';
import { answerQuestions, type TerminalColors } from './answers.ts';
import { followColumnMode } from './column-mode.ts';
import { createHistory } from './history.ts';
import { type InnerModes, trackInnerModes } from './inner-modes.ts';
import { createPlainWay } from './plain-text.ts';
import { createRowPainter } from './row-painter.ts';
import { createRowVersions } from './row-versions.ts';
import { readShellMark, type ShellMark } from './shell-marks.ts';
import { limitStrings } from './string-limit.ts';
import type { TerminalCursor, TerminalHistory, TerminalModes } from './terminal.ts';
import { safeTitle } from './title.ts';
import { utf8Tail } from './utf8-tail.ts';
import { installFastPaths } from './xterm-fast-paths.ts';
import { directParse, fitAlternateScreen } from './xterm-internals.ts';

/** What the emulator tells while it reads. */
export interface EmulatorListener {
  /** To be written back to the inner program: answers to its questions. */
  reply(text: string): void;
  mark(mark: ShellMark): void;
  title(title: string): void;
  bell(): void;
}

/** How an emulator is made. */
export interface EmulatorOptions {
  readonly cols: number;
  readonly rows: number;
  /** Lines kept above the screen. */
  readonly scrollback: number;
  /** The secret of our shell's marks. */
  readonly markKey: string;
  readonly colors: () => TerminalColors;
}

/** One emulated screen. */
export interface Emulator {
  readonly cols: number;
  readonly rows: number;
  readonly cursor: TerminalCursor;
  /** The same object for as long as nothing in it changes. */
  readonly modes: TerminalModes;
  /** Lines between the view and the live screen. */
  readonly scrollback: number;
  /** True while the inner program holds back a half-drawn screen (`CSI ? 2026 h`). */
  readonly heldBack: boolean;
  /** Reads bytes at once; all of the listener's calls happen inside. */
  feed(bytes: Uint8Array): void;
  resize(cols: number, rows: number): void;
  scroll(lines: number): void;
  scrollToLive(): void;
  readonly history: TerminalHistory;
  paintRow(y: number): string;
  /** What `paintRow` gave last for this row, however the row has changed since; undefined before the first time. */
  paintedRow(y: number): string | undefined;
  textRow(y: number): string;
  /** A number for each row of the view, live, the same for as long as the row looks the same; null where nobody knows. */
  readonly rowVersions: ArrayLike<number> | null;
  /** Gives every row a new version. */
  touchRows(): void;
  /** Paints every row anew when it is asked for next. */
  forgetPainted(): void;
  /** Remembers where the cursor is as the place where typing begins. */
  markInputStart(): void;
  /** False where something stands behind the place that `markInputStart` remembered; true where it looks empty. */
  inputLooksEmpty(): boolean;
  dispose(): void;
}

/** xterm refuses fewer. */
const FEWEST_COLS = 2;
const NOTHING = new Uint8Array();

function mouseKind(mode: 'none' | 'x10' | 'vt200' | 'drag' | 'any'): TerminalModes['mouse'] {
  return mode === 'x10' || mode === 'vt200' ? 'press' : mode;
}

function readModes(xterm: Xterm, inner: InnerModes): TerminalModes {
  const modes = xterm.modes;
  return {
    mouse: mouseKind(modes.mouseTrackingMode),
    mouseEncoding: inner.mouseEncoding,
    bracketedPaste: modes.bracketedPasteMode,
    applicationCursor: modes.applicationCursorKeysMode,
    focusEvents: modes.sendFocusMode,
    alternateScreen: xterm.buffer.active.type === 'alternate',
  };
}

function sameModes(a: TerminalModes, b: TerminalModes): boolean {
  return (Object.keys(a) as (keyof TerminalModes)[]).every((name) => a[name] === b[name]);
}

/**
 * Makes an emulator.
 * @param options size and settings.
 * @param listener called while bytes are read.
 */
export function createEmulator(options: EmulatorOptions, listener: EmulatorListener): Emulator {
  const xterm = new xtermHeadless.Terminal({
    cols: Math.max(FEWEST_COLS, options.cols),
    rows: Math.max(1, options.rows),
    scrollback: options.scrollback,
    allowProposedApi: true,
    logLevel: 'off',
    // `CSI 18 t`: the size in cells, and nothing else about the window.
    windowOptions: { getWinSizeChars: true },
    // Known to xterm but not to its headless typings; `feed` would otherwise end the scrolled-back view.
    ...({ scrollOnUserInput: false } as object),
  });
  xterm.loadAddon(new unicode11.Unicode11Addon());
  xterm.unicode.activeVersion = '11';
  const paths = installFastPaths(xterm);
  followColumnMode(xterm);
  const inner = trackInnerModes(xterm);
  const painter = createRowPainter();
  const reader = createRowPainter();
  const versions = createRowVersions(xterm);
  /** What of each row was painted last. */
  let paintedVersions: number[] = [];
  // The getter checks options at each call; the object stays the same.
  const { buffer: buffers } = xterm;
  const direct = directParse(xterm);
  const parse =
    direct === null || paths === null ? direct : createPlainWay(paths, direct, (from, to) => versions.touch(from, to));
  let modes = readModes(xterm, inner);
  let modesVersion = inner.version;
  /** The beginning of a character whose end has not come yet. */
  let tail: Uint8Array = NOTHING;
  let inputStart: { readonly marker: IMarker; readonly col: number } | null = null;

  answerQuestions(xterm, (text) => listener.reply(text), options.colors);
  xterm.onData((text) => {
    if (text !== '') listener.reply(text);
  });
  xterm.onBell(() => listener.bell());
  xterm.onTitleChange((title) => listener.title(safeTitle(title)));
  xterm.parser.registerOscHandler(133, (payload) => {
    const mark = readShellMark(payload, options.markKey);
    if (mark !== null) listener.mark(mark);
    return true;
  });

  limitStrings(xterm);

  /** False while the view is certainly at the live screen, which is nearly always: xterm keeps it there. */
  let looksBack = false;
  buffers.onBufferChange(() => {
    looksBack = true;
  });
  function back(): number {
    if (!looksBack) return 0;
    const lines = buffers.active.baseY - buffers.active.viewportY;
    looksBack = lines > 0;
    return lines;
  }

  const history = createHistory(xterm, () => {
    looksBack = true;
    versions.touchAll();
  });

  return {
    history,
    get cols() {
      return xterm.cols;
    },
    get rows() {
      return xterm.rows;
    },
    get cursor() {
      const { cursorX, cursorY } = buffers.active;
      return {
        col: Math.min(cursorX, xterm.cols - 1),
        row: cursorY,
        visible: inner.cursorVisible && back() === 0,
        shape: inner.cursorShape,
      };
    },
    get modes() {
      if (inner.version !== modesVersion) {
        const now = readModes(xterm, inner);
        // The same object while it says the same, so that a change can be seen by identity.
        if (!sameModes(now, modes)) modes = now;
        modesVersion = inner.version;
      }
      return modes;
    },
    get scrollback() {
      return back();
    },
    get heldBack() {
      return inner.heldBack;
    },
    feed(piece) {
      const bytes = tail.length > 0 ? Buffer.concat([tail, piece]) : piece;
      const whole = bytes.length - utf8Tail(bytes);
      // Copied, as the piece belongs to the caller.
      tail = whole < bytes.length ? Uint8Array.from(bytes.subarray(whole)) : NOTHING;
      const text = whole < bytes.length ? bytes.subarray(0, whole) : bytes;
      if (parse !== null) {
        parse(text);
      } else {
        // The public way: what follows user input is read at once and not with the next timer, so an empty one comes
        // first (xterm 6, WriteBuffer.write). The caller's own pace is then the only queue.
        xterm.input('', true);
        xterm.write(text);
      }
      // In a view that looks back, rows move when the oldest lines are dropped, and nobody tells.
      if (back() > 0) versions.touchAll();
      history.fed();
    },
    resize(cols, rows) {
      xterm.resize(Math.max(FEWEST_COLS, cols), Math.max(1, rows));
      fitAlternateScreen(xterm);
      paths?.blanks.forget();
      history.resized();
      this.forgetPainted();
    },
    forgetPainted() {
      painter.forget();
      paintedVersions = [];
      versions.touchAll();
    },
    scroll(lines) {
      xterm.scrollLines(-lines);
      looksBack = true;
      versions.touchAll();
    },
    scrollToLive() {
      xterm.scrollToBottom();
      versions.touchAll();
    },
    paintRow(y) {
      const version = versions.of(y);
      const painted = paintedVersions[y] === version ? painter.painted(y) : undefined;
      if (painted !== undefined) return painted;
      paintedVersions[y] = version;
      const buffer = buffers.active;
      return painter.paint(y, buffer.getLine(buffer.viewportY + y), xterm.cols);
    },
    get rowVersions() {
      return versions.all;
    },
    touchRows: () => versions.touchAll(),
    paintedRow(y) {
      return painter.painted(y);
    },
    textRow(y) {
      // Painted anew and for itself: in the middle of a read nobody has told yet which rows changed.
      const buffer = buffers.active;
      return reader.paint(y, buffer.getLine(buffer.viewportY + y), xterm.cols).replaceAll(/\x1b\[[0-9;:]*m/g, '');
    },
    markInputStart() {
      inputStart?.marker.dispose();
      const marker = xterm.registerMarker(0);
      inputStart = marker === undefined ? null : { marker, col: buffers.active.cursorX };
    },
    inputLooksEmpty() {
      if (inputStart === null || inputStart.marker.isDisposed) return false;
      const buffer = buffers.active;
      if (inputStart.marker.line !== buffer.baseY + buffer.cursorY || inputStart.col !== buffer.cursorX) return false;
      return buffer.getLine(inputStart.marker.line)?.translateToString(true, inputStart.col).trim() === '';
    },
    dispose() {
      xterm.dispose();
    },
  };
}
