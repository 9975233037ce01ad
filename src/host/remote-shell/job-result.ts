/** What a script's output and end come to. Pure but for the clock that is handed in. */
import { constants } from 'node:os';
import type { ExecResult } from '../../host/host.ts';

/** Collects output within a limit. */
export interface Output {
  take(kind: 'o' | 'e', data: Buffer): void;
  readonly truncated: boolean;
  of(kind: 'o' | 'e'): Buffer;
}

/**
 * Keeps the first bytes of each stream.
 * @param limit bytes of each.
 */
export function keepOutput(limit: number): Output {
  const kept = { o: [] as Buffer[], e: [] as Buffer[] };
  const left = { o: limit, e: limit };
  let truncated = false;
  return {
    take(kind, data) {
      if (data.length > left[kind]) truncated = true;
      const part = data.subarray(0, left[kind]);
      left[kind] -= part.length;
      if (part.length > 0) kept[kind].push(part);
    },
    get truncated() {
      return truncated;
    },
    of: (kind) => Buffer.concat(kept[kind]),
  };
}

/**
 * A shell tells the end by a signal as 128 and its number; a script's own `exit 143` cannot be told from it.
 * @param status what the shell's `$?` was.
 */
export function endOf(status: number): Pick<ExecResult, 'code' | 'signal'> {
  if (status <= 128) return { code: status, signal: null };
  const signal = Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0] ?? null;
  return signal === null ? { code: status, signal } : { code: null, signal };
}
