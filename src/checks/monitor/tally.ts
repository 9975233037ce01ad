/** Counts the lines of a monitor's loop: one line a request. Pure. */
import { oneLine } from '../../checks/pattern.ts';

/** Requests answered since the slice before. */
export interface Slice {
  readonly served: number;
  readonly failed: number;
  /** Of served and failed ones; 0 without any. */
  readonly slowestMs: number;
  /** What the newest failed request said; null when none failed. */
  readonly failure: string | null;
}

const empty: Slice = { served: 0, failed: 0, slowestMs: 0, failure: null };

/** curl's exit codes in words; others are told as they are. https://curl.se/libcurl/c/libcurl-errors.html */
const curlFailures: Readonly<Record<number, string>> = {
  6: 'the name is not known',
  7: 'the connection was refused',
  18: 'the answer broke off',
  52: 'the connection was closed without an answer',
  56: 'the connection was reset',
};

/**
 * A counter of requests. Lines are `r STATUS MILLISECONDS [why]`, STATUS 0 where there was no whole answer; `why` is text
 * or `curl N`, N being curl's exit code. Lines of other kinds are not counted.
 * @param limitMs what the loop was told to wait for an answer, milliseconds.
 */
export function createTally(limitMs: number): { add(line: string): void; take(): Slice } {
  let slice = empty;
  return {
    add(line) {
      const found = /^r (\d+) (\d+(?:\.\d+)?) ?(.*)$/.exec(line);
      if (!found) return;
      const status = Number(found[1]);
      const ms = Math.round(Number(found[2]));
      const failure = failureOf(status, found[3] ?? '', limitMs);
      slice = {
        served: slice.served + (failure === null ? 1 : 0),
        failed: slice.failed + (failure === null ? 0 : 1),
        slowestMs: Math.max(slice.slowestMs, ms),
        failure: failure ?? slice.failure,
      };
    },
    take() {
      const taken = slice;
      slice = empty;
      return taken;
    },
  };
}

function failureOf(status: number, why: string, limitMs: number): string | null {
  if (status >= 500) return `status ${status}`;
  const code = /^curl (\d+)$/.exec(why)?.[1];
  if (code === '28') return `no whole answer within ${limitMs / 1000} s`;
  if (code !== undefined && code !== '0') return curlFailures[Number(code)] ?? `curl ended with ${code}`;
  return status === 0 ? oneLine(why) || 'no answer' : null;
}
