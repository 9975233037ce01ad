/** One learner: a row of the matrix. */
import { SLOW } from '../../classroom/instructor/seat-order.ts';
import { type ClassSection, duration, paceFigure, paceWords, stateWords, timeOn } from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { el, setAttr, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createCell } from './matrix-cell.ts';

/** The end of the bar that shows a pace: so many medians. */
const BAR_END = 3;

/** A row. */
export interface Row {
  readonly element: HTMLElement;
  /** The row's squares: name, pace, sections. */
  readonly cells: readonly HTMLElement[];
  update(seat: SeatStand, gate: string | null): void;
  tick(seat: SeatStand, now: number): void;
}

/**
 * An empty row.
 * @param seat whose it is.
 * @param sections the lesson's.
 */
export function createRow(seat: string, sections: readonly ClassSection[]): Row {
  const state = el('i', { class: 'state', attrs: { 'aria-hidden': 'true' } });
  const name = el('span', { class: 'name' });
  const words = el('span', { class: 'words' });
  const hand = el('span', { class: 'hand' }, icon('hand'));
  const head = el(
    'div',
    { class: 'who', attrs: { role: 'rowheader', tabindex: '-1' } },
    state,
    el('span', { class: 'names' }, name, words),
    hand,
  );
  const fill = el('span', { class: 'fill' });
  const figure = el('span', { class: 'figure' });
  const bar = el('span', { class: 'bar' }, fill);
  const pace = el('div', { class: 'pace', attrs: { role: 'gridcell', tabindex: '-1' } }, bar, figure);
  const squares = sections.map((section, index) => createCell(section, index + 1));
  const cells = [head, pace, ...squares.map(({ element }) => element)];
  const element = el('div', { class: 'row', attrs: { role: 'row' } }, ...cells);
  element.dataset['seat'] = seat;

  const showPace = (value: number | null, slow: boolean): void => {
    setText(figure, value === null ? '' : paceFigure(value));
    fill.style.setProperty('--share', String(Math.min(1, (value ?? 0) / BAR_END)));
    setAttr(pace, 'data-slow', slow ? 'yes' : null);
    setAttr(pace, 'data-none', value === null ? 'yes' : null);
    setAttr(pace, 'aria-label', `Time on the section: ${paceWords(value)}`);
  };

  return {
    element,
    cells,
    update(stand, gate) {
      setText(name, stand.name);
      element.dataset['state'] = stand.state;
      setAttr(element, 'data-hand', stand.hand ? 'yes' : null);
      setAttr(head, 'title', stand.hand?.note ? `${stand.name}: ${stand.hand.note}` : stand.name);
      const raised = stand.hand ? `, hand raised${stand.hand.note ? `: ${stand.hand.note}` : ''}` : '';
      setAttr(head, 'aria-label', `${stand.name}, ${stateWords(stand.state)}${raised}`);
      const value = stand.open === null ? null : stand.pace;
      showPace(value, value !== null && value >= SLOW);
      for (const [index, square] of squares.entries()) square.update(stand, gate !== null && sections[index]?.id === gate);
    },
    tick(stand, now) {
      setText(words, stateLine(stand, now));
      for (const square of squares) square.tick(stand, now);
    },
  };
}

/** "waiting, 12 min": the state, and for how long on the section, or since when unheard. */
function stateLine(stand: SeatStand, now: number): string {
  const ms = stand.state === 'offline' ? now - stand.heardAt : stand.open === null ? null : timeOn(stand, stand.open, now);
  return ms === null ? stateWords(stand.state) : `${stateWords(stand.state)} · ${duration(ms)}`;
}
