/**
 * Decides where the outer terminal's bytes go: to the shell as they are while it has the keys, otherwise as named keys.
 */
import type { Terminal } from '../terminal/terminal.ts';
import type { Compositor, Region } from './compositor/layer.ts';
import { keyName } from './key-names.ts';

/** Who hears what. */
export interface InputEnds {
  /** The shell that gets what is typed; null while the lesson has the keys. */
  shell(): Terminal | null;
  /** Where the shell's pane is; null while it is not shown. */
  region(): Region | null;
  /** A key for the lesson, or one that works anywhere, as the key table writes it. */
  key(key: string): void;
}

/**
 * Connects keyboard and screen.
 * @param compositor whose bytes.
 * @param ends who hears them.
 * @returns the way to disconnect.
 */
export function connectInput(compositor: Compositor, ends: InputEnds): () => void {
  return compositor.onInput((bytes) => {
    let text = bytes.toString('latin1');
    while (text !== '') {
      const shell = ends.shell();
      if (shell) {
        const at = text.indexOf('\x1d');
        const mine = at < 0 ? text : text.slice(0, at);
        if (mine !== '') {
          compositor.expectEcho();
          shell.input(Buffer.from(mine, 'latin1'));
        }
        if (at >= 0) ends.key('Ctrl-]');
        text = at < 0 ? '' : text.slice(at + 1);
        continue;
      }
      const m = /^(?:\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-Z]|[\s\S])/.exec(text);
      const seq = m?.[0] ?? text;
      text = text.slice(seq.length);
      ends.key(interim(seq));
    }
  });
}

const sequences: Readonly<Record<string, string>> = {
  '\x1b[A': 'up',
  '\x1b[B': 'down',
  '\x1b[5~': 'pageup',
  '\x1b[6~': 'pagedown',
  '\x1b[H': 'home',
  '\x1b[F': 'end',
  '\x1b[1~': 'home',
  '\x1b[4~': 'end',
  '\r': 'enter',
  '\t': 'tab',
  '\x1b': 'escape',
};

function interim(seq: string): string {
  if (seq === '\x1b[Z') return 'Shift-Tab';
  if (seq === '\x1d') return 'Ctrl-]';
  if (seq === '\x03') return 'Ctrl-C';
  const name = sequences[seq];
  return keyName({ name: name ?? seq, ctrl: false, alt: false, shift: false, text: name ? '' : seq });
}
