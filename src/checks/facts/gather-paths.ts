/**
 * Many paths looked at by one `stat`. Links are looked at one by one, which takes three programs each; everything else
 * stands in one list, and what is not in it is missing: then stat has said why, in the same order.
 */
import { quotePath } from '../../checks/batch/quote.ts';
import { type Answer, framed, type Gatherer, readFrame } from '../../checks/kind.ts';

// %f: type and permissions as st_mode in hex, the same number for GNU and busybox, in every language.
/** What stat is to print, as a word of sh. */
export const statFormat = "'%f %s %u %g %U %G'";

/** Asks `pathFact` of many paths. */
export const paths: Gatherer = {
  merge: (items) => ({
    weight: 'light',
    framed: true,
    maxBytes: items.reduce((sum, item) => sum + 512 + 4 * Buffer.byteLength(item), 4096),
    script: `${framed}
between() { printf '\\n%s %s\\n' "$nonce" "$1"; printf '\\n%s %s\\n' "$nonce" "$1" >&2; }
look() { # INDEX PATH: true when it is no link
  [ -L "$2" ] || return 0
  between "$1"
  stat -c ${statFormat} "$2" && { stat -L -c ${statFormat} "$2" || echo -; } && readlink "$2"
  between "$?"
  return 1
}
set --
${items.map((item, index) => `look ${index} ${quotePath(item)} && set -- "$@" ${quotePath(item)}`).join('\n')}
between rest
[ "$#" -eq 0 ] || exec stat -c ${statFormat.replace(/'$/, " %n'")} "$@"`,
  }),
  split(answer, items) {
    const { nonce, rest } = readFrame(answer.stdout.toString('utf8'));
    const outs = pieces(rest, nonce);
    const errors = pieces(answer.stderr, nonce);
    if (nonce === '' || outs === null || errors === null) return items.map(() => null);
    const links = new Set(outs.keys());
    const plain = items.map((item, index) => ({ item, index })).filter(({ index }) => !links.has(`${index}`));
    const stats = splitList(
      outs.get('rest')?.text ?? '',
      errors.get('rest')?.text ?? '',
      plain.map(({ item }) => item),
    );
    const byIndex = new Map(plain.map(({ index }, at) => [index, stats?.[at] ?? null]));
    return items.map((_, index) => byIndex.get(index) ?? linkAnswer(outs.get(`${index}`), errors.get(`${index}`)));
  },
};

interface Piece {
  readonly text: string;
  /** The exit code told after it; empty for the rest. */
  readonly code: string;
}

/** What stands between the words, by index; null when the last word is missing. */
function pieces(text: string, nonce: string): Map<string, Piece> | null {
  const parts = text.split(`\n${nonce} `);
  const found = new Map<string, Piece>();
  // Before each piece its index, after it its exit code, then the next one's index.
  for (let at = 1; at < parts.length; ) {
    const [name, piece] = headAndText(parts[at] ?? '');
    const [code] = name === 'rest' ? [''] : headAndText(parts[at + 1] ?? '');
    found.set(name, { text: piece, code });
    at += name === 'rest' ? 1 : 2;
  }
  return found.has('rest') ? found : null;
}

function headAndText(part: string): [string, string] {
  const end = part.indexOf('\n');
  return end < 0 ? [part, ''] : [part.slice(0, end), part.slice(end + 1)];
}

function linkAnswer(out: Piece | undefined, error: Piece | undefined): Answer | null {
  if (out === undefined || error === undefined || out.code !== '0') return null;
  return { code: 0, stdout: Buffer.from(out.text), stderr: error.text, truncated: false };
}

/**
 * Lines of stat with the path at their end, in the order asked but for those that it complained of, one line each.
 * null when that does not come out even.
 */
function splitList(out: string, errors: string, items: readonly string[]): (Answer | null)[] | null {
  const complaints = errors.split('\n').filter((line) => line !== '');
  let at = 0;
  let complaint = 0;
  const answers = items.map((item): Answer | null => {
    const name = item.startsWith('/') ? item : `./${item}`;
    const fields = /[0-9a-f]+ \d+ \d+ \d+ \S+ \S+ /y;
    fields.lastIndex = at;
    const found = fields.exec(out)?.[0] ?? '';
    if (found !== '' && out.startsWith(`${name}\n`, at + found.length)) {
      at += found.length + name.length + 1;
      return { code: 0, stdout: Buffer.from(`${found.trimEnd()}\n`), stderr: '', truncated: false };
    }
    const stderr = complaints[complaint] ?? '';
    complaint += 1;
    return { code: 1, stdout: Buffer.alloc(0), stderr, truncated: false };
  });
  const even = at === out.length && complaint === complaints.length && !/not found$/m.test(errors);
  return even ? answers : null;
}
