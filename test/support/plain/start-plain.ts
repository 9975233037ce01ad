/** The plain mode over an engine of a test, with somebody at its prompt. */
import { EventEmitter } from 'node:events';
import { createPlain, type Plain } from '../../../src/plain/plain.ts';
import type { FakeEngine } from '../tui/fake-engine.ts';

/** It, and what can be done to it. */
export interface StartedPlain {
  readonly plain: Plain;
  /** Resolves when it has ended. */
  readonly end: Promise<void>;
  /** Types, as a terminal would send it. */
  type(text: string): void;
  /** What was written since the last look. */
  news(): string;
}

/**
 * Starts it at 80 × 24.
 * @param engine whose views it tells.
 * @param dumb whether the terminal obeys nothing.
 */
export function startPlain(engine: FakeEngine, dumb = true): StartedPlain {
  const input = new EventEmitter();
  let written = '';
  const plain = createPlain({
    engine,
    input,
    write: (text) => {
      written += text;
    },
    size: () => ({ cols: 80, rows: 24 }),
    dumb,
    prefix: { name: 'Ctrl-]', byte: '\x1d' },
    where: 'ubuntu@galaxy',
  });
  return {
    plain,
    end: plain.run(),
    type: (text) => void input.emit('data', Buffer.from(text)),
    news: () => {
      const text = written;
      written = '';
      return text;
    },
  };
}
