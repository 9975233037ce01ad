/** The line above the matrix: how many are in which state, to narrow the matrix to, and a search by name. */
import { inGroup, type SeatGroup } from '../../classroom/instructor/seat-order.ts';
import type { Desk } from './desk.ts';
import { button, el, setAttr, setText } from './dom.ts';
import { icon } from './icons.ts';

const GROUPS: readonly (readonly [SeatGroup, string])[] = [
  ['all', 'All'],
  ['help', 'Need help'],
  ['hand', 'Hand up'],
  ['working', 'Working'],
  ['waiting', 'Waiting'],
  ['done', 'Finished'],
  ['offline', 'Offline'],
  ['not-started', 'Not started'],
];

/** The line. */
export interface Filters {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  render(): void;
  /** Narrows to the group at a place, from 1. */
  choose(place: number): void;
}

/**
 * The filters of a class.
 * @param desk the page.
 */
export function createFilters(desk: Desk): Filters {
  const search = el('input', {
    attrs: { type: 'search', placeholder: 'Find a name', 'aria-label': 'Find a name', autocomplete: 'off', spellcheck: 'false' },
  });
  search.addEventListener('input', () => desk.setFilter({ search: search.value.trim() }));
  const chips = GROUPS.map(([group, words]) => {
    const count = el('span', { class: 'figure' });
    const chip = el(
      'button',
      {
        class: 'chip',
        attrs: { type: 'button', 'data-group': group, 'aria-pressed': 'false' },
        click: () => desk.setFilter({ group, only: null }),
      },
      el('i', { class: 'state', attrs: { 'data-state': group } }),
      words,
      count,
    );
    return { group, chip, count };
  });
  const narrowed = button('', () => desk.setFilter({ only: null }), { class: 'chip narrowed' });
  const element = el(
    'div',
    { class: 'filters' },
    el('div', { class: 'chips', attrs: { role: 'group', 'aria-label': 'Show' } }, ...chips.map(({ chip }) => chip), narrowed),
    el('label', { class: 'search' }, icon('search'), search),
  );
  return {
    element,
    search,
    render() {
      const seats = [...desk.view().seats.values()];
      const { group: chosen, only, search: wanted } = desk.filter();
      if (search.value.trim() !== wanted) search.value = wanted;
      for (const { group, chip, count } of chips) {
        const many = seats.filter((seat) => inGroup(seat, group)).length;
        setText(count, String(many));
        setAttr(chip, 'aria-pressed', String(group === chosen && only === null));
        setAttr(chip, 'data-none', many === 0 ? 'yes' : null);
      }
      setText(narrowed, `The ${only?.size ?? 0} of a group ×`);
      setAttr(narrowed, 'aria-label', `Shown are the ${only?.size ?? 0} of a group; show all again`);
      narrowed.toggleAttribute('hidden', only === null);
    },
    choose(place) {
      const group = GROUPS[place - 1]?.[0];
      if (group) desk.setFilter({ group, only: null });
    },
  };
}
