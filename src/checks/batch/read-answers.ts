/** Reads what a batch's script printed back into answers. Trusts nothing but the nonce and the lengths. */
import type { Answer } from '../../checks/kind.ts';

/** An answer, or why there is none. */
export type Outcome = Answer | { readonly missing: 'late' | 'lost' | 'full' };

/** What a batch brought back. */
export type Answers =
  | { readonly status: 'answered'; readonly outcomes: readonly Outcome[] }
  | { readonly status: 'no-room' }
  /** The output is not what the script prints when it runs to its end. */
  | { readonly status: 'garbled' };

/**
 * Takes the answers out of a batch's output.
 * @param stdout everything the script printed; what stands before its first word is ignored.
 * @param nonce the one the script was made with.
 * @param limits bytes to keep of each answer's streams, in the order asked.
 */
export function readAnswers(stdout: Buffer, nonce: string, limits: readonly number[]): Answers {
  if (stdout.includes(`\n${nonce} no-room\n`)) return { status: 'no-room' };
  const begin = after(stdout, `\n${nonce} begin\n`, 0);
  const sizes = after(stdout, `\n${nonce} sizes\n`, begin);
  const data = after(stdout, `\n${nonce} data\n`, sizes);
  if (begin < 0 || sizes < 0 || data < 0) return { status: 'garbled' };
  const told = lines(stdout, begin, sizes);
  const endings = new Map(told.map((line) => pair(line.split(' '))));
  const lengths = new Map(lines(stdout, sizes, data).flatMap(fileSize));
  const streams: Buffer[] = [];
  let at = data;
  for (const index of limits.keys()) {
    for (const stream of ['o', 'e']) {
      const length = lengths.get(`${index}.${stream}`);
      if (length === undefined) return { status: 'garbled' };
      streams.push(stdout.subarray(at, at + length));
      at += length;
    }
  }
  // Anything but the end mark here means that a file changed between being measured and being printed.
  if (stdout.toString('latin1', at) !== `\n${nonce} end\n`) return { status: 'garbled' };
  const outcomes = limits.map((limit, index) =>
    outcome(endings.get(`${index}`), streams[2 * index] ?? Buffer.alloc(0), streams[2 * index + 1] ?? Buffer.alloc(0), limit),
  );
  return { status: 'answered', outcomes };
}

function outcome(ending: string | undefined, stdout: Buffer, stderr: Buffer, limit: number): Outcome {
  if (ending === 'late' || ending === 'full') return { missing: ending };
  if (ending === undefined || !/^\d+$/.test(ending)) return { missing: 'lost' };
  return {
    code: Number(ending),
    stdout: Buffer.from(stdout.subarray(0, limit)),
    stderr: stderr.subarray(0, limit).toString('utf8'),
    truncated: stdout.length > limit || stderr.length > limit,
  };
}

/** A line of `wc -c`: the size, then the file's name. */
function fileSize(line: string): [string, number][] {
  const found = /^\s*(\d+) .*\/(\d+\.[oe])$/.exec(line);
  return found?.[2] === undefined ? [] : [[found[2], Number(found[1])]];
}

function pair(words: readonly string[]): [string, string] {
  return [words[0] ?? '', words[1] ?? ''];
}

function lines(stdout: Buffer, from: number, to: number): string[] {
  return stdout.toString('latin1', from, to).split('\n');
}

/** Where what follows the mark begins; -1 without the mark, or when the search had nowhere to begin. */
function after(stdout: Buffer, mark: string, from: number): number {
  // Marks share their newlines with the line before.
  const found = from < 0 ? -1 : stdout.indexOf(mark, Math.max(0, from - 1));
  return found < 0 ? -1 : found + mark.length;
}
