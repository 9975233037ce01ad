/** The beginnings of many regular files read by one `cat`, parted by the batch's word. */
import { quotePath } from '../../checks/batch/quote.ts';
import { type Answer, framed, type Gatherer, readFrame } from '../../checks/kind.ts';

/** Bytes read of a file; what is beyond is not judged. */
export const contentLimit = 262_144;

/** Bytes read of all files together; files that have no room in it are read one by one. */
const togetherLimit = 4 * contentLimit;

/** Asks `contentFact` of many paths. A letter for each tells whether it is a file that may be read. */
export const contents: Gatherer = {
  merge: (items) => ({
    weight: 'light',
    framed: true,
    maxBytes: togetherLimit + 8192 + 2 * items.length,
    script: `${framed}
set --
look() { # PATH: true when it is to be read
  if [ ! -f "$1" ]; then printf %s -; return 1; fi
  if [ ! -r "$1" ]; then printf x; return 1; fi
  printf r
}
${items.map((item) => `look ${quotePath(item)} && set -- "$@" "$d/nonce" ${quotePath(item)}`).join('\n')}
echo
[ "$#" -eq 0 ] || cat "$@" "$d/nonce" | head -c ${togetherLimit}`,
  }),
  split(answer, items) {
    // By bytes: a cut in the middle of a letter must not change any other.
    const { nonce, rest } = readFrame(answer.stdout.toString('latin1'));
    const end = rest.indexOf('\n');
    const letters = rest.slice(0, Math.max(0, end));
    if (nonce === '' || letters.length !== items.length) return items.map(() => null);
    const [, ...read] = rest.slice(end + 1).split(nonce);
    // What stands after the last word was cut off, or is nothing.
    read.pop();
    const readable = [...letters].map((letter, index) => (letter === 'r' ? index : -1)).filter((index) => index >= 0);
    const byIndex = new Map(readable.map((index, at) => [index, read[at]]));
    return [...letters].map((letter, index) => {
      if (letter === '-') return answerWith('');
      return letter === 'x' ? denied : readOne(byIndex.get(index), answer);
    });
  },
};

const denied: Answer = { code: 1, stdout: Buffer.alloc(0), stderr: 'Permission denied', truncated: false };

/** An empty text beside a complaint may be that of a file that could not be read after all. */
function readOne(text: string | undefined, { stderr }: Answer): Answer | null {
  if (text === undefined || (text === '' && stderr !== '')) return null;
  return answerWith(text);
}

function answerWith(text: string): Answer {
  const stdout = Buffer.from(text, 'latin1');
  return { code: 0, stdout: stdout.subarray(0, contentLimit), stderr: '', truncated: stdout.length > contentLimit };
}
