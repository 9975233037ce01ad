/**
 * The class at a glance: learners down, sections across. Rows are kept and moved, never made anew; while somebody points
 * at them or moves among them by keyboard they stay where they are.
 */
import { heldOrder, sortedSeats } from '../../classroom/instructor/seat-order.ts';
import { type ClassSection, several } from '../../classroom/instructor/seat-words.ts';
import type { Desk } from './desk.ts';
import { button, el, keyedChildren, setAttr, setText } from './dom.ts';
import { type ColumnHead, countSections, createColumnHead } from './matrix-head.ts';
import { type Place, placeAfter } from './matrix-keys.ts';
import { createRow, type Row } from './matrix-row.ts';
import { slideRows } from './slide-rows.ts';

/** From so many learners on, rows are low. */
const DENSE_FROM = 60;
/** After the pointer has left, the order is mended this much later, milliseconds. */
const LEFT_FOR = 700;
/** Columns before the sections: name, pace. */
const BEFORE = 2;

/** What a click or Enter on a square means. */
export interface MatrixActions {
  readonly seat: (seat: string) => void;
  readonly square: (anchor: HTMLElement, seat: string, section: ClassSection) => void;
  readonly column: (anchor: HTMLElement, section: ClassSection) => void;
}

/** The matrix. */
export interface Matrix {
  readonly element: HTMLElement;
  /** Draws what changed; null: everything. */
  render(changed: ReadonlySet<string> | null): void;
  /** Puts the times right. */
  tick(): void;
  /** Puts the order right, also under the pointer. */
  sortNow(): void;
  /** Where the keyboard is: a seat, a section. */
  focused(): { readonly seat: string | null; readonly section: ClassSection | null };
  focusFirst(): void;
}

/**
 * The matrix of a class; made anew when the lesson is another one.
 * @param desk the page.
 * @param actions what clicks mean.
 */
