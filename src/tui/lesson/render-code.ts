/** Code with a bar at its left; lines that are too long go on below, indented and marked, so that nothing is lost. */
import { dimStyle, type Line, type Span, span } from '../../tui/text/line.ts';
import { chopLine } from '../../tui/text/wrap.ts';
import { highlight } from './highlight.ts';

/** The bar of code that is only shown, or of a step that is not marked. */
export const quietBar: Span = span('│ ', dimStyle);

/**
 * The lines of a piece of code.
 * @param lang the fence's language.
 * @param text the code.
 * @param width cells, bar included.
 * @param bar what stands before each line; two cells.
 */
export function renderCode(lang: string, text: string, width: number, bar: Span = quietBar): readonly Line[] {
  const room = Math.max(4, width - 2);
  return highlight(lang, text.replace(/\n+$/, '')).flatMap((line) =>
    chopLine(line, room, room - 2).map((part, index) => [bar, ...(index === 0 ? part : [span('↪ ', dimStyle), ...part])]),
  );
}
