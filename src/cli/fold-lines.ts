/**
 * Sets lines into the width of a terminal, which would break them in the middle of words. Pure. In a pipe nothing is
 * folded: programs read whole lines.
 */
import { cellWidth } from '../tui/text/cells.ts';

/** The part of a stream that says how wide it is. */
export interface Wide {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Narrower than this nothing can be set well, cells. */
const narrowest = 30;
/** A line shorter than this was ended on purpose, not for want of room. */
const fullLine = 56;

/** What stands before a line's text: its indentation with a mark, or the first column of a row of two. */
const head = /^(?:\s*[✓✗!•-] |\s*\S+(?: \S+){0,6} {2,}(?=\S)|\s*)/;
const row = /^\s+\S+(?: \S+){0,6} {2,}\S/;
const deep = /^ {8,}\S/;

/**
 * Lines no wider than the terminal. What does not fit goes on below, under the line's own text.
 * @param text lines.
 * @param to the stream that they are for.
 */
export function foldLines(text: string, { isTTY, columns = 0 }: Wide): string {
  if (isTTY !== true || columns < narrowest) return text;
  return text
    .split('\n')
    .flatMap((line) => folded(line, columns, 2))
    .join('\n');
}

/**
 * The same for text that was set by hand for a wider terminal: its paragraphs are set anew.
 * @param text paragraphs, and rows of two columns whose second one may go on in the lines below.
 * @param to the stream that it is for.
 */
export function foldText(text: string, to: Wide): string {
  const lines = text.split('\n');
  const { isTTY, columns = 0 } = to;
  if (isTTY !== true || columns < narrowest || lines.every((line) => cellWidth(line) <= columns)) return text;
  const whole: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (goesOn(lines[index - 1], line)) whole.push(`${whole.pop() ?? ''} ${line.trimStart()}`);
    else whole.push(line);
  }
  return whole.flatMap((line) => folded(line, columns, 0)).join('\n');
}

/** Whether a line is the rest of the one before it. */
function goesOn(before: string | undefined, line: string): boolean {
  if (before === undefined || before === '' || line === '' || row.test(line)) return false;
  if (deep.test(line)) return true;
  return indentOf(before) === indentOf(line) && before.length >= fullLine && !row.test(before);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** @param further cells that the rest of a line without a mark or a column is set in. */
function folded(line: string, columns: number, further: number): readonly string[] {
  if (cellWidth(line) <= columns) return [line];
  const begin = head.exec(line)?.[0] ?? '';
  // Under a column the rest stands in the column, and under what is not set in, at the line's beginning.
  const set = begin.trim() === '' && begin !== '' && begin.length < 8 ? further : 0;
  const hang = ' '.repeat(Math.min(begin.length + set, Math.floor(columns / 2)));
  const lines: string[] = [];
  let current = begin;
  let bare = true;
  for (const word of line.slice(begin.length).split(' ')) {
    const next = bare ? `${current}${word}` : `${current} ${word}`;
    if (bare || cellWidth(next) <= columns) {
      current = next;
    } else {
      lines.push(current.trimEnd());
      current = `${hang}${word}`;
    }
    bare = false;
  }
  return [...lines, current];
}
