/**
 * The one place where xterm's public interface does not reach. Who calls it has a public way beside it for when the
 * private one is missing, so that another version of xterm costs speed and not correctness.
 */
import type { IBufferLine } from '@xterm/headless';

/**
 * The words behind a line, three a cell: content, foreground, background (xterm 6, BufferLine). They tell cheaply
 * whether a line changed.
 * @returns the live words, not a copy; null where this xterm keeps them elsewhere.
 */
export function lineWords(line: IBufferLine): Uint32Array | null {
  const words = (line as { _line?: { _data?: unknown } })._line?._data;
  return words instanceof Uint32Array && words.length >= line.length * 3 ? words : null;
}
