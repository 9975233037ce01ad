/** One check as lines: its mark, its title, what was found and what was expected, its hint. Pure. */
import type { CheckView } from '../../session/view.ts';
import {
  accentStyle,
  boldStyle,
  dimStyle,
  fitLine,
  type Line,
  lineText,
  lineWidth,
  type Span,
  type Style,
  span,
} from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

/** How checks are set in a panel. */
export interface CheckSetting {
  /** Cells of a row. */
  readonly width: number;
  /** Cells of the titles' column. */
  readonly titleWidth: number;
  /** The check that is next: the first one that fails. */
  readonly next: string | null;
  /** A time of day for people, from ms since the epoch. */
  readonly time: (at: number) => string;
}

/** The marks differ in shape, so that no colour is needed to tell them apart. */
const marks: Readonly<Record<CheckView['status'], Span>> = {
  pass: span('✓', { tone: 'good', bold: true }),
  fail: span('✗', boldStyle),
  error: span('!', boldStyle),
  pending: span('·'),
  unknown: span('·', dimStyle),
};

/**
 * The mark of a status, one cell.
 * @param status a check's status.
 */
export function checkMark(status: CheckView['status']): Span {
  return marks[status];
}

/**
 * A check on one row; what does not fit is cut.
 * @param check the check.
 * @param setting widths and clock.
 * @param tail the keys for it, at the end of its row.
 */
export function checkRow(check: CheckView, setting: CheckSetting, tail: Line = []): Line {
  const left: Line = [span(' '), markOf(check), span(' '), ...titleCell(check, setting)];
  const room = setting.width - lineWidth(left) - lineWidth(tail) - 4;
  const detail = fitLine([span(findingOf(check, setting.time), detailStyle(check))], Math.max(0, room));
  return [...left, ...(lineWidth(detail) > 0 ? [span('   '), ...detail] : []), ...tail];
}

/**
 * A failing check on as many rows as it needs: what was found beside its title, what was expected below that.
 * @param check the check.
 * @param setting widths and clock.
 * @param tail as for `checkRow`.
 */
export function expandedRows(check: CheckView, setting: CheckSetting, tail: Line = []): readonly Line[] {
  const row = checkRow(check, setting, tail);
  if (!lineText(row).includes('…')) return [row];
  const column = 3 + setting.titleWidth + 3;
  const parts = findingParts(check, setting.time).flatMap((part) =>
    wrapSpans([span(part)], Math.max(10, setting.width - column - 9)),
  );
  return parts.map((part, index) =>
    index === 0
      ? [span(' '), markOf(check), span(' '), ...titleCell(check, setting), span('   '), ...part, ...tail]
      : [span(' '.repeat(column)), ...part],
  );
}

/** A question that waits for its answer is not a check that was not asked yet. */
function markOf(check: CheckView): Span {
  return check.asks !== undefined && check.status === 'unknown' ? span('?', { tone: 'accent', bold: true }) : marks[check.status];
}

/**
 * A check with everything there is to say about it, wrapped.
 * @param check the check.
 * @param setting widths and clock.
 */
export function checkInFull(check: CheckView, setting: CheckSetting): readonly Line[] {
  const inner = Math.max(10, setting.width - 4);
  const indent = (lines: readonly Line[]): readonly Line[] => lines.map((line) => [span('   '), ...line]);
  const title = wrapSpans([span(check.title, titleStyle(check, setting.next))], setting.width - 3);
  const finding = findingOf(check, setting.time);
  return [
    ...title.map((line, index) => [...(index === 0 ? [span(' '), markOf(check), span(' ')] : [span('   ')]), ...line]),
    ...(finding === '' ? [] : indent(wrapSpans([span(finding, detailStyle(check))], inner))),
    ...hintLines(check, setting.width),
  ];
}

/**
 * The revealed hint of a check, wrapped; nothing where none was revealed.
 * @param check the check.
 * @param width cells.
 */
export function hintLines(check: CheckView, width: number): readonly Line[] {
  if (check.hint === undefined || check.status === 'pass') return [];
  return wrapSpans([span(check.hint, { italic: true })], Math.max(10, width - 6)).map((line, index) => [
    span(index === 0 ? '   → ' : '     ', accentStyle),
    ...line,
  ]);
}

/** What is to be said about a check besides its title. */
function findingOf(check: CheckView, time: (at: number) => string): string {
  return findingParts(check, time).join(' · ');
}

function findingParts(check: CheckView, time: (at: number) => string): readonly string[] {
  switch (check.status) {
    case 'fail': {
      if (check.asks !== undefined) return [check.sentence ?? ''];
      const found = [labelled(words().panel.found, check.actual), labelled(words().panel.expected, check.expected)].filter(
        (part) => part !== '',
      );
      return [
        ...(check.regressed === true ? [brokeWords(check, time)] : []),
        ...(found.length > 0 ? found : [check.sentence ?? '']),
      ];
    }
    case 'error':
      return [words().panel.couldNotTell(check.sentence)];
    case 'pending':
      return check.sentence === undefined ? [] : [check.sentence];
    default:
      return [];
  }
}

/** When something held, when it broke and after what; as much of it as is known. */
function brokeWords({ held, since, after }: CheckView, time: (at: number) => string): string {
  const before = held === undefined ? words().panel.heldBefore : words().panel.heldAt(time(held));
  const broke = since === undefined ? '' : words().panel.broke(time(since));
  return `${before}${broke}${after === undefined ? '' : words().panel.after(after)}`;
}

function labelled(label: (text: string) => string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : label(text);
}

function titleCell(check: CheckView, { titleWidth, next }: CheckSetting): Line {
  const title = fitLine([span(check.title, titleStyle(check, next))], titleWidth);
  return [...title, span(' '.repeat(Math.max(0, titleWidth - lineWidth(title))))];
}

/** Dim what is done or not asked yet, bold what is next. */
function titleStyle(check: CheckView, next: string | null): Style {
  if (check.status === 'pass' || (check.status === 'unknown' && check.asks === undefined)) return dimStyle;
  return check.id === next ? boldStyle : {};
}

function detailStyle(check: CheckView): Style {
  return check.status === 'pending' ? dimStyle : {};
}
