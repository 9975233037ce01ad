/**
 * Starts a program in a pty, as a person's terminal would, and reads what it shows from an emulated screen: what a
 * person sees, not the bytes. For whole-program tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import unicode11 from '@xterm/addon-unicode11';
import xtermHeadless from '@xterm/headless';
import { type OuterModes, trackOuterModes } from './outer-modes.ts';

/** How a program is started. */
export interface LaunchOptions {
  readonly cols?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** On top of the plain environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The terminal's foreground and background as it tells them (`rgb:…`); it tells none by default. */
  readonly colors?: readonly [foreground: string, background: string];
  /** Home folder; a fresh temporary one by default, removed with the program. */
  readonly home?: string;
}

/** How the program ended. */
export interface ProgramExit {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: number | null;
}

/** A running program and its screen. */
export interface LaunchedProgram {
  readonly pid: number;
  readonly home: string;
  /** Modes the program asked its terminal for. */
  readonly modes: OuterModes;
  /** Every byte the program wrote so far, as text; for "this was never written". */
  readonly output: string;
  /** Called with each piece of output the moment it comes, before it is on the emulated screen. Returns the way to stop. */
  onOutput(listener: () => void): () => void;
  /** Named keys: `Enter`, `Escape`, `Up`, `Ctrl-C`, `Ctrl-]`, `Alt-x`, or a single character. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  resize(cols: number, rows: number): void;
  /** The screen, rows joined by newlines, blanks at row ends removed. */
  screen(): string;
  /** Row `n` from 0 without blanks at its end. */
  row(n: number): string;
  /** The cell at a place: its characters and SGR-like attributes. */
  cell(col: number, row: number): ScreenCell;
  cursor(): { readonly col: number; readonly row: number };
  /**
   * Waits until the screen holds a text or fulfils a predicate, and resolves with the screen.
   * Rejects with the screen in the message after `timeoutMs`, or when the program ends without it.
   */
  waitFor(what: string | RegExp | ((screen: string) => boolean), timeoutMs?: number): Promise<string>;
  /** Stops and continues reading, as a terminal does that is slow. */
  pause(): void;
  resume(): void;
  /** Resolves when the program has ended. */
  exit(timeoutMs?: number): Promise<ProgramExit>;
  signal(name: NodeJS.Signals): void;
  /** Ends the program if it still runs, and removes the temporary home. */
  kill(): Promise<void>;
}

/** One cell as it looks. */
export interface ScreenCell {
  readonly text: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  /** Palette index or 0xrrggbb; null for the terminal's own. */
  readonly foreground: number | null;
  readonly background: number | null;
}

const NAMED: Readonly<Record<string, string>> = {
  Enter: '\r',
  Escape: '\x1b',
  Tab: '\t',
  'Shift-Tab': '\x1b[Z',
  Backspace: '\x7f',
  Delete: '\x1b[3~',
  Space: ' ',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
};

/** The bytes a terminal sends for a key by its name. */
function keyBytes(key: string): string {
  const named = NAMED[key];
  if (named !== undefined) return named;
  if (key.startsWith('Alt-')) return `\x1b${keyBytes(key.slice(4))}`;
  const control = /^Ctrl-([@-_a-z])$/.exec(key)?.[1];
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
  if ([...key].length === 1) return key;
  throw new Error(`no such key: ${key}`);
}

interface PtyProcess {
  readonly pid: number;
  onData(listener: (bytes: Buffer) => void): void;
  onExit(listener: (end: { exitCode: number; signal?: number }) => void): void;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  pause(): void;
  resume(): void;
}

const nodePty = createRequire(import.meta.url)('node-pty') as {
  spawn(file: string, args: readonly string[], options: Record<string, unknown>): PtyProcess;
};

/** The colour of a cell as a number, whatever its kind. */
function color(isDefault: boolean, value: number): number | null {
  return isDefault ? null : value;
}

/**
 * Starts a program.
 * @param command the program and its arguments.
 * @param options size, folder and environment; by default 80×24.
 */
