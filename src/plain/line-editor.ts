/**
 * One line of input, edited at its end only: what is typed is echoed, Backspace takes the last character back, and what
 * has been typed is known, so that it can be written again below something that was said meanwhile. No escape sequences
 * go out, and those that come in (arrow keys) are dropped. Knows no streams.
 */
import { StringDecoder } from 'node:string_decoder';
import { cellWidth, graphemes } from '../tui/text/cells.ts';

/** What typing leads to. */
export type Typed =
  | { readonly type: 'echo'; readonly text: string }
  | { readonly type: 'line'; readonly text: string }
  /** Ctrl-C. */
  | { readonly type: 'interrupt' }
  /** Ctrl-D on an empty line. */
  | { readonly type: 'end' };

/** An editor. */
export interface LineEditor {
  /** What stands on the line now. */
  readonly text: string;
  /**
   * Takes one piece of input.
   * @returns what came of it, and the bytes after the first line, interrupt or end, which are somebody else's.
   */
  take(bytes: Buffer): { readonly typed: readonly Typed[]; readonly rest: Buffer };
}

/** A longer line is nobody's answer. */
const longest = 1_000;

/** An empty line. */
export function createLineEditor(): LineEditor {
  let decoder = new StringDecoder('utf8');
  let text = '';
  let keySequence: 'none' | 'begun' | 'sequence' = 'none';

  function erase(count: number): string {
    const all = graphemes(text);
    const gone = all.slice(all.length - count);
    text = all.slice(0, all.length - count).join('');
    const cells = gone.reduce((sum, each) => sum + cellWidth(each), 0);
    return '\b'.repeat(cells) + ' '.repeat(cells) + '\b'.repeat(cells);
  }

  function edit(char: string): string {
    if (char === '\x7f' || char === '\b') return erase(Math.min(1, text.length));
    if (char === '\x15') return erase(graphemes(text).length);
    if (char === '\x17') return erase(graphemes(/\S*\s*$/.exec(text)?.[0] ?? '').length);
    if (/[\x00-\x1f\x7f-\x9f]/.test(char) || text.length >= longest) return '';
    text += char;
    return char;
  }

  /** True for what belongs to an escape sequence of a key. */
  function inEscape(char: string): boolean {
    if (char === '\x1b') {
      keySequence = 'begun';
      return true;
    }
    if (keySequence === 'none') return false;
    if (keySequence === 'begun' && (char === '[' || char === 'O')) keySequence = 'sequence';
    else if (keySequence === 'begun' || /[@-~]/.test(char)) keySequence = 'none';
    return true;
  }

  function finish(): string {
    const line = text;
    text = '';
    decoder = new StringDecoder('utf8');
    return line;
  }

  /** One character; what ends the line is told apart from what is only echoed. */
  function typed(char: string): Typed | null {
    if (char === '' || inEscape(char)) return null;
    if (char === '\r' || char === '\n') return { type: 'line', text: finish() };
    if (char === '\x03') {
      finish();
      return { type: 'interrupt' };
    }
    if (char === '\x04' && text === '') return { type: 'end' };
    const echo = edit(char);
    return echo === '' ? null : { type: 'echo', text: echo };
  }

  function take(bytes: Buffer): { readonly typed: readonly Typed[]; readonly rest: Buffer } {
    const all: Typed[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const one = typed(decoder.write(bytes.subarray(at, at + 1)));
      if (one === null) continue;
      all.push(one);
      if (one.type !== 'echo') return { typed: all, rest: bytes.subarray(at + 1) };
    }
    return { typed: all, rest: bytes.subarray(bytes.length) };
  }

  return {
    get text() {
      return text;
    },
    take,
  };
}
