/** What stands on the rules of the panes: section and scroll position, tabs and place. Pure. */
import type { Tab } from '../../engine/engine.ts';
import { type RuleTitle, titleStyle } from '../../tui/chrome/rules.ts';
import { shownSection } from '../../tui/lesson/progress.ts';
import { type Found, type LookBack, selectedLines } from '../../tui/look-back/look-back.ts';
import { type Situation, shownTab } from '../../tui/situation.ts';
import { cellWidth, cutCells } from '../../tui/text/cells.ts';
import { accentStyle, boldStyle, dimStyle, type Line, lineWidth, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';

/**
 * The lesson's rule: which section is read, and what of it is further up and down.
 * @param situation the moment.
 */
export function lessonTitle({ view, ui, reading }: Situation): RuleTitle {
  const section = shownSection(view);
  const number = section && section.number > 0 ? `${section.number} ` : '';
  const again =
    view.shown === view.open || !section
      ? ''
      : section.status === 'skipped'
        ? `  ${words().pane.skipped}`
        : `  ${words().pane.readingAgain}`;
  const below = reading.lastTop - reading.top;
  const right: Line = [
    ...(reading.top > 0 ? [span(`↑ ${reading.top}`, dimStyle)] : []),
    ...(reading.top > 0 && below > 0 ? [span('  ')] : []),
    ...(below > 0 ? [span(`↓ ${words().pane.more(below)}`)] : []),
  ];
  return {
    left: [
      span(`${number}${section?.shortTitle ?? view.lesson.title}`, titleStyle(ui.focus === 'lesson')),
      span(again, dimStyle),
    ],
    right,
  };
}

/**
 * The terminal's rule: tabs, and where they are.
 * @param situation the moment.
 * @param where e.g. `ubuntu@galaxy`; empty where not known.
 */
export function shellTitle(situation: Situation, where: string): RuleTitle {
  const { ui, tabs, layout } = situation;
  const shown = shownTab(tabs, ui);
  const back = shown?.terminal.scrollback ?? 0;
  const names = tabNames(situation, layout.shell?.title.cols ?? 0);
  const left =
    tabs.length === 0 ? [span(words().pane.shell, dimStyle)] : [...names.flatMap(({ spans }) => spans), span('+', dimStyle)];
  const room = (layout.shell?.title.cols ?? 0) - lineWidth(left) - RULE_CELLS;
  return { left, right: ui.back?.keys === true ? backState(ui.back, shown, back) : backOrPlace(back, where, room) };
}

/** Which tabs there are is told before where they are. */
function backOrPlace(back: number, where: string, room: number): Line {
  if (back > 0) return [span(`↑ ${words().pane.linesBack(back)}`), span(`  ${words().pane.typingReturns}`, dimStyle)];
  return where === '' || cellWidth(where) > room ? [] : [span(where, dimStyle)];
}

/** Looking back: what is selected or found, and how far up the view is. */
function backState(state: LookBack, tab: Tab | undefined, lines: number): Line {
  const count = state.anchor !== null && tab ? selectedLines(state, tab.terminal.history) : 0;
  const selected = count === 1 ? words().pane.selecting : words().pane.linesSelected(count);
  return [
    ...(count > 0 ? [span(`${selected}  `, boldStyle)] : state.found ? [span(`${foundWords(state.found)}  `, boldStyle)] : []),
    span(words().pane.lookingBack, accentStyle),
    ...(lines > 0 ? [span(` ↑ ${lines}`)] : []),
  ];
}

/** Cells that what was searched for may take on the rule. */
const foundWidth = 16;

function foundWords({ text, at, total }: Found): string {
  const shown = cellWidth(text) > foundWidth ? `${cutCells(text, foundWidth - 1).text}…` : text;
  return total === 0 ? words().pane.notFound(shown) : words().pane.found(shown, at, total);
}

/**
 * Which tab's name stands at a column of the terminal's rule.
 * @param situation the moment.
 * @param col column of the rule, from 0.
 * @param cols cells of the rule.
 * @returns its number, `new` for the sign that opens one, null for anything else.
 */
export function shellTabAt(situation: Situation, col: number, cols: number): number | 'new' | null {
  // Before the names stand a dash and a space.
  let at = 2;
  for (const { tab, spans } of tabNames(situation, cols)) {
    const width = lineWidth(spans) - GAP.length;
    if (col >= at && col < Math.min(at + width, cols)) return tab.number;
    at += width + GAP.length;
  }
  // One cell is hard to hit; its neighbours are blank.
  return Math.abs(col - at) <= 1 && situation.tabs.length > 0 ? 'new' : null;
}

/** Cells of a rule that are dashes and blanks around what stands on both its ends. */
const RULE_CELLS = 8;
/** Between two tabs. */
const GAP = '  ';

interface TabName {
  readonly tab: Tab;
  readonly spans: Line;
}

/** The tabs as they fit: where there are too many for their names, only the one that is shown keeps its own. */
function tabNames({ ui, tabs }: Situation, cols: number): readonly TabName[] {
  const shown = shownTab(tabs, ui);
  const focused = ui.focus === 'shell';
  const whole = tabs.map((tab) => ({ tab, spans: tabSpans(tab, nameOf(tab), tab === shown, focused) }));
  // The sign that opens one stands behind them.
  const room = cols - RULE_CELLS / 2 - 1;
  if (widthOf(whole) <= room) return whole;
  const others = tabs.filter((tab) => tab !== shown).map((tab) => ({ tab, spans: tabSpans(tab, '', false, focused) }));
  const left = Math.max(0, room - widthOf(others) - GAP.length - 2);
  const short = (tab: Tab): string =>
    cellWidth(nameOf(tab)) > left ? `${cutCells(nameOf(tab), Math.max(0, left - 1)).text}…` : nameOf(tab);
  return tabs.map((tab) => others.find((other) => other.tab === tab) ?? { tab, spans: tabSpans(tab, short(tab), true, focused) });
}

function widthOf(names: readonly TabName[]): number {
  return names.reduce((sum, { spans }) => sum + lineWidth(spans), 0);
}

/** What has no name of its own is called what it is. */
function nameOf(tab: Tab): string {
  const title = tab.title === 'shell' ? words().pane.shell : tab.title;
  return `${title}${tab.terminal.alive ? '' : ` ${words().pane.ended}`}`;
}

function tabSpans(tab: Tab, name: string, shown: boolean, focused: boolean): Line {
  return [span(`${tab.number}${name === '' ? '' : ` ${name}`}`, shown ? titleStyle(focused) : dimStyle), span(GAP)];
}