export function createMatrix(desk: Desk, actions: MatrixActions): Matrix {
  const { sections } = desk.view().lesson;
  const heads: readonly ColumnHead[] = sections.map((section, index) => createColumnHead(section, index + 1));
  const corner = el('div', { class: 'corner', attrs: { role: 'columnheader', tabindex: '0' }, text: 'Learner' });
  const paceHead = el('div', {
    class: 'pace-head',
    attrs: { role: 'columnheader', tabindex: '-1', title: "Time on the open section, against the class's median" },
    text: 'Pace',
  });
  const headCells = [corner, paceHead, ...heads.map(({ element }) => element)];
  const headRow = el('div', { class: 'row head', attrs: { role: 'row' } }, ...headCells);
  const body = el('div', { class: 'body', attrs: { role: 'rowgroup' } });
  const grid = el(
    'div',
    { class: 'grid', attrs: { role: 'grid', 'aria-label': 'Learners and sections' } },
    el('div', { class: 'top', attrs: { role: 'rowgroup' } }, headRow),
    body,
  );
  grid.style.setProperty('--sections', String(sections.length));
  const empty = el('p', { class: 'empty' });
  const heldWords = el('span');
  const held = el(
    'div',
    { class: 'held' },
    heldWords,
    button('Sort now', () => sortNow(), { class: 'link' }),
  );
  const element = el('section', { class: 'matrix', attrs: { 'aria-label': 'Class' } }, grid, empty, held);

  const rows = keyedChildren<Row>(body, (seat) => createRow(seat, sections));
  let order: readonly string[] = [];
  let current: HTMLElement = corner;
  let pointed = false;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const isHeld = (): boolean => pointed || body.contains(document.activeElement);

  const arrange = (hold: boolean): void => {
    const { seats } = desk.view();
    const wanted = sortedSeats(seats, desk.filter());
    const next = hold ? heldOrder(order, wanted, seats) : wanted;
    const moved = hold ? wanted.filter((seat, index) => next[index] !== seat).length : 0;
    setText(heldWords, `The order is held while you are here; ${several(moved, 'learner')} would move. `);
    held.toggleAttribute('hidden', moved === 0);
    setText(empty, seats.size === 0 ? 'Nobody has joined yet.' : 'Nobody is like this now.');
    empty.toggleAttribute('hidden', next.length > 0);
    if (next.length === order.length && next.every((seat, index) => seat === order[index])) return;
    const slide = slideRows(order, rows.items);
    const added = next.filter((seat) => !rows.items.has(seat));
    rows.arrange(next);
    order = next;
    draw(added);
    slide(next);
    setAttr(grid, 'aria-rowcount', String(next.length + 1));
    grid.dataset['density'] = seats.size >= DENSE_FROM ? 'low' : 'high';
  };

  const draw = (which: Iterable<string>): void => {
    const { seats, class: about } = desk.view();
    const now = desk.now();
    for (const seat of which) {
      const stand = seats.get(seat);
      const row = rows.items.get(seat);
      if (!stand || !row) continue;
      row.update(stand, about.gate);
      row.tick(stand, now);
    }
  };

  const sortNow = (): void => {
    const inside = body.contains(document.activeElement) ? current : null;
    arrange(false);
    inside?.focus({ preventScroll: true });
  };

  const allRows = (): readonly (readonly HTMLElement[])[] => order.map((seat) => rows.items.get(seat)?.cells ?? []);

  const placeOf = (target: HTMLElement): Place | null => {
    const col = headCells.indexOf(target);
    if (col >= 0) return { row: -1, col };
    const seat = target.closest<HTMLElement>('.row')?.dataset['seat'];
    if (seat === undefined) return null;
    return { row: order.indexOf(seat), col: rows.items.get(seat)?.cells.indexOf(target) ?? 0 };
  };

  const focusOn = (target: HTMLElement | undefined): void => {
    if (!target) return;
    current.setAttribute('tabindex', '-1');
    current = target;
    target.setAttribute('tabindex', '0');
    target.focus();
  };

  const activate = (target: HTMLElement): void => {
    const place = placeOf(target);
    const section = place ? sections[place.col - BEFORE] : undefined;
    const seat = place ? order[place.row] : undefined;
    if (seat === undefined && section) actions.column(target, section);
    if (seat !== undefined && section) actions.square(target, seat, section);
    if (seat !== undefined && !section) actions.seat(seat);
  };

  const cellOf = (event: Event): HTMLElement | null =>
    (event.target as Element).closest<HTMLElement>('[role=gridcell], [role=rowheader], [role=columnheader]');

  grid.addEventListener('keydown', (event) => {
    const at = placeOf(current);
    if (!at || event.altKey || event.metaKey) return;
    const to = placeAfter(event.key, event.ctrlKey, at, { rows: order.length, cols: headCells.length });
    if (to) focusOn(to.row < 0 ? headCells[to.col] : allRows()[to.row]?.[to.col]);
    else if (event.key === 'Enter' || event.key === ' ') activate(current);
    else return;
    event.preventDefault();
  });
  grid.addEventListener('click', (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    focusOn(cell);
    activate(cell);
  });
  grid.addEventListener('focusin', (event) => {
    const cell = cellOf(event);
    if (cell && cell !== current) focusOn(cell);
  });
  body.addEventListener('pointerenter', (event) => {
    clearTimeout(leaving);
    pointed = event.pointerType !== 'touch';
  });
  const left = (): void => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      pointed = body.matches(':hover') && pointed;
      if (!isHeld()) arrange(false);
    }, LEFT_FOR);
  };
  body.addEventListener('pointerleave', () => {
    pointed = false;
    left();
  });
  body.addEventListener('focusout', left);

  return {
    element,
    render(changed) {
      arrange(isHeld());
      draw(changed ?? order);
      const { seats, medians, class: about } = desk.view();
      const counts = countSections(sections, seats.values());
      for (const [index, head] of heads.entries()) {
        const id = sections[index]?.id ?? '';
        head.update(counts[index] ?? { here: 0, done: 0 }, seats.size, medians[id], about.gate === id);
      }
    },
    tick() {
      const now = desk.now();
      const { seats } = desk.view();
      for (const [seat, row] of rows.items) {
        const stand = seats.get(seat);
        if (stand) row.tick(stand, now);
      }
    },
    sortNow,
    focused() {
      const at = grid.contains(document.activeElement) ? placeOf(current) : null;
      return { seat: at ? (order[at.row] ?? null) : null, section: at ? (sections[at.col - BEFORE] ?? null) : null };
    },
    focusFirst: () => focusOn(allRows()[0]?.[0] ?? corner),
  };
}
