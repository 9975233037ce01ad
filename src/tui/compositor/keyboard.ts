/** The keyboard of the terminal that the program runs in: a stream like `process.stdin` that costs less a key. */
import { isatty, ReadStream } from 'node:tty';
import { intoOneBuffer } from '../../terminal/one-buffer.ts';

/** Bytes read at a time; a paste comes in several pieces. */
const READ_SIZE = 65_536;

/**
 * Opens the keyboard.
 * @returns `process.stdin` where that is no terminal.
 */
export function openKeyboard(): NodeJS.ReadStream {
  if (!isatty(0)) return process.stdin;
  const keyboard: ReadStream = new ReadStream(
    0,
    // A copy, as listeners may keep it.
    intoOneBuffer(READ_SIZE, (bytes) => void keyboard.emit('data', Buffer.from(bytes))),
  );
  return keyboard as NodeJS.ReadStream;
}
