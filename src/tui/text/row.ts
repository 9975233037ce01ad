/** Rows that are painted already (text with SGR sequences), cut or filled up to a width. */
import { stripVTControlCharacters } from 'node:util';
import { cellWidth, graphemes } from './cells.ts';

const reset = '\x1b[0m';
const pieces = /\x1b\[[\d;:]*m|[^\x1b]+/g;

/**
 * The row, exactly `width` cells wide, ending in a reset.
 * @param row text and SGR sequences; anything else that begins with ESC is dropped.
 * @param width cells.
 */
export function fitRow(row: string, width: number): string {
  const used = cellWidth(stripVTControlCharacters(row));
  if (used <= width) return `${row}${reset}${' '.repeat(width - used)}`;
  let fitted = '';
  let left = width;
  for (const [piece] of row.matchAll(pieces)) {
    if (piece.startsWith('\x1b')) fitted += piece;
    else
      for (const each of graphemes(piece)) {
        left -= cellWidth(each);
        if (left < 0) return `${fitted}${reset}${' '.repeat(left + cellWidth(each))}`;
        fitted += each;
      }
  }
  return `${fitted}${reset}${' '.repeat(Math.max(0, left))}`;
}
