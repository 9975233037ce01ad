/** The lines between the parts of the screen as layers. */
import { ruleLine, topJunction } from '../../tui/chrome/rules.ts';
import type { Layer, Region } from '../../tui/compositor/layer.ts';
import { openSection } from '../../tui/lesson/progress.ts';
import type { LinesLayer } from '../../tui/lines-layer.ts';
import type { Situation } from '../../tui/situation.ts';
import { dimStyle, type Line, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';
import { lessonTitle, shellTitle } from './pane-titles.ts';

/**
 * The rules above panes and panel, and the line between panes that stand side by side.
 * @param situation the moment.
 * @param where where the shell is, e.g. `ubuntu@galaxy`; empty where not known.
 * @param linesLayer makes layers.
 */
export function ruleLayers(situation: Situation, where: string, linesLayer: LinesLayer): readonly Layer[] {
  const { layout, ui } = situation;
  const inLesson = ui.focus === 'lesson';
  const { lesson, shell, divider, panel } = layout;
  return [
    ...(lesson ? [linesLayer(lesson.title, [ruleLine(lessonTitle(situation), lesson.title.cols, inLesson)])] : []),
    ...(shell ? [linesLayer(shell.title, [ruleLine(shellTitle(situation, where), shell.title.cols, !inLesson)])] : []),
    ...(divider ? [dividerLayer(divider, inLesson ? 'left' : 'right', linesLayer)] : []),
    linesLayer(panel.title, [panelRule(situation)]),
    ...(divider ? [linesLayer({ ...panel.title, col: divider.col, cols: 1 }, [[span('┴', dimStyle)]])] : []),
  ];
}

function dividerLayer(divider: Region, heavy: 'left' | 'right', linesLayer: LinesLayer): Layer {
  const bar: Line = [span('│', dimStyle)];
  return linesLayer(divider, [[topJunction(heavy)], ...Array.from({ length: divider.rows - 1 }, () => bar)]);
}

function panelRule({ view, layout }: Situation): Line {
  const open = openSection(view);
  const checks = open?.checks ?? [];
  const passed = checks.filter((check) => check.status === 'pass').length;
  const whose = view.shown === view.open || !open ? words().panel.checks : words().panel.checksOf(open.number);
  const left: Line = checks.length === 0 ? [] : [span(`${whose}  ${words().panel.count(passed, checks.length)}`)];
  return ruleLine({ left, right: [] }, layout.cols, false);
}
