/** Structured log: one JSON object a line. No names, no notes, no tokens: ids, words and counts. */
import { appendFile } from 'node:fs/promises';

/** Takes a line. `event`: a stable word. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void;

/** A log, and the way to wait for it. */
export interface OpenLog {
  readonly log: Log;
  /** Resolves when all that was logged so far is written, or dropped. */
  written(): Promise<void>;
}

/** The same event is written at most so often, ms; how many were left out stands with the next. */
const SAME_EVENT_MS = 1000;
const LIMITED = new Set(['refused', 'store-trouble', 'slow-client']);

/**
 * A log into a file or to standard error. What cannot be written is dropped: a full disk must not stop the class.
 * @param path the file; null for standard error.
 */
export function openLog(path: string | null): OpenLog {
  const last = new Map<string, { at: number; left: number }>();
  // One write at a time: lines stand in the order in which things happened.
  let waiting = '';
  let writing: Promise<void> | null = null;
  const write = (line: string): void => {
    if (path === null) {
      process.stderr.write(line);
      return;
    }
    waiting += line;
    writing ??= writeAll(path);
  };
  async function writeAll(file: string): Promise<void> {
    while (waiting !== '') {
      const lines = waiting;
      waiting = '';
      await appendFile(file, lines, { mode: 0o600 }).catch(() => {});
    }
    writing = null;
  }
  const log: Log = (event, facts = {}) => {
    const now = Date.now();
    const known = last.get(event);
    if (LIMITED.has(event) && known && now - known.at < SAME_EVENT_MS) {
      known.left += 1;
      return;
    }
    const leftOut = known && known.left > 0 ? { leftOut: known.left } : {};
    if (LIMITED.has(event)) last.set(event, { at: now, left: 0 });
    write(`${JSON.stringify({ time: new Date(now).toISOString(), event, ...facts, ...leftOut })}\n`);
  };
  return { log, written: async () => writing ?? undefined };
}
