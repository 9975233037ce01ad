/**
 * Which checks of a section are shown in how few rows. Everything where it fits; otherwise passed ones fold into one
 * line, the latest last; otherwise the most relevant are kept and the rest is counted. The order never changes. Pure.
 */
import type { CheckView } from '../../session/view.ts';
import { cellWidth } from '../../tui/text/cells.ts';
import { boldStyle, dimStyle, type Line, plainStyle, type Span, type Style, span, spread } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';
import { type CheckSetting, checkMark, checkRow, expandedRows, hintLines } from './check-lines.ts';

/** How the checks are to be fitted. */
export interface FitOptions {
  readonly width: number;
  readonly rows: number;
  /** The check that the hint's key is for, and how that key is written now. */
  readonly hint: { readonly check: string | null; readonly key: string };
  /** The question that the key for answering is for, and how that key is written now. */
  readonly answer: { readonly check: string | null; readonly key: string };
  /** How the key that shows all checks is written now. */
  readonly allKey: string;
  readonly time: (at: number) => string;
}

interface Entry {
  readonly check: CheckView;
  readonly lines: readonly Line[];
}

/**
 * The checks in at most `rows` lines.
 * @param checks in the lesson's order.
 * @param options room and keys.
 */
export function fitChecks(checks: readonly CheckView[], options: FitOptions): readonly Line[] {
  if (checks.length === 0 || options.rows <= 0) return [];
  if (options.rows === 1 && checks.length > 1) return [summaryLine(checks, options)];
  const entries = checks.map((check) => entryOf(check, checks, options));
  const height = countLines(entries);
  if (height <= options.rows) return expandFirst(entries, checks, options, options.rows - height);
  return folded(entries, options) ?? counted(entries, options);
}

function countLines(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.lines.length, 0);
}

function settingOf(checks: readonly CheckView[], { width, time }: FitOptions): CheckSetting {
  const longest = Math.max(...checks.map((each) => cellWidth(each.title)));
  const next = checks.find((check) => check.status === 'fail')?.id ?? null;
  return { width, titleWidth: Math.min(longest, Math.floor(width * 0.55)), next, time };
}

function entryOf(check: CheckView, checks: readonly CheckView[], options: FitOptions): Entry {
  const lines = [checkRow(check, settingOf(checks, options), tailOf(check, options)), ...hintLines(check, options.width)];
  return { check, lines };
}

/** The keys that are for this check now. */
function tailOf(check: CheckView, { hint, answer }: FitOptions): Line {
  return [
    ...(answer.check === check.id ? [span('   '), ...keySpans(answer.key, words().panel.answer, plainStyle)] : []),
    ...(hint.check === check.id ? [span('   '), ...keySpans(hint.key, words().panel.hint, plainStyle)] : []),
  ];
}

/** Rows to spare go to the first failing check whose row says too little. */
function expandFirst(
  entries: readonly Entry[],
  checks: readonly CheckView[],
  options: FitOptions,
  spare: number,
): readonly Line[] {
  const first = entries.find((entry) => entry.check.status === 'fail');
  return entries.flatMap((entry) => {
    if (entry !== first) return entry.lines;
    const rows = expandedRows(entry.check, settingOf(checks, options), tailOf(entry.check, options));
    return rows.length - 1 <= spare ? [...rows, ...entry.lines.slice(1)] : entry.lines;
  });
}

/** Passed checks from the first on become one line, as many as must. */
function folded(entries: readonly Entry[], options: FitOptions): readonly Line[] | null {
  const passed = entries.filter((entry) => entry.check.status === 'pass');
  const excess = countLines(entries) - options.rows;
  const hidden = new Set(passed.slice(0, excess + 1));
  if (passed.length < excess + 1) return null;
  const fold: Line = [span(' '), checkMark('pass'), span(` ${words().panel.passed(hidden.size)}`, dimStyle)];
  return [fold, ...entries.flatMap((entry) => (hidden.has(entry) ? [] : entry.lines))];
}

/** What is kept first where not everything can be. */
const rank: Readonly<Record<CheckView['status'], number>> = { fail: 4, error: 3, pending: 2, unknown: 1, pass: 0 };

function counted(entries: readonly Entry[], options: FitOptions): readonly Line[] {
  const byRelevance = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => relevance(b.entry.check) - relevance(a.entry.check) || a.index - b.index);
  const kept = new Map<Entry, readonly Line[]>();
  let left = options.rows - 1;
  for (const { entry } of byRelevance) {
    if (left <= 0) break;
    const lines = entry.lines.slice(0, left);
    kept.set(entry, lines);
    left -= lines.length;
  }
  const missing = entries.filter((entry) => !kept.has(entry)).map((entry) => entry.check);
  const more: Line = [span(' …  ', dimStyle), ...countSpans(missing), ...keySpans(options.allKey, words().panel.allChecks)];
  return [...entries.flatMap((entry) => kept.get(entry) ?? []), more];
}

/** A check whose hint was just asked for is what the learner works at. */
function relevance(check: CheckView): number {
  return rank[check.status] + (check.status === 'fail' && check.hint !== undefined ? 1 : 0);
}

function countSpans(checks: readonly CheckView[]): readonly Span[] {
  const count = (...statuses: readonly CheckView['status'][]) => checks.filter((check) => statuses.includes(check.status)).length;
  return [
    { mark: checkMark('pass'), number: count('pass') },
    { mark: checkMark('fail'), number: count('fail') },
    { mark: checkMark('error'), number: count('error') },
    { mark: checkMark('pending'), number: count('pending', 'unknown') },
  ].flatMap(({ mark, number }) => (number === 0 ? [] : [mark, span(` ${number}  `)]));
}

function keySpans(key: string, does: string, style: Style = dimStyle): readonly Span[] {
  return [span(`${key} `, { tone: 'accent', bold: true }), span(does, style)];
}

/** Everything on one line: `✓ 1  ✗ 1  · 1   master-fifo is given three times`. */
function summaryLine(checks: readonly CheckView[], options: FitOptions): Line {
  const first =
    checks.find((check) => check.status === 'fail') ??
    checks.find((check) => check.status === 'error') ??
    checks.find((check) => check.id === options.answer.check);
  const left: Line = [span(' '), ...countSpans(checks), ...(first ? [span(' '), span(first.title, boldStyle)] : [])];
  if (!first) return left;
  const right = first.id === options.answer.check ? keySpans(options.answer.key, `${words().panel.answer} `) : rightKeys(options);
  return spread(left, right, options.width);
}

function rightKeys({ hint, allKey }: FitOptions): readonly Span[] {
  return hint.check === null ? keySpans(allKey, `${words().panel.all} `) : keySpans(hint.key, `${words().panel.hint} `);
}