export function launchProgram(command: readonly [string, ...string[]], options: LaunchOptions = {}): LaunchedProgram {
  const [file, ...args] = command;
  const cols = options.cols ?? 80;
  const rows = options.rows ?? 24;
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'lockstep-home-'));
  const screenCells = new xtermHeadless.Terminal({ cols, rows, scrollback: 0, allowProposedApi: true, logLevel: 'off' });
  screenCells.loadAddon(new unicode11.Unicode11Addon());
  screenCells.unicode.activeVersion = '11';
  const modes = trackOuterModes(screenCells);
  for (const [index, color] of (options.colors ?? []).entries()) {
    screenCells.parser.registerOscHandler(10 + index, (data) => {
      if (data === '?') program.write(`\x1b]${10 + index};${color}\x1b\\`);
      return true;
    });
  }
  const watchers = new Set<() => void>();
  const outputListeners = new Set<() => void>();
  let output = '';
  let end: ProgramExit | null = null;

  const environment: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    CI: 'false',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    HOME: home,
    XDG_STATE_HOME: join(home, '.local', 'state'),
    ...options.env,
  };
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
  const program = nodePty.spawn(file, args, { name: env['TERM'], cols, rows, cwd: options.cwd ?? home, env, encoding: null });

  // A frame comes in pieces: between them the screen is half the old and half the new one, and nobody looks at it.
  let inFrame = false;
  for (const final of ['h', 'l']) {
    screenCells.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      if (params.includes(2026)) inFrame = final === 'h';
      return false;
    });
  }

  function look(): void {
    if (inFrame && end === null) return;
    for (const watcher of [...watchers]) watcher();
  }

  const decoder = new TextDecoder();
  screenCells.onData((answer) => {
    if (end === null) program.write(answer);
  });
  program.onData((bytes) => {
    for (const listener of [...outputListeners]) listener();
    output += decoder.decode(bytes, { stream: true });
    screenCells.write(bytes, look);
  });
  program.onExit(({ exitCode, signal }) => {
    const bySignal = signal !== undefined && signal !== 0;
    end = { code: bySignal ? null : exitCode, signal: bySignal ? signal : null };
    screenCells.write('', look);
  });

  function row(n: number): string {
    const { active } = screenCells.buffer;
    return (
      active
        .getLine(active.baseY + n)
        ?.translateToString(true)
        .trimEnd() ?? ''
    );
  }

  function screen(): string {
    return Array.from({ length: screenCells.rows }, (_, n) => row(n)).join('\n');
  }

  function holds(what: string | RegExp | ((text: string) => boolean)): boolean {
    if (typeof what === 'function') return what(screen());
    return typeof what === 'string' ? screen().includes(what) : what.test(screen());
  }

  function framed(): string {
    const width = screenCells.cols;
    const lines = screen()
      .split('\n')
      .map((line) => `│${line}`);
    return [`┌${'─'.repeat(width)}`, ...lines, `└${'─'.repeat(width)}`].join('\n');
  }

  function until<T>(read: () => T | undefined, timeoutMs: number, complaint: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => done(() => reject(new Error(`${complaint()} within ${timeoutMs} ms\n${framed()}`))),
        timeoutMs,
      );
      // A predicate may look at more than the screen.
      const poll = setInterval(watch, 50);
      function done(settle: () => void): void {
        clearTimeout(timer);
        clearInterval(poll);
        watchers.delete(watch);
        settle();
      }
      function watch(): void {
        const value = read();
        if (value !== undefined) done(() => resolve(value));
        else if (end !== null)
          done(() => reject(new Error(`${complaint()}: the program ended with ${JSON.stringify(end)}\n${framed()}`)));
      }
      watchers.add(watch);
      watch();
    });
  }

  function signal(name: NodeJS.Signals): void {
    if (end === null) process.kill(program.pid, name);
  }

  function exit(timeoutMs = 10_000): Promise<ProgramExit> {
    return until(
      () => end ?? undefined,
      timeoutMs,
      () => 'the program did not end',
    );
  }

  return {
    pid: program.pid,
    home,
    modes,
    get output() {
      return output;
    },
    onOutput(listener) {
      outputListeners.add(listener);
      return () => outputListeners.delete(listener);
    },
    press(...keys) {
      for (const key of keys) program.write(keyBytes(key));
    },
    type: (text) => program.write(text),
    resize(nextCols, nextRows) {
      screenCells.resize(nextCols, nextRows);
      program.resize(nextCols, nextRows);
    },
    screen,
    row,
    cell(col, y) {
      const { active } = screenCells.buffer;
      const cell = active.getLine(active.baseY + y)?.getCell(col);
      if (cell === undefined) throw new Error(`no cell ${col},${y}`);
      return {
        text: cell.getChars(),
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        italic: cell.isItalic() !== 0,
        underline: cell.isUnderline() !== 0,
        inverse: cell.isInverse() !== 0,
        foreground: color(cell.isFgDefault(), cell.getFgColor()),
        background: color(cell.isBgDefault(), cell.getBgColor()),
      };
    },
    cursor: () => ({ col: screenCells.buffer.active.cursorX, row: screenCells.buffer.active.cursorY }),
    waitFor(what, timeoutMs = 10_000) {
      const name = typeof what === 'function' ? 'what was waited for' : JSON.stringify(String(what));
      return until(
        () => (holds(what) ? screen() : undefined),
        timeoutMs,
        () => `${name} was not on the screen`,
      );
    },
    pause: () => program.pause(),
    resume: () => program.resume(),
    exit,
    signal,
    async kill() {
      if (end === null) {
        program.resume();
        try {
          signal('SIGKILL');
        } catch {
          // It has ended by itself, and the news of that is on its way.
        }
        await exit().catch(() => undefined);
      }
      screenCells.dispose();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
