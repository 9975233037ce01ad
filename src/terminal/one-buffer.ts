/**
 * Reading a terminal without a new buffer of 64 KB and the work of a stream for each read: for a key those cost about as
 * much as all that is done with the key.
 */
import type { OnReadOpts, SocketConstructorOpts } from 'node:net';

/**
 * Options for a stream of Node's `tty` (net.Socket's `onread`, which its typings know for connections only).
 * @param size bytes read at a time at most.
 * @param read what is read; the bytes are its only for the length of the call. The stream itself tells no `data` then.
 */
export function intoOneBuffer(size: number, read: (bytes: Buffer) => void): SocketConstructorOpts {
  const buffer = Buffer.allocUnsafeSlow(size);
  const onread: OnReadOpts = {
    buffer,
    callback(length) {
      read(buffer.subarray(0, length));
      return true;
    },
  };
  return { onread } as SocketConstructorOpts;
}
