/** The class's own parts, put together: bar, filters, matrix, help panel, and the keys that reach them. */
import type { Connection } from '../../classroom/instructor/follow-stream.ts';
import { namedClusters } from '../../classroom/instructor/seat-words.ts';
import { checkCard, sectionCard, writeTo } from './check-card.ts';
import { nextTheme } from './colours.ts';
import type { Desk } from './desk.ts';
import { button, el } from './dom.ts';
import { createFilters } from './filters.ts';
import { createHelpPanel } from './help-panel.ts';
import { createMatrix } from './matrix.ts';
import { countSections } from './matrix-head.ts';
import { notify } from './notices.ts';
import { createPopover } from './popover.ts';
import { createShortcutList, listenToKeys, type ShortcutActions } from './shortcuts.ts';
import { createTopBar } from './top-bar.ts';

/** The parts of a class. */
export interface ClassParts {
  readonly element: HTMLElement;
  /** Draws what changed; null: everything. */
  render(changed: ReadonlySet<string> | null): void;
  tick(): void;
  filterChanged(): void;
  connection(connection: Connection): void;
  /** The class is on the screen again. */
  returned(): void;
}

/**
 * The parts of a class, for its lesson.
 * @param desk the page.
 * @param retry connects again now.
 */
export function createClassParts(desk: Desk, retry: () => void): ClassParts {
  const popover = createPopover();
  const list = createShortcutList();
  const theme = (): void => notify(nextTheme());
  const projector = (): void => void open(`projector#${encodeURIComponent(desk.view().class.code)}`, '_blank', 'noopener');
  const sayToAll = (): void => desk.write({ to: { type: 'all' }, name: 'everybody', kind: 'message', check: null, text: '' });
  const column: Parameters<typeof createMatrix>[1]['column'] = (anchor, section) => {
    const index = desk.view().lesson.sections.indexOf(section);
    const count = countSections(desk.view().lesson.sections, desk.view().seats.values())[index] ?? { here: 0, done: 0 };
    popover.open(anchor, section.title, sectionCard(desk, section, count, popover.close));
  };
  const matrix = createMatrix(desk, {
    seat: desk.openSeat,
    column,
    square(anchor, seat, section) {
      const stand = desk.view().seats.get(seat);
      if (stand) popover.open(anchor, `${stand.name}, ${section.title}`, checkCard(desk, stand, section, popover.close));
    },
  });
  const filters = createFilters(desk);
  const help = createHelpPanel(desk);
  const save = (anchor: HTMLElement): void => popover.open(anchor, 'Export', exportCard(desk, popover.close));
  const bar = createTopBar(desk, { sayToAll, projector, theme, save, retry, shortcuts: list.open });
  const element = el(
    'div',
    { class: 'class-page' },
    bar.element,
    el('main', { class: 'class-main' }, el('div', { class: 'left' }, filters.element, matrix.element), help.element),
    popover.element,
    list.element,
  );

  const keys: ShortcutActions = {
    find: () => filters.search.focus(),
    matrix: matrix.focusFirst,
    hand: () => element.querySelector<HTMLElement>('.hand-card button')?.focus(),
    hint: () => pushLargest(desk),
    write() {
      const stand = desk.view().seats.get(matrix.focused().seat ?? '');
      if (stand) writeTo(desk, stand);
    },
    sayToAll,
    gate() {
      const { section } = matrix.focused();
      const index = section ? desk.view().lesson.sections.indexOf(section) : -1;
      const anchor = element.querySelectorAll<HTMLElement>('.column')[index];
      if (section && anchor) column(anchor, section);
      else notify('Move to a section in the matrix first.');
    },
    sort: matrix.sortNow,
    projector,
    theme,
    list: list.open,
    group: filters.choose,
  };
  listenToKeys(() => (element.isConnected && !element.hidden ? keys : null));

  return {
    element,
    render(changed) {
      bar.render();
      filters.render();
      matrix.render(changed);
      help.render();
    },
    tick() {
      matrix.tick();
      help.render();
    },
    filterChanged() {
      filters.render();
      matrix.sortNow();
      matrix.render(null);
    },
    connection: bar.connection,
    returned: () => {},
  };
}

/** Sends the first hint to the largest group that has one. */
function pushLargest(desk: Desk): void {
  const cluster = namedClusters(desk.view()).find(({ hints }) => hints.length > 0);
  const text = cluster?.hints[0];
  if (!cluster || text === undefined) {
    notify('No group is stuck at something with a hint.');
    return;
  }
  const name = `${cluster.seats.length} learners`;
  desk.write({
    to: { type: 'cluster', check: cluster.check, reason: cluster.reason },
    name,
    kind: 'hint',
    check: cluster.check,
    text,
  });
}

function exportCard(desk: Desk, close: () => void): readonly Node[] {
  const save = (format: 'csv' | 'json' | 'html') => (): void => {
    close();
    void desk.attempt(
      async () => {
        const link = el('a', { attrs: { download: `class-${desk.view().class.id}.${format}` } });
        link.href = URL.createObjectURL(await desk.client.exported(format));
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      },
      () => 'Saved.',
    );
  };
  return [
    el('h2', { class: 'card-title', text: 'Attendance and completion' }),
    el(
      'div',
      { class: 'buttons' },
      button('CSV', save('csv'), { class: 'first' }),
      button('JSON', save('json')),
      button('HTML', save('html')),
    ),
  ];
}
