/** One section of one learner: a square of the matrix. Drawn again only when what it shows is another thing. */
import {
  type CheckStand,
  type ClassSection,
  checksOf,
  duration,
  several,
  timeOn,
  verdictWords,
} from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { el, setAttr, setText } from './dom.ts';

/** Checks that are shown as marks; more are counted. */
const MOST_MARKS = 6;

/** A square. */
export interface Cell {
  readonly element: HTMLElement;
  update(seat: SeatStand, gated: boolean): void;
  /** The time on it, where it is open. */
  tick(seat: SeatStand, now: number): void;
}

/**
 * An empty square of a column.
 * @param section the column's section.
 * @param number its place, from 1.
 */
export function createCell(section: ClassSection, number: number): Cell {
  const marks = el('span', { class: 'marks' });
  const time = el('span', { class: 'time' });
  const box = el('span', { class: 'box' }, marks, time);
  const element = el('div', { class: 'cell', attrs: { role: 'gridcell', tabindex: '-1' } }, box);
  let shown = '';
  let words = '';

  return {
    element,
    update(seat, gated) {
      element.classList.toggle('gated', gated);
      const stand = seat.sections[section.id];
      const status = stand?.status ?? 'locked';
      const checks = status === 'open' ? checksOf(section, seat) : [];
      const signature = JSON.stringify([status, stand?.solvedBy, checks.map(({ verdict }) => verdict), seat.state]);
      if (signature === shown) return;
      shown = signature;
      element.dataset['status'] = status;
      setAttr(element, 'data-solved', stand?.solvedBy ?? null);
      setAttr(box, 'data-worst', status === 'open' ? worst(checks) : null);
      marks.replaceChildren(...markNodes(status, checks));
      words = cellWords(section, number, status, checks, stand?.solvedBy !== undefined);
    },
    tick(seat, now) {
      const status = seat.sections[section.id]?.status;
      const ms = status === 'open' || status === 'done' ? timeOn(seat, section.id, now) : null;
      const took = ms === null ? '' : duration(ms);
      setText(time, took);
      setAttr(element, 'aria-label', took === '' ? words : `${words}, ${took}`);
    },
  };
}

function markNodes(status: string, checks: readonly CheckStand[]): readonly HTMLElement[] {
  if (status === 'done') return [mark('pass')];
  if (status === 'skipped') return [mark('skipped')];
  if (status === 'locked') return [mark('locked')];
  const one = mark(worst(checks));
  // Where a square is too small for all of them, this one stands for them.
  one.classList.add('one');
  if (checks.length <= MOST_MARKS) return [one, ...checks.map(({ verdict }) => each(verdict.status))];
  const passed = checks.filter(({ verdict }) => verdict.status === 'pass').length;
  return [one, each(worst(checks)), el('span', { class: 'count', text: `${passed}/${checks.length}` })];
}

function each(shape: string): HTMLElement {
  const made = mark(shape);
  made.classList.add('each');
  return made;
}

/**
 * A mark in the shape of its verdict.
 * @param shape the verdict, or `skipped` or `locked`.
 */
export function mark(shape: string): HTMLElement {
  return el('i', { class: 'mark', attrs: { 'data-mark': shape } });
}

function worst(checks: readonly CheckStand[]): string {
  const order = ['fail', 'error', 'pending', 'pass'];
  return order.find((status) => checks.some(({ verdict }) => verdict.status === status)) ?? 'pending';
}

function cellWords(
  section: ClassSection,
  number: number,
  status: string,
  checks: readonly CheckStand[],
  byProgram: boolean,
): string {
  const place = `Section ${number}, ${section.title}`;
  if (status !== 'open') return `${place}: ${status}${byProgram ? ', solved by the program' : ''}`;
  const open = checks.filter(({ verdict }) => verdict.status !== 'pass');
  const passed = `${checks.length - open.length} of ${several(checks.length, 'check')} passed`;
  return [`${place}: open, ${passed}`, ...open.map(({ title, verdict }) => `${title}: ${verdictWords(verdict)}`)].join('. ');
}
