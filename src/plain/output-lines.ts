/**
 * What the commands of a step print, as lines that are only ever appended: what a program writes over itself (a bar
 * that grows) is told as it is when it stays for a moment. Prompts and the echo of what was typed are left out, as the
 * shell's marks tell where they are. Knows no streams and no clock.
 */
import { StringDecoder } from 'node:string_decoder';
import { createOutputFilter } from '../terminal/output-filter.ts';

/** Folds one shell's output. */
export interface OutputLines {
  /** Takes a piece; returns what can be written now: whole lines. */
  take(bytes: Buffer): string;
  /** Nothing has come for a moment, or it is over: what there is of a line, so that a question can be read. */
  flush(): string;
  /** True while something waits for its line's end. */
  readonly waiting: boolean;
}

/** As much of one line as is kept. */
const longest = 4_000;

/** Nothing has been printed. */
export function createOutputLines(): OutputLines {
  const decoder = new StringDecoder('utf8');
  let inCommand = false;
  let line = '';
  /** What of the line was written already. */
  let flushed = '';
  let returned = false;
  let ready = '';
  let done = 0;

  const filter = createOutputFilter({
    keep: 'text',
    onMark(payload, before) {
      fold(before.slice(done));
      done = before.length;
      if (payload.startsWith('C;')) inCommand = true;
      else if (payload.startsWith('D;')) {
        if (line !== '' || flushed !== '') endLine();
        inCommand = false;
      }
    },
  });

  function endLine(): void {
    ready += `${unwritten()}\n`;
    line = '';
    flushed = '';
  }

  /** What is to be written of the line: the rest, or all of it on a line of its own where it was written over. */
  function unwritten(): string {
    if (line.startsWith(flushed)) return line.slice(flushed.length);
    return `\n${line}`;
  }

  function fold(text: string): void {
    if (!inCommand) return;
    for (const char of text) {
      if (char === '\r') returned = true;
      else if (char === '\n') {
        returned = false;
        endLine();
      } else put(char);
    }
  }

  function put(char: string): void {
    if (returned) {
      line = '';
      returned = false;
    }
    if (char === '\b') line = line.slice(0, -1);
    else if (line.length < longest) line += char === '\t' ? '\t' : char;
  }

  function taken(): string {
    const text = ready;
    ready = '';
    return text;
  }

  return {
    take(bytes) {
      done = 0;
      const text = filter(decoder.write(bytes));
      fold(text.slice(done));
      return taken();
    },
    flush() {
      if (line === '' || line === flushed) return '';
      const text = unwritten();
      flushed = line;
      return text;
    },
    get waiting() {
      return line !== '' && line !== flushed;
    },
  };
}
