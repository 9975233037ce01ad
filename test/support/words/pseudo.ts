/**
 * A language that nobody speaks, for tests: every letter of the catalogue's own text has a mark, and every word is about
 * two fifths longer. What a screen then shows in plain letters did not come from the catalogue.
 */
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const marked = [...'áƀçđéƒǧĥíǰķĺɱñóƥɋřšťúṽŵẋýžÁƁÇĐÉƑǦĤÍǰĶĹṀÑÓƤɊŘŠŤÚṼŴẊÝŽ'];

function marks(text: string): string {
  return text.replaceAll(/[a-zA-Z]+/g, (word) => {
    const longer = word.length < 3 ? '' : 'ö'.repeat(Math.ceil(word.length * 0.4));
    return [...word].map((letter) => marked[plain.indexOf(letter)] ?? letter).join('') + longer;
  });
}

/** The text with marks, but for what it was given. */
function around(text: string, given: readonly string[]): string {
  const [first, ...rest] = given;
  if (first === undefined) return marks(text);
  return text
    .split(first)
    .map((part) => around(part, rest))
    .join(first);
}

function pseudoOf(value: unknown): unknown {
  if (typeof value === 'string') return marks(value);
  if (typeof value === 'function')
    return (...given: readonly unknown[]): unknown => {
      const kept = given.map(String).filter((each) => /[a-zA-Z]/.test(each));
      const said = value(...given) as string | readonly string[];
      return typeof said === 'string' ? around(said, kept) : said.map((each) => around(each, kept));
    };
  if (Array.isArray(value)) return value.map(pseudoOf);
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, pseudoOf(each)]));
}

/**
 * A catalogue in that language.
 * @param source the catalogue that it is made of.
 */
export function pseudo<C extends object>(source: C): C {
  return pseudoOf(source) as C;
}
