/** Output of inner programs to measure with: the same bytes each time, made and not recorded. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZE } from './subject.ts';

/** One kind of output. */
export interface Stream {
  readonly name: string;
  /** About `bytes` of it. */
  make(bytes: number): string;
}

/** A small generator of numbers that are always the same. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Pieces until there are enough bytes. */
function repeat(bytes: number, piece: (index: number) => string): string {
  const parts: string[] = [];
  let length = 0;
  for (let index = 0; length < bytes; index++) {
    const next = piece(index);
    parts.push(next);
    length += Buffer.byteLength(next);
  }
  return parts.join('');
}

const { cols, rows } = SIZE;
const CJK = '端末は速く正しく描かれなければならない。教学程序讓學員一步一步前進。';

function letters(random: (below: number) => number, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(33 + random(94))).join('');
}

/** All of them. */
export const streams: readonly Stream[] = [
  { name: 'numbers', make: (bytes) => repeat(bytes, (index) => `${index + 1}\r\n`) },
  {
    name: 'colours',
    make(bytes) {
      const random = randomNumbers(1);
      return repeat(bytes, () => {
        const word = letters(random, 4 + random(8));
        return random(12) === 0 ? `${word}\x1b[m\r\n` : `\x1b[${random(2)};38;5;${random(256)};4${random(8)}m${word} `;
      });
    },
  },
  {
    name: 'dense screens',
    make(bytes) {
      const random = randomNumbers(2);
      return repeat(bytes, () => `\x1b[H${Array.from({ length: rows }, () => letters(random, cols - 1)).join('\r\n')}`);
    },
  },
  {
    name: 'unicode',
    make(bytes) {
      const random = randomNumbers(3);
      return repeat(bytes, () => {
        const from = random(CJK.length);
        return `${CJK.slice(from)}${CJK.slice(0, from)} ✓ naïve ${random(1000)} ▁▂▃▄▅\r\n`;
      });
    },
  },
  {
    name: 'cursor moves',
    make(bytes) {
      const random = randomNumbers(4);
      return repeat(bytes, () => `\x1b[${1 + random(rows)};${1 + random(cols)}H${String.fromCharCode(33 + random(94))}`);
    },
  },
  {
    name: 'scroll region',
    make(bytes) {
      const random = randomNumbers(5);
      const lines = repeat(bytes, () => `${letters(random, random(60))}\r\n`);
      return `\x1b[2;${rows - 1}r\x1b[${rows - 1};1H${lines}\x1b[r`;
    },
  },
];

/**
 * Writes a stream to a file for `cat`.
 * @param stream which.
 * @param bytes about how much.
 * @param folder where.
 * @returns the file's path and exact size.
 */
export function writeStream(stream: Stream, bytes: number, folder: string): { readonly path: string; readonly bytes: number } {
  const content = Buffer.from(stream.make(bytes));
  const path = join(folder, `${stream.name.replaceAll(' ', '-')}.bytes`);
  writeFileSync(path, content);
  return { path, bytes: content.length };
}
