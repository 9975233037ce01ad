/** Finds the command or the option that a mistyped word was meant to be. */

/**
 * The word one or two letters away; null where none is that near, or where the word is so short that anything would be.
 * @param word what was typed.
 * @param names the words there are.
 */
export function nearestWord(word: string, names: readonly string[]): string | null {
  if (!/^[a-z][a-z-]*$/.test(word)) return null;
  const near = names.map((name) => ({ name, far: distance(word, name) })).sort((a, b) => a.far - b.far)[0];
  return near && near.far <= 2 && near.far <= near.name.length / 2 ? near.name : null;
}

/** Letters to add, drop or change to come from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
