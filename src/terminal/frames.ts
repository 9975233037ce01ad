/** Frames on a stream of bytes: a letter, the length in four bytes (big-endian), that many bytes. Pure. */

const HEAD = 5;

/**
 * One frame.
 * @param kind a letter.
 * @param content what is in it.
 */
export function frame(kind: string, content: Buffer | string): Buffer {
  const data = Buffer.from(content);
  const head = Buffer.alloc(HEAD);
  head.write(kind, 0, 'latin1');
  head.writeUInt32BE(data.length, 1);
  return Buffer.concat([head, data]);
}

/**
 * Takes frames out of pieces of a stream, wherever they are cut.
 * @param take called with each whole frame; what it is given is its own only for the length of the call.
 * @returns takes the next piece.
 */
export function frameReader(take: (kind: string, content: Buffer) => void): (piece: Buffer) => void {
  let held: readonly Buffer[] = [];
  let length = 0;
  /** Bytes that are needed before anything can be taken. */
  let needed = HEAD;
  return (piece) => {
    held = [...held, piece];
    length += piece.length;
    if (length < needed) return;
    let data = held.length === 1 ? piece : Buffer.concat(held);
    while (data.length >= HEAD) {
      const end = HEAD + data.readUInt32BE(1);
      if (data.length < end) break;
      take(data.toString('latin1', 0, 1), data.subarray(HEAD, end));
      data = data.subarray(end);
    }
    needed = data.length >= HEAD ? HEAD + data.readUInt32BE(1) : HEAD;
    held = data.length === 0 ? [] : [data];
    length = data.length;
  };
}
