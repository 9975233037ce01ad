/** Reading a terminal's master past what the event loop gives: one more turn of it a read would cost as much as the read. */
import { readSync } from 'node:fs';

/** The kernel gives about 4 KB of a pty at a time; that much means that more is there. */
const FULL_READ = 2048;
const READ_SIZE = 65_536;
/** Bytes read in a row before keys and timers get their turn: two or three milliseconds of work. */
const FLOOD_BUDGET = 32_768;

const scratch = Buffer.allocUnsafe(READ_SIZE);

/** One read without waiting, into `scratch` from `at` on; 0 where nothing is there or nothing can be told. */
function readNow(fd: number, at = 0): number {
  try {
    return readSync(fd, scratch, at, READ_SIZE - at, null);
  } catch {
    // Nothing there (EAGAIN), or the program is gone (EIO), which whoever owns the descriptor finds out by itself.
    return 0;
  }
}

/**
 * Goes on reading where a read was full, up to a budget, and hands all of it over in one piece: what is done with a piece
 * costs about the same whether it has 4 KB or 32.
 * @param fd the master's descriptor, non-blocking.
 * @param length bytes that the event loop gave.
 * @param take what is read; the bytes are its only for the length of the call.
 * @param wanted asked before reading.
 */
export function readOn(fd: number, length: number, take: (bytes: Buffer) => void, wanted: () => boolean): void {
  if (length < FULL_READ || !wanted()) return;
  let filled = 0;
  for (let last = length; last >= FULL_READ && filled < FLOOD_BUDGET; filled += last) last = readNow(fd, filled);
  if (filled > 0) take(scratch.subarray(0, filled));
}

/**
 * Reads all that is there.
 * @param fd the master's descriptor, non-blocking.
 * @param most bytes, about; who writes without end must not hold us for ever.
 * @param take what is read; the bytes are its only for the length of the call.
 */
export function readRest(fd: number, most: number, take: (bytes: Buffer) => void): void {
  for (let left = most; left > 0; ) {
    const length = readNow(fd);
    if (length === 0) return;
    take(scratch.subarray(0, length));
    left -= length;
  }
}
