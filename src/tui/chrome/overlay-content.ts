/** What an overlay consists of. Pure. */
import { type Line, span } from '../../tui/text/line.ts';

/** Something over the panes. */
export interface OverlayContent {
  readonly title: string;
  readonly lines: readonly Line[];
  /** First line to show; clamped when it is placed. */
  readonly top: number;
  /** The keys that answer it. */
  readonly keys: Line;
}

/** Cells of a question's text: it is read at a glance. */
export const questionWidth = 60;

/**
 * The keys below an overlay.
 * @param pairs key and what it does.
 */
export function answers(pairs: readonly (readonly [key: string, does: string])[]): Line {
  return pairs.flatMap(([key, does], index) => [
    span(`${index === 0 ? '' : '   '}${key} `, { tone: 'accent', bold: true }),
    span(does),
  ]);
}
