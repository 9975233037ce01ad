/** What was copied last in this run: it goes to the outer terminal's clipboard, and into a shell when that is asked for. */
import type { Engine, Tab } from '../engine/engine.ts';
import { words } from '../words/words.ts';
import type { Compositor } from './compositor/layer.ts';

/** Copies and puts into shells; each says what it did. */
export interface Clipboard {
  /**
   * Keeps a text.
   * @param text what was selected; blank text is left.
   * @param lines how many lines that was.
   */
  copy(text: string, lines: number): void;
  /** Puts what was copied last into a tab's shell, as a paste. */
  paste(tab: Tab | undefined): void;
}

/**
 * With nothing copied yet.
 * @param on the outer terminal, and where it is told.
 * @param pasteKey how the key that pastes is written from the shell.
 */
export function createClipboard(on: { readonly engine: Engine; readonly compositor: Compositor }, pasteKey: string): Clipboard {
  const { engine, compositor } = on;
  let copied = '';
  return {
    copy(text, lines) {
      if (text.trim() === '') return;
      copied = text;
      compositor.copy(text);
      engine.notice(words().screen.copied(lines, pasteKey), 'info');
    },
    paste(tab) {
      if (copied === '') engine.notice(words().screen.nothingCopied, 'info');
      else tab?.terminal.paste(copied);
    },
  };
}
