/**
 * Ink drawing into memory: an element in, the rows of its frame out, at once. Ink never sees the real terminal: it
 * writes to a private stream in debug mode, where every frame is one whole string.
 */
import { PassThrough, Writable } from 'node:stream';
import type { render } from 'ink';
import type { ReactNode } from 'react';

/** A place that Ink draws on. */
export interface InkCanvas {
  /**
   * The rows of an element, without trailing spaces.
   * @param element an element as wide and high as the place it is for.
   * @param cols its columns.
   */
  draw(element: ReactNode, cols: number): readonly string[];
  close(): void;
}

/** What Ink takes for the terminal's output. */
class FrameSink extends Writable {
  columns = 80;
  rows = 24;
  frame = '';

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.frame = chunk.toString();
    done();
  }
}

/**
 * An empty canvas.
 * @param inkRender Ink's `render`; passed in, since Ink is loaded late.
 */
export function createInkCanvas(inkRender: typeof render): InkCanvas {
  const sink = new FrameSink();
  const stdin = new PassThrough();
  let instance: ReturnType<typeof render> | null = null;
  return {
    draw(element, cols) {
      sink.columns = cols;
      if (instance) instance.rerender(element);
      else {
        instance = inkRender(element, {
          // Ink asks for tty streams but uses only what a plain one has, plus its size.
          stdout: sink as unknown as NodeJS.WriteStream,
          stderr: sink as unknown as NodeJS.WriteStream,
          stdin: stdin as unknown as NodeJS.ReadStream,
          debug: true,
          exitOnCtrlC: false,
          patchConsole: false,
          isScreenReaderEnabled: false,
        });
      }
      return sink.frame.split('\n');
    },
    close() {
      instance?.unmount();
      instance?.cleanup();
      stdin.destroy();
      sink.destroy();
    },
  };
}
