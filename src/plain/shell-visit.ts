/**
 * Hands the terminal over to a shell: what it prints goes out, what is typed goes in, until the shell ends or the key
 * that leads back is pressed. The shell lives on behind it. Knows nothing of lessons.
 */
import { StringDecoder } from 'node:string_decoder';
import { createOutputFilter } from '../terminal/output-filter.ts';
import type { Terminal, TerminalModes } from '../terminal/terminal.ts';
import { CLEAR, changeModes, moveTo, noModes, type OuterModes } from '../tui/compositor/sequences.ts';
import { cleanText } from '../tui/text/clean.ts';

/** What a visit needs. */
export interface VisitOptions {
  readonly terminal: Terminal;
  /** True where the outer terminal shows nothing but text. */
  readonly dumb: boolean;
  /** The byte that leads back. */
  readonly prefix: string;
  readonly write: (text: string) => void;
  /** Called once, when it is over; what was typed behind the prefix comes with it. */
  readonly onEnd: (how: 'left' | 'exited', rest: Buffer) => void;
}

/** A shell that has the terminal. */
export interface Visit {
  input(bytes: Buffer): void;
  /** Gives the outer terminal back as it was; safe to call twice. Does not call `onEnd`. */
  close(): void;
}

/**
 * Begins a visit.
 * @param options which shell, and where its bytes go.
 */
export function visitShell({ terminal, dumb, prefix, write, onEnd }: VisitOptions): Visit {
  const filter = createOutputFilter({ keep: dumb ? 'text' : 'shell' });
  const decoder = new StringDecoder('utf8');
  let open = true;

  const untap = terminal.tap((bytes) => write(filter(decoder.write(bytes))));
  const off = terminal.on((event) => {
    if (event.type === 'exited') end('exited', Buffer.alloc(0));
  });

  function close(): void {
    if (!open) return;
    open = false;
    untap();
    off();
    if (!dumb) write(leaving(terminal));
    write('\n');
  }

  function end(how: 'left' | 'exited', rest: Buffer): void {
    if (!open) return;
    close();
    onEnd(how, rest);
  }

  function input(bytes: Buffer): void {
    const at = bytes.indexOf(prefix);
    if (at < 0) {
      terminal.input(bytes);
      return;
    }
    if (at > 0) terminal.input(bytes.subarray(0, at));
    const rest = bytes.subarray(at + 1);
    // The key twice is the key itself, for whoever is inside of another program that wants it.
    if (rest[0] !== prefix.charCodeAt(0)) end('left', rest);
    else {
      terminal.input(prefix);
      if (rest.length > 1) input(rest.subarray(1));
    }
  }

  write(dumb ? lastRow(terminal) : entering(terminal));
  return { input, close };
}

/** The row the shell waits in: whoever comes back sees its prompt, and what stands behind it. */
function lastRow(terminal: Terminal): string {
  const { cursor } = terminal;
  const row = cleanText(terminal.textRow(cursor.row)).trimEnd();
  return row.padEnd(cursor.col);
}

function outerModes(modes: TerminalModes): OuterModes {
  return { mouse: modes.mouse, paste: modes.bracketedPaste, focus: modes.focusEvents };
}

/** What the inner program has asked for while nobody saw it. */
function entering(terminal: Terminal): string {
  const modes = changeModes(noModes, outerModes(terminal.modes)) + (terminal.modes.applicationCursor ? '\x1b[?1h' : '');
  if (!terminal.modes.alternateScreen) return modes + lastRow(terminal);
  // A program with the whole screen (vim) does not know that it was away: its screen is drawn as it stands.
  const rows = Array.from({ length: terminal.rows }, (_, y) => moveTo(0, y) + terminal.paintRow(y));
  return `\x1b[?1049h${CLEAR}${rows.join('')}${moveTo(terminal.cursor.col, terminal.cursor.row)}${modes}`;
}

/** Takes back what it has asked for, and nothing else. */
function leaving({ modes, cursor }: Terminal): string {
  return [
    changeModes(outerModes(modes), noModes),
    modes.applicationCursor ? '\x1b[?1l' : '',
    modes.alternateScreen ? '\x1b[?1049l' : '',
    cursor.visible ? '' : '\x1b[?25h',
    cursor.shape === 0 ? '' : '\x1b[0 q',
    '\x1b[m',
  ].join('');
}
