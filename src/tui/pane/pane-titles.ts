/** What stands on the rules of the panes: section and scroll position, tabs and place. Pure. */
import type { Tab } from '../../engine/engine.ts';
import { type RuleTitle, titleStyle } from '../../tui/chrome/rules.ts';
import { shownSection } from '../../tui/lesson/progress.ts';
import { type Situation, shownTab } from '../../tui/situation.ts';
import { dimStyle, type Line, span } from '../../tui/text/line.ts';

/**
 * The lesson's rule: which section is read, and what of it is further up and down.
 * @param situation the moment.
 */
export function lessonTitle({ view, ui, reading }: Situation): RuleTitle {
  const section = shownSection(view);
  const number = section && section.number > 0 ? `${section.number} ` : '';
  const again = view.shown === view.open || !section ? '' : section.status === 'skipped' ? '  skipped' : '  reading again';
  const below = reading.lastTop - reading.top;
  const right: Line = [
    ...(reading.top > 0 ? [span(`↑ ${reading.top}`, dimStyle)] : []),
    ...(reading.top > 0 && below > 0 ? [span('  ')] : []),
    ...(below > 0 ? [span(`↓ ${below} more`)] : []),
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
        ? [span('shell', dimStyle)]
        : [...tabs.flatMap((tab) => tabSpans(tab, tab === shown, ui.focus === 'shell')), span('+', dimStyle)],
    right:
      back > 0 ? [span(`↑ ${back} lines back  `), span('⇧PgDn forward', dimStyle)] : where === '' ? [] : [span(where, dimStyle)],
  };
}

function tabSpans(tab: Tab, shown: boolean, focused: boolean): Line {
  const style = shown ? titleStyle(focused) : dimStyle;
  return [span(`${tab.number} ${tab.title}${tab.terminal.alive ? '' : ' (ended)'}`, style), span('  ')];
}
