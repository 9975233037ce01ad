/** What is under the pointer. Pure geometry over the layout and what was drawn into it. */

import type { Region } from '../../tui/compositor/layer.ts';
import { shellTabAt } from '../../tui/pane/pane-titles.ts';
import type { Situation } from '../../tui/situation.ts';
import type { Target } from './pressed.ts';

/**
 * What is at a cell of the screen.
 * @param situation the moment.
 * @param col column of the screen, from 0.
 * @param row row of the screen, from 0.
 */
export function targetAt(situation: Situation, col: number, row: number): Target {
  const { view, ui } = situation;
  if (view.question !== null || ui.overlay !== null) return { type: 'overlay' };
  return inShell(situation, col, row) ?? inLesson(situation, col, row) ?? { type: 'nothing' };
}

function inShell(situation: Situation, col: number, row: number): Target | null {
  const { shell } = situation.layout;
  if (shell === null) return null;
  if (isInside(shell.body, col, row)) return { type: 'shell', col: col - shell.body.col, row: row - shell.body.row };
  if (!isInside(shell.title, col, row)) return null;
  const tab = shellTabAt(situation, col - shell.title.col, shell.title.cols);
  if (tab === null) return { type: 'nothing' };
  return tab === 'new' ? { type: 'new-tab' } : { type: 'tab', tab };
}

function inLesson({ layout: { lesson }, reading }: Situation, col: number, row: number): Target | null {
  if (lesson === null) return null;
  if (isInside(lesson.title, col, row)) return { type: 'lesson' };
  if (!isInside(lesson.body, col, row)) return null;
  const line = reading.top + row - lesson.body.row;
  const anchor = reading.document.anchors.find(({ top, bottom }) => line >= top && line < bottom);
  return anchor ? { type: 'stop', stop: anchor.block } : { type: 'lesson' };
}

/** Whether a cell is in a region. */
function isInside(region: Region, col: number, row: number): boolean {
  return col >= region.col && col < region.col + region.cols && row >= region.row && row < region.row + region.rows;
}
