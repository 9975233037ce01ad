/**
 * Styled text as plain data: what is written and how it is meant, not which escape sequences say so.
 * It knows nothing of terminals; `theme.ts` paints it.
 */
import { cellWidth, cutCells } from './cells.ts';

/** The two accents, by meaning. `accent`: where you are and what you can do. `good`: done, alive, added. */
export type Tone = 'accent' | 'good';

/** How a span is set. Everything absent is the terminal's own. */
export interface Style {
  readonly tone?: Tone;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
}

/** A run of text in one style; never holds a line break. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of text. */
export type Line = readonly Span[];

/** Text in the terminal's own style. */
export const plainStyle: Style = {};
/** What is not now. */
export const dimStyle: Style = { dim: true };
/** What is next. */
export const boldStyle: Style = { bold: true };
/** A key, a place, an action. */
export const accentStyle: Style = { tone: 'accent' };

/**
 * One span.
 * @param text without line breaks.
 * @param style how it is set.
 */
export function span(text: string, style: Style = plainStyle): Span {
  return { text, style };
}

/**
 * The width of a line in cells.
 * @param line the line.
 */
export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + cellWidth(part.text), 0);
}

/**
 * The line cut to at most `width` cells; what was cut off is marked by `…`.
 * @param line the line.
 * @param width cells, 0 or more.
 */
export function fitLine(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  if (width <= 0) return [];
  const fitted: Span[] = [];
  let left = width - 1;
  for (const part of line) {
    const cut = cutCells(part.text, left);
    if (cut.text !== '') fitted.push({ text: cut.text, style: part.style });
    left -= cut.width;
    if (cut.text !== part.text) return [...fitted, { text: '…', style: part.style }];
  }
  return fitted;
}

/**
 * Two lines on one row: `left` from the left edge, `right` up to the right one, at least `gap` cells between them.
 * Where both do not fit, the left one is cut first; where even the right one does not fit, it is left out.
 * @param left may be cut.
 * @param right shown whole or not at all.
 * @param width cells of the whole row.
 * @param gap cells between them, at least.
 */
export function spread(left: Line, right: Line, width: number, gap = 2): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0 || rightWidth + gap > width) return fitLine(left, width);
  const kept = fitLine(left, width - rightWidth - gap);
  return [...kept, span(' '.repeat(width - rightWidth - lineWidth(kept))), ...right];
}

/**
 * The text of a line without its styles.
 * @param line the line.
 */
export function lineText(line: Line): string {
  return line.map((part) => part.text).join('');
}
