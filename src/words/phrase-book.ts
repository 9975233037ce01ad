/**
 * Sentences by their English words. An entry's English holds `{0}`, `{1}` where the sentence has a name or a figure; the
 * same stand in what is said instead. What stands there is looked up in turn: it may be a sentence or a thing with a name.
 */

/** English, and what is said instead. */
export type Phrase = readonly [source: string, said: string];

interface Pattern {
  /** What stands before, between and behind the holes. */
  readonly fixed: readonly string[];
  /** The holes' digits, in their order. */
  readonly holes: readonly string[];
  readonly said: string;
}

interface Book {
  readonly whole: ReadonlyMap<string, string>;
  readonly patterns: readonly Pattern[];
  /** What was asked before: the screen is drawn again and again with the same sentences. */
  readonly known: Map<string, string>;
}

/** Sentences that are remembered; when there are more, all are forgotten. */
const most = 2_000;
const books = new WeakMap<readonly Phrase[], Book>();

/**
 * A sentence as the phrases have it; the same one where they have not.
 * @param sentence in English.
 * @param phrases what there is; always the same array.
 */
export function lookUp(sentence: string, phrases: readonly Phrase[]): string {
  const book = bookOf(phrases);
  const known = book.known.get(sentence);
  if (known !== undefined) return known;
  const said = find(sentence, book, 0);
  if (book.known.size >= most) book.known.clear();
  book.known.set(sentence, said);
  return said;
}

function find(sentence: string, book: Book, depth: number): string {
  const whole = book.whole.get(sentence);
  if (whole !== undefined || depth > 3) return whole ?? sentence;
  for (const pattern of book.patterns) {
    const found = match(sentence, pattern);
    if (found) return pattern.said.replaceAll(/\{(\d)\}/g, (_, hole: string) => find(found.get(hole) ?? '', book, depth + 1));
  }
  return sentence;
}

/** The more a phrase says itself, the sooner it is tried. */
function bookOf(phrases: readonly Phrase[]): Book {
  const before = books.get(phrases);
  if (before) return before;
  const withHoles = phrases.filter(([source]) => source.includes('{0}'));
  const literal = (source: string) => source.replaceAll(/\{\d\}/g, '').length;
  const book: Book = {
    whole: new Map(phrases.filter(([source]) => !source.includes('{0}'))),
    patterns: withHoles
      .toSorted(([a], [b]) => literal(b) - literal(a))
      .map(([source, said]) => ({
        fixed: source.split(/\{\d\}/),
        holes: [...source.matchAll(/\{(\d)\}/g)].map((each) => each[1] ?? ''),
        said,
      })),
    known: new Map(),
  };
  books.set(phrases, book);
  return book;
}

/** What stands in the holes; each is as short as can be. It costs one pass, whatever a program put into a sentence. */
function match(sentence: string, { fixed, holes }: Pattern): ReadonlyMap<string, string> | null {
  const last = fixed.at(-1) ?? '';
  const end = sentence.length - last.length;
  let from = fixed[0]?.length ?? 0;
  if (end < from || !sentence.startsWith(fixed[0] ?? '') || !sentence.endsWith(last)) return null;
  const found = new Map<string, string>();
  for (const [index, hole] of holes.entries()) {
    const next = index + 1 === holes.length ? end : sentence.indexOf(fixed[index + 1] ?? '', from);
    if (next < from || next > end) return null;
    found.set(hole, sentence.slice(from, next));
    from = next + (fixed[index + 1]?.length ?? 0);
  }
  return found;
}
