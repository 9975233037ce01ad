/**
 * Opens a terminal: a program behind a pty, its screen in an emulator, its shell followed by marks. It knows nothing of
 * lessons, and nothing of how the host made the command that is run.
 *
 * Bytes are read into the emulator as they come, inside the pty's own callback: the kernel's buffer is the only queue,
 * so that a program which floods its terminal waits for us, and no memory grows.
 */
import type { ShellCommand } from '../host/host.ts';
import { defaultColors, type TerminalColors } from './answers.ts';
import { createEmulator } from './emulator.ts';
import { createHoldBack } from './hold-back.ts';
import { createKeyGate } from './key-gate.ts';
import { pastedText } from './paste.ts';
import { openPty } from './pty.ts';
import type { ShellIntegration } from './shell-integration.ts';
import type { ShellMark } from './shell-marks.ts';
import { createShellWatch } from './shell-watch.ts';
import type { Terminal, TerminalCursor, TerminalEvent } from './terminal.ts';
import { createTypist } from './typist.ts';

/** How a terminal is opened. */
export interface OpenTerminalOptions {
  readonly command: ShellCommand;
  readonly cols: number;
  readonly rows: number;
  /** The one whose rc file the shell was started with. */
  readonly integration: ShellIntegration;
  /** Lines kept above the screen; default 5000. */
  readonly scrollback?: number;
  /** What inner programs are told when they ask for the colours; asked each time. */
  readonly colors?: () => TerminalColors;
}

const SCROLLBACK = 5000;

/** True for keys that end the shell's line: Enter, Ctrl-J, Ctrl-C, Ctrl-D. */
function endsLine(bytes: Buffer | string): boolean {
  if (typeof bytes === 'string') return /[\r\n\x03\x04]/.test(bytes);
  for (const byte of bytes) if (byte === 0x0d || byte === 0x0a || byte === 0x03 || byte === 0x04) return true;
  return false;
}

/**
 * Opens a terminal and starts its program.
 * @param options the program, its size in cells, and its shell's marks.
 * @throws UserError where this system has no pty library.
 */
export function openTerminal(options: OpenTerminalOptions): Terminal {
  const watch = createShellWatch();
  const listeners = new Set<(event: TerminalEvent) => void>();
  const taps = new Set<(bytes: Buffer) => void>();
  let alive = true;
  let closed = false;
  /** The cursor as it was asked for last. */
  let seenCursor: TerminalCursor | null = null;
  const holdBack = createHoldBack(() => {
    emulator.touchRows();
    tell({ type: 'dirty' });
  });

  function tell(event: TerminalEvent): void {
    for (const listener of listeners) listener(event);
  }

  // First, since whoever starts the shell takes longer than making an emulator; nothing comes from it before this turn ends.
  const pty = openPty(options.command, options, {
    data: read,
    // Once for all that is read in a row: in a flood, telling each piece would cost as much as reading it.
    settled() {
      if (!closed && !holdBack.hiding) tell({ type: 'dirty' });
    },
    exit(code, signal) {
      alive = false;
      watch.end();
      holdBack.set(false);
      tell({ type: 'exited', code, signal });
    },
  });
  const emulator = createEmulator(
    {
      cols: options.cols,
      rows: options.rows,
      scrollback: options.scrollback ?? SCROLLBACK,
      markKey: options.integration.nonce,
      colors: options.colors ?? (() => defaultColors),
    },
    {
      reply: (text) => pty.write(text),
      mark: takeMark,
      title: (title) => tell({ type: 'title', title }),
      bell: () => tell({ type: 'bell' }),
    },
  );
  if (emulator.cols !== options.cols || emulator.rows !== options.rows) pty.resize(emulator.cols, emulator.rows);
  const keys = createKeyGate((bytes) => pty.write(bytes));
  const typist = createTypist({
    watch,
    write: (text) => pty.write(text),
    lineIsEmpty: () => emulator.inputLooksEmpty() && !keys.recentlyUsed(),
    bracketedPaste: () => emulator.modes.bracketedPaste,
    holdKeys: (hold) => keys.hold(hold),
    delivered: () => pty.delivered?.() ?? true,
  });

  function takeMark(mark: ShellMark): void {
    if (mark.type === 'prompt-end') emulator.markInputStart();
    for (const news of watch.take(mark)) {
      tell(news);
      if (news.type === 'prompt') typist.promptShown();
    }
  }

  function read(bytes: Buffer): void {
    if (closed) return;
    for (const tap of taps) tap(bytes);
    const before = emulator.modes;
    emulator.feed(bytes);
    if (emulator.modes !== before) tell({ type: 'modes' });
    holdBack.set(emulator.heldBack);
  }

  function send(bytes: Buffer | string): void {
    if (emulator.scrollback > 0) {
      emulator.scrollToLive();
      tell({ type: 'dirty' });
    }
    if (endsLine(bytes)) watch.lineSent();
    keys.send(bytes);
  }

  return {
    get cols() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    get atPrompt() {
      return alive && watch.state.phase === 'prompt';
    },
    get alive() {
      return alive;
    },
    get cursor() {
      if (!holdBack.hiding || seenCursor === null) seenCursor = emulator.cursor;
      return seenCursor;
    },
    get modes() {
      return emulator.modes;
    },
    get scrollback() {
      return emulator.scrollback;
    },
    input: send,
    paste: (text) => send(pastedText(text, emulator.modes.bracketedPaste)),
    run: (command, how = {}) => typist.type(command, how, true),
    async start(command, how = {}) {
      await typist.type(command, how, false);
    },
    interrupt: () => send('\x03'),
    resize(cols, rows) {
      emulator.resize(cols, rows);
      pty.resize(emulator.cols, emulator.rows);
      tell({ type: 'dirty' });
    },
    history: {
      get first() {
        return emulator.history.first;
      },
      get end() {
        return emulator.history.end;
      },
      get top() {
        return emulator.history.top;
      },
      line: (number) => emulator.history.line(number),
      show(line) {
        emulator.history.show(line);
        tell({ type: 'dirty' });
      },
      hold: (on) => emulator.history.hold(on),
    },
    paintRow: (y) => (holdBack.hiding ? (emulator.paintedRow(y) ?? emulator.paintRow(y)) : emulator.paintRow(y)),
    textRow: (y) => emulator.textRow(y),
    get rowVersions() {
      return emulator.rowVersions;
    },
    scroll(lines) {
      emulator.scroll(lines);
      tell({ type: 'dirty' });
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tap(listener) {
      taps.add(listener);
      return () => taps.delete(listener);
    },
    close() {
      if (closed) return;
      closed = true;
      alive = false;
      listeners.clear();
      taps.clear();
      watch.end();
      holdBack.set(false);
      pty.close();
      emulator.dispose();
    },
  };
}
