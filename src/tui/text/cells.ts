/**
 * How many terminal cells text takes, and how it is cut at one. Measured by the library that Ink measures with, so
 * that what is cut here is never wrapped there.
 */
import stringWidth from 'string-width';
import { singleCells } from './single-cells.ts';

/** A piece of text and the cells that it takes. */
export interface Cut {
  readonly text: string;
  readonly width: number;
}

/**
 * The width of text in cells; line breaks and other controls count nothing.
 * @param text any text without escape sequences.
 */
export function cellWidth(text: string): number {
  return singleCells.test(text) ? text.length : stringWidth(text);
}

/**
 * What a reader takes for single characters, in order.
 * @param text any text.
 */
export function graphemes(text: string): readonly string[] {
  if (singleCells.test(text)) return [...text];
  return Array.from(new Intl.Segmenter().segment(text), (part) => part.segment);
}

/**
 * The beginning of text, at most `width` cells of it; a wide character that would be cut in half is left out.
 * @param text any text without escape sequences.
 * @param width cells.
 */
export function cutCells(text: string, width: number): Cut {
  if (width <= 0) return { text: '', width: 0 };
  if (singleCells.test(text)) {
    const kept = text.slice(0, width);
    return { text: kept, width: kept.length };
  }
  let kept = '';
  let used = 0;
  for (const each of graphemes(text)) {
    const cells = cellWidth(each);
    if (used + cells > width) break;
    kept += each;
    used += cells;
  }
  return { text: kept, width: used };
}
