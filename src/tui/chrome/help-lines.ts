/** The key table as people read it, in two columns where there is room. Pure. */
import type { KeyBook } from '../../tui/key-book.ts';
import { type KeyBinding, mouseTable } from '../../tui/keys.ts';
import { cellWidth } from '../../tui/text/cells.ts';
import { boldStyle, type Line, lineWidth, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

/** From this width on there are two columns. */
const twoColumns = 84;
const gap = 3;

/**
 * The lines of the help.
 * @param keys the keys of this run.
 * @param width cells of a line.
 */
export function helpLines(keys: KeyBook, width: number): readonly Line[] {
  const lead = wrapSpans([span(words().help.lead[0]), span(keys.prefix, boldStyle), span(words().help.lead[1])], width);
  const { table } = keys;
  const back = (each: KeyBinding) => each.scope === 'looking-back';
  return [
    ...lead,
    [],
    ...columns(named(table.filter((each) => !back(each))), width),
    [],
    ...wrapSpans([span(words().help.lookingBack, boldStyle)], width),
    [],
    ...columns(named(table.filter(back)), width),
    [],
    ...wrapSpans([span(words().help.mouse, boldStyle)], width),
    [],
    ...rows(
      mouseTable().map(({ what, does }) => ({ names: what, does })),
      width,
    ),
  ];
}

/** A row of the help. */
interface Named {
  readonly names: string;
  readonly does: string;
}

function named(table: readonly KeyBinding[]): readonly Named[] {
  return table.map((each) => ({ names: namesOf(each.keys), does: each.does }));
}

function columns(table: readonly Named[], width: number): readonly Line[] {
  return width < twoColumns ? rows(table, width) : sideBySide(table, width);
}

function sideBySide(table: readonly Named[], width: number): readonly Line[] {
  const half = Math.floor((width - gap) / 2);
  const middle = Math.ceil(table.length / 2);
  const left = rows(table.slice(0, middle), half);
  const right = rows(table.slice(middle), half);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, y) => {
    const line = left[y] ?? [];
    return [...line, span(' '.repeat(half - lineWidth(line) + gap)), ...(right[y] ?? [])];
  });
}

function rows(table: readonly Named[], width: number): readonly Line[] {
  const column = Math.max(...table.map(({ names }) => cellWidth(names))) + 2;
  return table.flatMap(({ names, does }) =>
    wrapSpans([span(does)], Math.max(10, width - column)).map((line, index) => [
      span((index === 0 ? names : '').padEnd(column), { tone: 'accent', bold: true }),
      ...line,
    ]),
  );
}

/** A run of digits as one range. */
function namesOf(keys: readonly string[]): string {
  return keys.length > 4 ? `${keys[0]}–${keys.at(-1)}` : keys.join(' ');
}
