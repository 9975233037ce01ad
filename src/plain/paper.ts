/**
 * Where lines are appended. While the prompt waits, a line that is said goes below it, and the prompt comes again with
 * what was typed so far; nothing that was written is ever changed. Knows nothing of what is said.
 */

import { cleanText } from '../tui/text/clean.ts';

/** Appends. */
export interface Paper {
  /** Says whole lines; nothing in them that a terminal would obey gets through. */
  say(lines: readonly string[]): void;
  /** Writes text that brings its own line ends and was made harmless before. */
  raw(text: string): void;
  /** The prompt is to stand at the end from now on. */
  prompt(): void;
  /** No prompt from now on. */
  hide(): void;
  /** Writes the prompt again where it is wanted and something was said behind it. */
  settle(): void;
  /** What was typed, as it is to be seen. */
  echo(text: string): void;
  /** Enter was pressed. */
  entered(): void;
  /** Leaves the last line whole. */
  end(): void;
}

/**
 * An empty paper.
 * @param write where text goes.
 * @param promptLine the prompt with what was typed so far.
 */
export function createPaper(write: (text: string) => void, promptLine: () => string): Paper {
  let wanted = false;
  let shown = false;
  let lineBegun = false;

  function put(text: string): void {
    if (text === '') return;
    write(text);
    lineBegun = !text.endsWith('\n');
  }

  function freshLine(): void {
    if (lineBegun) put('\n');
    shown = false;
  }

  function settle(): void {
    if (!wanted || shown) return;
    freshLine();
    put(promptLine());
    shown = true;
  }

  return {
    say(lines) {
      if (lines.length === 0) return;
      freshLine();
      put(`${lines.map(cleanText).join('\n')}\n`);
    },
    raw(text) {
      if (shown) freshLine();
      put(text);
    },
    prompt() {
      wanted = true;
      settle();
    },
    hide() {
      wanted = false;
      if (shown) freshLine();
    },
    settle,
    echo(text) {
      settle();
      put(text);
    },
    entered() {
      put('\n');
      shown = false;
      wanted = false;
    },
    end() {
      freshLine();
    },
  };
}
