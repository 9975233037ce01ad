/**
 * Writing to a terminal without a turn through Node's streams: for a single key those cost as much as the key itself.
 * Knows no streams; who calls it has one for what the terminal does not take at once.
 */
import { writeSync } from 'node:fs';

/**
 * Writes as much as the terminal takes without waiting.
 * @param fd a non-blocking descriptor.
 * @param text what to write.
 * @returns the rest; null where nothing is left. Where the terminal is gone the rest is everything.
 */
export function writeNow(fd: number, text: string | Buffer): Buffer | null {
  let written = 0;
  try {
    written = typeof text === 'string' ? writeSync(fd, text) : writeSync(fd, text);
  } catch {
    // Full (EAGAIN) or gone (EIO); the stream that takes the rest finds out which.
  }
  const whole = typeof text === 'string' ? Buffer.byteLength(text) : text.length;
  return written === whole ? null : Buffer.from(text as string).subarray(written);
}
