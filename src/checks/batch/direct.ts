/**
 * The quick way to ask light facts: one after another, straight to the script's own output, parted by a word that nothing
 * on the host could know. No folder, no watchdog, no file for each answer: those cost more than asking does. What keeps
 * facts from one another is that whatever does not come whole, or not soon, is asked again by `batchScript`, which does.
 */
import type { Answer, Fact } from '../../checks/kind.ts';
import { opening } from './opening.ts';

/**
 * Whether facts may be asked so.
 * @param facts all of a batch.
 */
export function canBeDirect(facts: readonly Fact[]): boolean {
  return facts.every(({ weight }) => weight === 'light');
}

/**
 * The script.
 * @param facts light ones.
 * @param nonce the word, of letters and digits.
 * @param folder another one, for the name of the folder that framed facts need.
 */
export function directScript(facts: readonly Fact[], nonce: string, folder: string): string {
  const framed = facts.some((fact) => fact.framed === true);
  return [
    opening(nonce, framed ? folder : null),
    'LC_ALL=C\nexport LC_ALL',
    `printf '\\n%s begin\\n' "$nonce"\nprintf '\\n%s begin\\n' "$nonce" >&2`,
    ...facts.map(
      (fact, index) => `f${index}() {
${fact.script}
}
( f${index} ) </dev/null
printf '\\n%s answer ${index} %s\\n' "$nonce" "$?"
printf '\\n%s answer ${index}\\n' "$nonce" >&2`,
    ),
    framed ? 'exec rm -rf "$d"' : '',
  ].join('\n');
}

/**
 * Reads what the script printed.
 * @param stdout all of it, as far as it came.
 * @param stderr the same.
 * @param nonce the one the script was made with.
 * @param limits bytes to keep of each answer's streams, in the order asked.
 * @returns for each fact its answer; null for one that did not come whole.
 */
export function readDirect(stdout: Buffer, stderr: Buffer, nonce: string, limits: readonly number[]): (Answer | null)[] {
  const outs = cutter(stdout, nonce);
  const errors = cutter(stderr, nonce);
  return limits.map((limit, index) => {
    const out = outs(index);
    const error = errors(index);
    if (out === null || error === null || !/^\d+$/.test(out.ending)) return null;
    return {
      code: Number(out.ending),
      stdout: Buffer.from(out.data.subarray(0, limit)),
      stderr: error.data.subarray(0, limit).toString('utf8'),
      truncated: out.data.length > limit || error.data.length > limit,
    };
  });
}

interface Cut {
  readonly data: Buffer;
  readonly ending: string;
}

/** Cuts one piece after another off a stream; null from the first one on that is not whole. */
function cutter(stream: Buffer, nonce: string): (index: number) => Cut | null {
  const begin = `\n${nonce} begin\n`;
  let at = stream.indexOf(begin);
  if (at >= 0) at += begin.length;
  return (index) => {
    if (at < 0) return null;
    const mark = `\n${nonce} answer ${index}`;
    const found = stream.indexOf(mark, at);
    const end = found < 0 ? -1 : stream.indexOf('\n', found + mark.length);
    const from = at;
    at = end < 0 ? -1 : end + 1;
    if (end < 0) return null;
    return { data: stream.subarray(from, found), ending: stream.toString('latin1', found + mark.length, end).trim() };
  };
}
