/**
 * The class on the page: follows it, keeps the parts current at most once a frame, and changes between the class and one
 * learner as the address says.
 */

import type { ClassClient } from '../../classroom/instructor/class-client.ts';
import { applyUpdate, type ClassView } from '../../classroom/instructor/class-view.ts';
import type { SeatFilter } from '../../classroom/instructor/seat-order.ts';
import type { ClassUpdate } from '../../classroom/protocol/instructor-api.ts';
import { messageOf } from '../../model/errors.ts';
import { createAnnouncer } from './announcer.ts';
import { createClassParts } from './class-parts.ts';
import { createComposer } from './composer.ts';
import type { Desk } from './desk.ts';
import { el } from './dom.ts';
import { notify } from './notices.ts';
import { createSeatPage, type SeatPageView } from './seat-page.ts';
import { routeOf } from './secret.ts';

/** Times on the page go on this often, milliseconds. */
const TICK = 1000;

/**
 * Shows a class until the server refuses it.
 * @param page where.
 * @param client the server.
 * @param refused told with the server's sentence.
 */
export function openDesk(page: HTMLElement, client: ClassClient, refused: (sentence: string) => void): void {
  let view: ClassView | null = null;
  let filter: SeatFilter = { group: 'all', search: '', only: null };
  let dirty: Set<string> | null | undefined;
  const announcer = createAnnouncer();
  const closing = new AbortController();

  const known = (): ClassView => {
    if (view === null) throw new Error('the class is not known yet');
    return view;
  };
  const desk: Desk = {
    client,
    view: known,
    now: () => Date.now() + known().clockAhead,
    filter: () => filter,
    setFilter(change) {
      filter = { ...filter, ...change };
      parts?.filterChanged();
    },
    openSeat: (seat) => {
      location.hash = `#/seat/${seat}`;
    },
    write: (draft) => composer.open(draft),
    async attempt(work, done) {
      try {
        notify(done(await work()));
      } catch (error) {
        notify(messageOf(error), 'problem');
      }
    },
  };
  const composer = createComposer(() => desk);
  let parts: ReturnType<typeof createClassParts> | null = null;
  let seatPage: SeatPageView | null = null;

  const render = (): void => {
    const changed = dirty === undefined ? new Set<string>() : dirty;
    dirty = undefined;
    if (seatPage) seatPage.render(changed === null || changed.has(openSeat() ?? ''));
    else parts?.render(changed);
    announcer.tell(known());
  };

  const openSeat = (): string | null => {
    const route = routeOf(location.hash);
    return route.page === 'seat' ? route.seat : null;
  };

  const show = (): void => {
    if (view === null || parts === null) return;
    const seat = openSeat();
    seatPage?.close();
    const back = (): void => {
      history.length > 1 ? history.back() : location.replace('#/');
    };
    seatPage = seat === null ? null : createSeatPage(desk, seat, back);
    parts.element.toggleAttribute('hidden', seat !== null);
    page.replaceChildren(parts.element, ...(seatPage ? [seatPage.element] : []), composer.element);
    dirty = null;
    render();
    if (seatPage) seatPage.element.querySelector('h1')?.focus();
    else parts.returned();
  };

  const update = (news: ClassUpdate): void => {
    const gate = view?.class.gate;
    const lesson = view?.lesson;
    const applied = applyUpdate(view, news, Date.now());
    if (!applied) return;
    view = applied.view;
    if (parts === null || (news.type === 'snapshot' && JSON.stringify(lesson) !== JSON.stringify(view.lesson))) {
      parts = createClassParts(desk, () => following.retry());
      parts.connection({ state: 'live' });
      show();
      return;
    }
    const all = applied.changed === null || gate !== view.class.gate || dirty === null;
    if (dirty === undefined) requestAnimationFrame(render);
    dirty = all ? null : new Set([...(dirty ?? []), ...(applied.changed ?? [])]);
  };

  const stop = (): void => {
    closing.abort();
    clearInterval(ticking);
    seatPage?.close();
    following.close();
  };

  page.replaceChildren(el('p', { class: 'middle quiet', text: 'Asking the class server…' }));
  const following = client.follow({
    update,
    connection(connection) {
      parts?.connection(connection);
      if (connection.state !== 'refused') return;
      stop();
      refused(connection.sentence);
    },
  });
  const ticking = setInterval(() => {
    if (view === null) return;
    if (seatPage) seatPage.render(false);
    else parts?.tick();
  }, TICK);
  addEventListener('hashchange', show, { signal: closing.signal });
  addEventListener('online', () => following.retry(), { signal: closing.signal });
}
