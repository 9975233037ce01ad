/**
 * Where xterm's public interface does not reach. Who calls these has another way beside them for when the private one is
 * missing, so that another version of xterm costs speed and not correctness.
 */
import type { IBufferLine, Terminal as Xterm } from '@xterm/headless';

/**
 * The words behind a line, three a cell: content, foreground, background (xterm 6, BufferLine). They tell cheaply
 * whether a line changed.
 * @returns the live words, not a copy; null where this xterm keeps them elsewhere.
 */
export function lineWords(line: IBufferLine): Uint32Array | null {
  const words = (line as { _line?: { _data?: unknown } })._line?._data;
  return words instanceof Uint32Array && words.length >= line.length * 3 ? words : null;
}

/**
 * Tells which rows were written to (xterm 6, InputHandler.onRequestRefreshRows): after each piece that was read, rows of
 * the view from 0, both included; null for all of them.
 * @returns false where this xterm does not tell: then every row may have changed at any time.
 */
export function onRowsChanged(
  xterm: Xterm,
  listener: (rows: { readonly start: number; readonly end: number } | null) => void,
): boolean {
  type Subscribe = (told: (rows?: { start: number; end: number }) => void) => unknown;
  const subscribe = (xterm as { _core?: { _inputHandler?: { onRequestRefreshRows?: Subscribe } } })._core?._inputHandler
    ?.onRequestRefreshRows;
  if (typeof subscribe !== 'function') return false;
  subscribe((rows) => listener(rows ?? null));
  return true;
}

/**
 * Reads bytes at once (xterm 6, InputHandler.parse), without the queue that `write` has. Only for an emulator that never
 * gets anything by `write`, and without handlers that take time.
 * @returns null where this xterm has no such thing.
 */
export function directParse(xterm: Xterm): ((bytes: Uint8Array) => void) | null {
  const handler = (xterm as { _core?: { _inputHandler?: { parse?(bytes: Uint8Array): unknown } } })._core?._inputHandler;
  return typeof handler?.parse === 'function' ? (bytes) => void handler.parse?.(bytes) : null;
}

/**
 * Clears the screen, takes the margins away and puts the cursor home, in the middle of what is being read (xterm 6,
 * InputHandler); where this xterm has no such thing, nothing happens.
 */
export function startScreenOver(xterm: Xterm): void {
  type Take = (params: { readonly params: readonly number[]; readonly length: number }) => unknown;
  const handler = (xterm as { _core?: { _inputHandler?: { setScrollRegion?: Take; eraseInDisplay?: Take } } })._core
    ?._inputHandler;
  handler?.setScrollRegion?.({ params: [0], length: 1 });
  handler?.eraseInDisplay?.({ params: [2], length: 1 });
}

/**
 * Gives the alternate screen the rows it should have, to be called after each change of size. xterm 6 (Buffer.resize)
 * passes over a screen that is not shown: entered later, it would have scrollback, and writing to it could fail once the
 * window grows. Where this xterm has no such thing, nothing happens.
 */
export function fitAlternateScreen(xterm: Xterm): void {
  const lines = (
    xterm as { _core?: { _bufferService?: { buffers?: { alt?: { lines?: { length: number; maxLength: number } } } } } }
  )._core?._bufferService?.buffers?.alt?.lines;
  if (lines?.length === 0 && typeof lines.maxLength === 'number') lines.maxLength = xterm.rows;
}
