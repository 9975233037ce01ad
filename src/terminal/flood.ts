/** Reading a terminal's master past what the event loop gives: one more turn of it a read would cost as much as the read. */
import { readSync } from 'node:fs';

/** The kernel gives about 4 KB of a pty at a time; that much means that more is there. */
const FULL_READ = 2048;
const READ_SIZE = 65_536;
/** How long one stretch of reading may keep keys and timers from their turn, milliseconds. */
const STRETCH_MS = 2;
/** Bytes of a stretch: never so few that turns cost more than reading, never so many that one slow piece is felt. */
const SHORTEST = 4096;
const LONGEST = 32_768;

const scratch = Buffer.allocUnsafe(READ_SIZE);

/** One read without waiting, into `scratch`; 0 where nothing is there or nothing can be told. */
function readNow(fd: number): number {
  try {
    return readSync(fd, scratch, 0, READ_SIZE, null);
  } catch {
    // Nothing there (EAGAIN), or the program is gone (EIO), which whoever owns the descriptor finds out by itself.
    return 0;
  }
}

/**
 * How many bytes the next stretch may have: text of two letters a line takes four times as long as dense text.
 * @param bytes that were taken last.
 * @param ms how long taking them took.
 */
export function nextStretch(bytes: number, ms: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, (bytes * STRETCH_MS) / Math.max(ms, Number.EPSILON)));
}

/**
 * A way to go on reading where a read was full, for about as long as keys may wait. Each read is taken before the next
 * one, so that the kernel has the next bytes ready by then: it hands on about 4 KB at a time, and whoever reads twice in
 * a row waits for it, while the program that writes waits for whoever takes.
 * @param fd the master's descriptor, non-blocking.
 * @param take what is read; the bytes are its only for the length of the call.
 * @param wanted asked before reading.
 * @returns to be told how many bytes the event loop gave, once those are taken.
 */
export function createFlood(fd: number, take: (bytes: Buffer) => void, wanted: () => boolean): (length: number) => void {
  let stretch = SHORTEST;
  return (length) => {
    if (length < FULL_READ || !wanted()) return;
    const start = performance.now();
    let taken = 0;
    for (let last = length; last >= FULL_READ && taken < stretch && wanted(); taken += last) {
      last = readNow(fd);
      if (last > 0) take(scratch.subarray(0, last));
    }
    if (taken > 0) stretch = nextStretch(taken, performance.now() - start);
  };
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
