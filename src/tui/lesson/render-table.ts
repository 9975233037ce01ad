/**
 * A table fitted to a width: columns as wide as they like where there is room, otherwise the widest give way and their
 * cells wrap; where even that leaves too little, each row is told as a small list.
 */
import type { Align, Inline, Node } from '../../model/markdown.ts';
import { boldStyle, dimStyle, type Line, lineWidth, type Style, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { inlineSpans } from './render-inline.ts';

type Table = Extract<Node, { type: 'table' }>;
type Cell = readonly Inline[];

const narrowest = 6;
const gap = 3;

/**
 * The lines of a table.
 * @param table the table.
 * @param width cells.
 */
export function renderTable(table: Table, width: number): readonly Line[] {
  const count = Math.max(table.header.length, ...table.rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, column) =>
    Math.max(1, ...[table.header, ...table.rows].map((row) => naturalWidth(row[column] ?? []))),
  );
  const widths = shrinkColumns(natural, width - gap * (count - 1));
  if (widths === null) return asRecords(table, width);
  const rule: Line = [span(widths.map((each) => '─'.repeat(each)).join('─┼─'), dimStyle)];
  const rows = table.rows.map((row) => rowLines(row, widths, table.align, {}));
  // Rows of several lines need something between them to be told apart.
  const airy = rows.some((row) => row.length > 1);
  return [
    ...rowLines(table.header, widths, table.align, boldStyle),
    rule,
    ...rows.flatMap((row, index) => (airy && index > 0 ? [rule, ...row] : row)),
  ];
}

/**
 * Widths that fit together: the widest columns give way first. Null where the columns would become too narrow to read.
 * @param natural what each column would like, cells.
 * @param room what they have together.
 */
export function shrinkColumns(natural: readonly number[], room: number): readonly number[] | null {
  const floor = natural.map((each) => Math.min(each, narrowest));
  if (floor.reduce((sum, each) => sum + each, 0) > room) return null;
  let cap = Math.max(...natural);
  const capped = () => natural.map((each) => Math.min(each, cap));
  while (cap > 1 && capped().reduce((sum, each) => sum + each, 0) > room) cap -= 1;
  const widths = capped();
  // What the last step down gave away too much goes to the columns that wanted it, from the left.
  let left = room - widths.reduce((sum, each) => sum + each, 0);
  return widths.map((each, index) => {
    const more = left > 0 && each < (natural[index] ?? 0) ? 1 : 0;
    left -= more;
    return each + more;
  });
}

function naturalWidth(cell: Cell): number {
  return Math.max(0, ...wrapSpans(inlineSpans(cell), 1_000).map(lineWidth));
}

function rowLines(row: readonly Cell[], widths: readonly number[], align: readonly Align[], style: Style): readonly Line[] {
  const cells = widths.map((width, column) => wrapSpans(inlineSpans(row[column] ?? [], style), width));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap((cell, column) => {
      const last = column === widths.length - 1;
      const set = setCell(cell[y] ?? [], widths[column] ?? 0, align[column] ?? null, last);
      return last ? set : [...set, span(' │ ', dimStyle)];
    }),
  );
}

function setCell(line: Line, width: number, align: Align, last: boolean): Line {
  const spare = Math.max(0, width - lineWidth(line));
  const before = align === 'right' ? spare : align === 'center' ? Math.floor(spare / 2) : 0;
  const after = last ? 0 : spare - before;
  return [...(before > 0 ? [span(' '.repeat(before))] : []), ...line, ...(after > 0 ? [span(' '.repeat(after))] : [])];
}

/** Each row as `header: value` lines. */
function asRecords(table: Table, width: number): readonly Line[] {
  return table.rows.flatMap((row, index) => {
    const lines = row.flatMap((cell, column) => {
      const head = inlineSpans(table.header[column] ?? [], boldStyle);
      return wrapSpans([...head, span(': ', boldStyle), ...inlineSpans(cell)], width);
    });
    return index === 0 ? lines : [[], ...lines];
  });
}
