/** The matrix's first line: sections with how many are where, the class's median, and where it is held. */
import { type ClassSection, duration } from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { el, setAttr, setText } from './dom.ts';
import { icon } from './icons.ts';

/** How many are where. */
export interface SectionCount {
  readonly here: number;
  readonly done: number;
}

/** A column's title. */
export interface ColumnHead {
  readonly element: HTMLElement;
  update(count: SectionCount, all: number, median: number | undefined, gated: boolean): void;
}

/**
 * The title of a section's column.
 * @param section the section.
 * @param number its place, from 1.
 */
export function createColumnHead(section: ClassSection, number: number): ColumnHead {
  const median = el('span', { class: 'median' });
  const fill = el('span', { class: 'fill' });
  const here = el('span', { class: 'fill here' });
  const element = el(
    'div',
    { class: 'column', attrs: { role: 'columnheader', tabindex: '-1', title: section.title } },
    el('span', { class: 'gate-mark' }, icon('lock')),
    el('span', { class: 'number', text: String(number) }),
    el('span', { class: 'title', text: section.title }),
    median,
    el('span', { class: 'progress' }, fill, here),
  );
  return {
    element,
    update(count, all, medianMs, gated) {
      setText(median, medianMs === undefined ? '' : duration(medianMs));
      const share = (part: number) => String(all === 0 ? 0 : part / all);
      fill.style.setProperty('--share', share(count.done));
      here.style.setProperty('--share', share(count.here));
      setAttr(element, 'data-gated', gated ? 'yes' : null);
      const words = [
        `Section ${number}, ${section.title}`,
        `${count.here} here`,
        `${count.done} through`,
        ...(medianMs === undefined ? [] : [`median ${duration(medianMs)}`]),
        ...(gated ? ['the class is held before it'] : []),
      ];
      setAttr(element, 'aria-label', words.join(', '));
    },
  };
}

/**
 * For each section, how many are on it and how many are through.
 * @param sections the lesson's.
 * @param seats the class's.
 */
export function countSections(sections: readonly ClassSection[], seats: Iterable<SeatStand>): readonly SectionCount[] {
  const counts = sections.map(() => ({ here: 0, done: 0 }));
  for (const seat of seats) {
    for (const [index, section] of sections.entries()) {
      const count = counts[index];
      const status = seat.sections[section.id]?.status;
      if (count && status === 'open') count.here += 1;
      if (count && (status === 'done' || status === 'skipped')) count.done += 1;
    }
  }
  return counts;
}
