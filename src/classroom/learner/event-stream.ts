/**
 * Server-sent events, as far as a class uses them: pieces of text in, the `data:` of each event out (WHATWG HTML,
 * "Interpreting an event stream"). Comments, which only keep a connection open, are dropped. Pure.
 */

/** More than this without an event's end is no event of a class; characters. */
const longest = 512 * 1024;

/** Takes pieces of a stream. */
export interface EventStreamReader {
  /**
   * @param piece the next text.
   * @returns the data of each event that it completes.
   * @throws RangeError for an event that is longer than any of a class.
   */
  push(piece: string): readonly string[];
}

/** A reader at the start of a stream. */
export function createEventStreamReader(): EventStreamReader {
  let rest = '';
  let data: string[] = [];
  let size = 0;

  function line(text: string, done: string[]): void {
    if (text === '') {
      if (data.length > 0) done.push(data.join('\n'));
      data = [];
      size = 0;
      return;
    }
    if (!text.startsWith('data:')) return;
    const value = text.slice(text.startsWith('data: ') ? 6 : 5);
    size += value.length;
    data.push(value);
  }

  return {
    push(piece) {
      const done: string[] = [];
      rest += piece;
      // A carriage return at the end may be half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const each of lines) line(each, done);
      if (rest.length + size > longest) throw new RangeError('an event of the class is too long');
      return done;
    },
  };
}
