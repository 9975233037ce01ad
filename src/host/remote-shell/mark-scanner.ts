/** Finds the line that ends a script's output in a stream of bytes, wherever the pieces are cut. Pure. */

/** Takes pieces of a stream apart. */
export interface MarkScanner {
  /** Takes the next piece. Hands everything before the mark to `onData`; returns the line after the mark once it is whole. */
  push(piece: Buffer): string | null;
}

/**
 * A scanner for `NUL mark … newline`. What cannot be the beginning of the mark is handed on at once.
 * @param mark without NUL and newline.
 * @param onData called with the bytes before it.
 */
export function markScanner(mark: string, onData: (data: Buffer) => void): MarkScanner {
  const wanted = Buffer.from(`\0${mark}`);
  let held: Buffer = Buffer.alloc(0);
  const hand = (data: Buffer) => {
    if (data.length > 0) onData(data);
  };
  return {
    push(piece) {
      const data = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const at = data.indexOf(wanted);
      if (at >= 0) {
        hand(data.subarray(0, at));
        held = data.subarray(at);
        const end = held.indexOf(10);
        return end < 0 ? null : held.toString('latin1', wanted.length, end).trim();
      }
      const keep = beginning(data, wanted);
      hand(data.subarray(0, data.length - keep));
      held = data.subarray(data.length - keep);
      return null;
    },
  };
}

/** How many of the last bytes may be the beginning of the mark. */
function beginning(data: Buffer, wanted: Buffer): number {
  const at = data.lastIndexOf(0);
  const length = at < 0 ? 0 : data.length - at;
  return length > 0 && length < wanted.length && wanted.subarray(0, length).equals(data.subarray(at)) ? length : 0;
}
