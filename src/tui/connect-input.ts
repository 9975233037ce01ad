/**
 * Connects the outer terminal's keyboard with the shell and the key table: what belongs to the shell goes there as it
 * came, everything else is told as the name of a key.
 */
import type { Terminal } from '../terminal/terminal.ts';
import type { Compositor, Region } from './compositor/layer.ts';
import { createInputRouter, type RoutedEvent, type RoutedPane } from './input/input-router.ts';
import type { MouseEvent } from './input/key-event.ts';

/** Who hears what. The functions are asked at each key. */
export interface InputEnds {
  /** Whether what is typed belongs to the shell. */
  readonly toShell: () => boolean;
  /** The shell that is shown, with its place; null where there is none. */
  readonly shell: () => { readonly terminal: Terminal; readonly region: Region } | null;
  /** A key for the lesson, or one that works anywhere, as the key table writes it. */
  readonly key: (label: string) => void;
  /** The mouse did something; `taken`: the terminal under it has had it. */
  readonly mouse: (mouse: MouseEvent, taken: boolean) => void;
  /** Something was pasted while the shell does not have the keys. */
  readonly pastedAside: (text: string) => void;
  /** Something is about to be typed into the shell. */
  readonly typed: () => void;
  /** The key that leads from the shell to the lesson, and the others that never reach the shell. */
  readonly prefix: string;
  readonly ours: readonly string[];
}

/**
 * Connects keyboard and screen.
 * @param compositor whose bytes, and who is told that an echo will come.
 * @param ends who hears them.
 * @returns the way to disconnect.
 */
export function connectInput(compositor: Compositor, ends: InputEnds): () => void {
  /** The shell that had the last key; the same object while it stands where it stood. */
  let pane: RoutedPane | null = null;
  let of: Terminal | null = null;
  const router = createInputRouter({
    focus: () => (ends.toShell() ? 'pane' : 'lesson'),
    pane: () => {
      const shell = ends.shell();
      if (shell === null) return null;
      if (pane?.region !== shell.region || of !== shell.terminal) {
        of = shell.terminal;
        pane = { terminal: echoing(shell.terminal, compositor, ends), region: shell.region };
      }
      return pane;
    },
    onEvent: (event) => hear(event, ends),
    prefix: ends.prefix,
    ours: ends.ours,
    // Two in a row are a look at the lesson and back; the shell must not get a stray one for that.
    doubledPrefix: 'report',
  });
  const leave = compositor.onInput((bytes) => router.push(bytes));
  return () => {
    leave();
    router.close();
  };
}

function hear(event: RoutedEvent, ends: InputEnds): void {
  switch (event.type) {
    case 'key':
      ends.key(event.label);
      break;
    case 'paste':
      ends.pastedAside(event.text);
      break;
    case 'mouse':
      ends.mouse(event.mouse, event.taken);
      break;
    default:
      break;
  }
}

/** The shell, telling the compositor before each byte that an echo will want to be seen at once. */
function echoing(terminal: Terminal, compositor: Compositor, ends: InputEnds): Pick<Terminal, 'input' | 'scroll' | 'modes'> {
  return {
    get modes() {
      return terminal.modes;
    },
    scroll: (lines) => terminal.scroll(lines),
    input(bytes) {
      compositor.expectEcho();
      ends.typed();
      terminal.input(bytes);
    },
  };
}
