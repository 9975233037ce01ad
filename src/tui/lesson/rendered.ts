/** What a piece of the lesson looks like at one width: lines, and where its blocks stand among them. */
import type { Line } from '../../tui/text/line.ts';

/** Where a block of the lesson stands; lines from 0, `bottom` not included. */
export interface Anchor {
  readonly block: string;
  readonly top: number;
  readonly bottom: number;
}

/** Lines with anchors. */
export interface Rendered {
  readonly lines: readonly Line[];
  readonly anchors: readonly Anchor[];
}

/** Nothing at all. */
export const nothing: Rendered = { lines: [], anchors: [] };

/**
 * Lines without any blocks in them.
 * @param lines what to show.
 */
export function onlyLines(lines: readonly Line[]): Rendered {
  return { lines, anchors: [] };
}

/**
 * Pieces below each other, with `blank` empty lines between those that are not empty.
 * @param parts from top to bottom.
 * @param blank how many empty lines stand between two.
 */
export function stack(parts: readonly Rendered[], blank: number): Rendered {
  const lines: Line[] = [];
  const anchors: Anchor[] = [];
  for (const part of parts) {
    if (part.lines.length === 0) continue;
    if (lines.length > 0) for (let each = 0; each < blank; each += 1) lines.push([]);
    for (const { block, top, bottom } of part.anchors) {
      anchors.push({ block, top: top + lines.length, bottom: bottom + lines.length });
    }
    lines.push(...part.lines);
  }
  return { lines, anchors };
}

/**
 * The same with something before each line: a bullet, a bar, an indent.
 * @param part what is moved to the right.
 * @param first before its first line.
 * @param rest before all others; an empty line gets it without trailing spaces.
 */
export function prefix(part: Rendered, first: Line, rest: Line): Rendered {
  return { anchors: part.anchors, lines: part.lines.map((line, index) => [...(index === 0 ? first : rest), ...line]) };
}
