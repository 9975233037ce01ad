/** Output of terminal programs as nobody would write it: the same each time, and full of corners. */

const PIECES = [
  'a',
  'word ',
  'a longer run of text that wraps around the edge ',
  '\r\n',
  '\n',
  '\n\n\n',
  '\r',
  '\t',
  '\b',
  '端末',
  '端\bz',
  '端端\x1b[3Dz',
  'é',
  'e\u0301',
  '\u0301',
  '👍',
  '\x1b[31m',
  '\x1b[1;44m',
  '\x1b[4:3m',
  '\x1b[m',
  '\x1b[H',
  '\x1b[3;5H',
  '\x1b[99;1H',
  '\x1b[2;4r',
  '\x1b[3;5r',
  '\x1b[1;4r',
  '\x1b[r',
  '\x1b[?6h',
  '\x1b[?6l',
  '\x1b[?7l',
  '\x1b[?7h',
  '\x1b[4h',
  '\x1b[4l',
  '\x1b[K',
  '\x1b[J',
  '\x1b[2J',
  '\x1b[2L',
  '\x1b[M',
  '\x1b[3P',
  '\x1b[2@',
  '\x1b[4X',
  '\x1b[S',
  '\x1b[2T',
  '\x1b[5b',
  '\x1bM',
  '\x1bD',
  '\x1bE',
  '\x1b(0',
  '\x1b(B',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b]8;;http://x\x07',
  '\x1b]8;;\x07',
  '\x1b#8',
  '\x1b[!p',
  '\x1b7',
  '\x1b8',
  '\x1bc',
];

/**
 * Numbers that look random and are always the same.
 * @param seed which ones.
 * @returns gives a whole number from 0, smaller than `below`.
 */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Text and sequences in any order.
 * @param random where they come from.
 * @param most how many pieces at most.
 */
export function randomOutput(random: (below: number) => number, most: number): string {
  return Array.from({ length: 1 + random(most) }, () => PIECES[random(PIECES.length)]).join('');
}
