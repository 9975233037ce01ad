/** Which of the known names somebody probably meant. */

/** Longer names are not compared letter by letter: the cost grows with the product of the lengths. */
const MAX_LENGTH = 80;

/**
 * How many slips of the finger lie between two words: letters added, left out, exchanged or swapped with their
 * neighbour (Damerau-Levenshtein distance, optimal string alignment).
 * @param left one word.
 * @param right the other.
 */
export function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = above;
    above = current;
  }
  return above[right.length] ?? 0;
}

/**
 * The known name nearest to what was written; undefined where none is near enough to be meant.
 * @param written what stands there.
 * @param known the names that would be right.
 */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  if (word.length > MAX_LENGTH) return undefined;
  const whole = onlyOne(word, known, (name) => name.startsWith(word));
  if (whole !== undefined) return whole;
  let best: string | undefined;
  let distance = Math.max(1, Math.floor(word.length / 4)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - word.length) >= distance) continue;
    const found = editDistance(word, name.toLowerCase());
    if (found < distance) {
      best = name;
      distance = found;
    }
  }
  return best ?? onlyOne(word, known, (name) => name.length > 2 && word.startsWith(name));
}

/** A name cut short (`section-1` for `section-1---configure-supervisor`) or run on, where just one fits. */
function onlyOne(word: string, known: readonly string[], fits: (name: string) => boolean): string | undefined {
  if (word.length < 3) return undefined;
  const fitting = known.filter((name) => fits(name.toLowerCase()));
  return fitting.length === 1 ? fitting[0] : undefined;
}
