/** How long to wait before the next try. Pure: chance is an argument. */

const shortestMs = 500;
const longestMs = 30_000;

/**
 * A wait that doubles with each failed try, and is spread by chance: a room full of learners must not come back all at
 * once.
 * @param tries failed tries in a row, from 1.
 * @param random from 0 to 1.
 * @param atLeastMs what the server asked for.
 * @returns milliseconds.
 */
export function backoff(tries: number, random: number, atLeastMs = 0): number {
  const most = Math.min(longestMs, shortestMs * 2 ** Math.min(16, tries - 1));
  return atLeastMs + Math.round(most * (0.5 + random / 2));
}
