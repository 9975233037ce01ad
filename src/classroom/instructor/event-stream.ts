/** Reads server-sent events out of a response's text, however it was cut into pieces. Knows nothing of what they say. */

/** Collects pieces of a stream. */
export interface EventReader {
  /**
   * The `data` of every event that is whole with this piece, in order. Comments and other fields are left out.
   * @param piece the next piece of the stream.
   */
  push(piece: string): readonly string[];
}

/** A reader at the beginning of a stream. */
export function createEventReader(): EventReader {
  let line = '';
  let data: string[] = [];

  const take = (whole: string): string | null => {
    if (whole === '') {
      const event = data.length > 0 ? data.join('\n') : null;
      data = [];
      return event;
    }
    if (whole.startsWith('data:')) data.push(whole.slice(whole.startsWith('data: ') ? 6 : 5));
    return null;
  };

  return {
    push(piece) {
      const lines = (line + piece).split('\n');
      line = lines.pop() ?? '';
      return lines.map((one) => take(one.endsWith('\r') ? one.slice(0, -1) : one)).filter((event) => event !== null);
    },
  };
}
