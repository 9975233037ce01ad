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
export function shellTitle({ ui, tabs }: Situation, where: string): RuleTitle {
  const shown = shownTab(tabs, ui);
  const back = shown?.terminal.scrollback ?? 0;
  return {
    left:
      tabs.length === 0
        ? [span(words().pane.shell, dimStyle)]
        : [...tabs.flatMap((tab) => tabSpans(tab, tab === shown, ui.focus === 'shell')), span('+', dimStyle)],
    right: ui.back?.keys === true ? backState(ui.back, shown, back) : backOrPlace(back, where),
  };
}

function backOrPlace(back: number, where: string): Line {
  if (back > 0) return [span(`↑ ${words().pane.linesBack(back)}`), span(`  ${words().pane.typingReturns}`, dimStyle)];
  return where === '' ? [] : [span(where, dimStyle)];
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
export function shellTabAt({ ui, tabs }: Situation, col: number, cols: number): number | 'new' | null {
  const shown = shownTab(tabs, ui);
  // Before the names stand a dash and a space.
  let at = 2;
  for (const tab of tabs) {
    const width = lineWidth(tabSpans(tab, tab === shown, false)) - 2;
    if (col >= at && col < Math.min(at + width, cols)) return tab.number;
    at += width + 2;
  }
  // One cell is hard to hit; its neighbours are blank.
  return Math.abs(col - at) <= 1 && tabs.length > 0 ? 'new' : null;
}

function tabSpans(tab: Tab, shown: boolean, focused: boolean): Line {
  const style = shown ? titleStyle(focused) : dimStyle;
  // What has no name of its own is called what it is.
  const title = tab.title === 'shell' ? words().pane.shell : tab.title;
  return [span(`${tab.number} ${title}${tab.terminal.alive ? '' : ` ${words().pane.ended}`}`, style), span('  ')];
}
