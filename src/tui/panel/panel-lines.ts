/**
 * What stands in the panel below the panes: the moment a section is done or a notice, live evidence, and the open
 * section's checks, most relevant ones first to be shown where room is short, always in the lesson's order. Pure.
 */
import type { CheckView, View } from '../../session/view.ts';
import { nextSection, openSection, sectionName } from '../../tui/lesson/progress.ts';
import { boldStyle, dimStyle, fitLine, type Line, type Span, span, spread } from '../../tui/text/line.ts';
import { type CheckSetting, checkMark, checkRow, hintLines } from './check-lines.ts';
import { monitorLines } from './monitor-lines.ts';

/** What the panel needs besides the view. */
export interface PanelOptions {
  readonly width: number;
  readonly rows: number;
  /** The check that the hint's key is for, and how that key is written now. */
  readonly hint: { readonly check: string | null; readonly key: string };
  /** How the key for going on is written now. */
  readonly actKey: string;
  /** How the key that shows all checks is written now. */
  readonly allKey: string;
  /** A notice newer than this is still shown, ms since the epoch. */
  readonly noticeAfter: number;
  readonly time: (at: number) => string;
}

/**
 * The panel's lines, at most `rows`.
 * @param view the session's view.
 * @param options room and keys.
 */
export function panelLines(view: View, options: PanelOptions): readonly Line[] {
  const { width, rows } = options;
  const open = openSection(view);
  if (!open) return [];
  const status = statusLine(view, options);
  const strip = open.monitor ? monitorLines(open.monitor, width, options.time) : [];
  const shownStrip = strip.slice(0, Math.max(0, rows - 1));
  const room = rows - shownStrip.length - (status && rows > 1 ? 1 : 0);
  if (status && rows - shownStrip.length <= 1) return [...shownStrip, fitLine(status, width)];
  const checks = checkLines(open.checks, { ...options, rows: room });
  return [...shownStrip, ...(status ? [fitLine(status, width)] : []), ...checks].slice(0, rows);
}

/** The section is done, or something is to be told. */
function statusLine(view: View, options: PanelOptions): Line | null {
  const { notice } = view;
  if (notice && notice.at > options.noticeAfter) {
    return [span(notice.tone === 'problem' ? ' ! ' : ' · ', boldStyle), span(notice.sentence, boldStyle)];
  }
  const next = nextSection(view);
  const open = openSection(view);
  if (open?.kind === 'reading') {
    return next ? [span(' Read on; then  ', dimStyle), ...goOn(options.actKey, sectionName(next))] : null;
  }
  const sentence = view.unlocked?.sentence ?? (open?.status === 'done' ? `Section ${open.number} done.` : null);
  if (sentence === null) return null;
  const left: Line = [span(' '), span('✓', { tone: 'good', bold: true }), span(` ${sentence}`, boldStyle)];
  return next ? spread(left, [...goOn(options.actKey, sectionName(next)), span(' ')], options.width) : left;
}

function goOn(key: string, name: string): readonly Span[] {
  return [span(`${key} `, { tone: 'accent', bold: true }), span(name, boldStyle)];
}

function checkLines(checks: readonly CheckView[], options: PanelOptions): readonly Line[] {
  if (checks.length === 0 || options.rows <= 0) return [];
  if (options.rows === 1 && checks.length > 1) return [summaryLine(checks, options)];
  const entries = checks.map((check) => entryOf(check, checks, options));
  return fitEntries(entries, options);
}

interface Entry {
  readonly check: CheckView;
  readonly lines: readonly Line[];
}

function entryOf(check: CheckView, checks: readonly CheckView[], options: PanelOptions): Entry {
  const longest = Math.max(...checks.map((each) => each.title.length));
  const setting: CheckSetting = {
    width: options.width,
    titleWidth: Math.min(longest, Math.floor(options.width * 0.55)),
    time: options.time,
  };
  const key = options.hint.check === check.id ? options.hint.key : '';
  return { check, lines: [checkRow(check, setting, key), ...hintLines(check, options.width)] };
}

/** What is dropped first where not everything fits. */
const rank: Readonly<Record<CheckView['status'], number>> = { fail: 4, error: 3, pending: 2, unknown: 1, pass: 0 };

/** Passed checks fold into one line first; then the least relevant are left out, the last ones before the first. */
function fitEntries(entries: readonly Entry[], options: PanelOptions): readonly Line[] {
  const all = entries.flatMap((entry) => entry.lines);
  if (all.length <= options.rows) return all;
  const passed = entries.filter((entry) => entry.check.status === 'pass');
  const others = entries.filter((entry) => entry.check.status !== 'pass');
  const fold: readonly Line[] =
    passed.length === 0 ? [] : [[span(' '), checkMark('pass'), span(` ${passed.length} passed`, dimStyle)]];
  const rest = others.flatMap((entry) => entry.lines);
  if (fold.length + rest.length <= options.rows) return [...fold, ...rest];
  const room = options.rows - fold.length - 1;
  const byRelevance = others
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => rank[b.entry.check.status] - rank[a.entry.check.status] || a.index - b.index);
  const kept = new Map<Entry, readonly Line[]>();
  let left = room;
  for (const { entry } of byRelevance) {
    if (left <= 0) break;
    const lines = entry.lines.slice(0, left);
    kept.set(entry, lines);
    left -= lines.length;
  }
  const missing = others.length - kept.size;
  const more: Line = missing === 0 ? [] : [span(`   … ${missing} more   `, dimStyle), ...keyHint(options.allKey)];
  return [...fold, ...others.flatMap((entry) => kept.get(entry) ?? []), ...(missing === 0 ? [] : [more])];
}

function keyHint(key: string): readonly Span[] {
  return [span(`${key} `, { tone: 'accent', bold: true }), span('all checks', dimStyle)];
}

/** Everything on one line: `✓ 1  ✗ 1  · 1   master-fifo is given three times`. */
function summaryLine(checks: readonly CheckView[], options: PanelOptions): Line {
  const count = (...statuses: readonly CheckView['status'][]) => checks.filter((check) => statuses.includes(check.status)).length;
  const counts = [
    { mark: checkMark('pass'), number: count('pass') },
    { mark: checkMark('fail'), number: count('fail') },
    { mark: checkMark('error'), number: count('error') },
    { mark: checkMark('pending'), number: count('pending', 'unknown') },
  ].flatMap(({ mark, number }) => (number === 0 ? [] : [mark, span(` ${number}  `)]));
  const first = checks.find((check) => check.status === 'fail') ?? checks.find((check) => check.status === 'error');
  const left: Line = [span(' '), ...counts, ...(first ? [span(' '), span(first.title, boldStyle)] : [])];
  const canHint = first !== undefined && options.hint.check !== null;
  const key = canHint ? options.hint.key : options.allKey;
  return spread(
    left,
    first ? [span(`${key} `, { tone: 'accent', bold: true }), span(canHint ? 'hint ' : 'all ')] : [],
    options.width,
  );
}
