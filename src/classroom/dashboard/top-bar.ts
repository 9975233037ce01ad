/** The page's first lines: what class this is, how to join it, whether it is live, and whether it is held. */
import type { Connection } from '../../classroom/instructor/follow-stream.ts';
import { countClass, several } from '../../classroom/instructor/seat-words.ts';
import type { Desk } from './desk.ts';
import { button, el, setAttr, setText } from './dom.ts';
import { type IconName, icon } from './icons.ts';

/** The first lines. */
export interface TopBar {
  readonly element: HTMLElement;
  render(): void;
  connection(connection: Connection): void;
}

/** What its buttons do. */
export interface TopActions {
  readonly sayToAll: () => void;
  readonly projector: () => void;
  readonly theme: () => void;
  readonly shortcuts: () => void;
  readonly save: (anchor: HTMLElement) => void;
  readonly retry: () => void;
}

/**
 * The bar of a class.
 * @param desk the page.
 * @param actions what its buttons do.
 */
export function createTopBar(desk: Desk, actions: TopActions): TopBar {
  const title = el('h1');
  const lesson = el('p', { class: 'quiet' });
  const code = el('span', { class: 'code' });
  const live = el('span', { class: 'live', attrs: { role: 'status' } });
  const retry = button('Try now', actions.retry, { class: 'link' });
  const gateWords = el('span');
  const release = (): void =>
    void desk.attempt(
      () => desk.client.gate(null),
      () => 'Released: everybody may go on.',
    );
  const gate = el('div', { class: 'gate' }, icon('lock'), gateWords, button('Release', release, { class: 'first' }));
  const element = el(
    'header',
    { class: 'top-bar' },
    el(
      'div',
      { class: 'bar-line' },
      el('div', { class: 'about' }, title, lesson),
      el('p', { class: 'join' }, el('span', { class: 'quiet', text: 'Join with ' }), code),
      el('p', { class: 'connection' }, live, retry),
      el(
        'div',
        { class: 'tools' },
        tool('message', 'Say to all', actions.sayToAll, 'first'),
        tool('screen', 'Projector', actions.projector),
        tool('save', 'Export', (event) => actions.save(event.currentTarget as HTMLElement)),
        tool('theme', 'Colours', actions.theme, 'small'),
        tool('keys', 'Keys', actions.shortcuts, 'small'),
      ),
    ),
    gate,
  );
  return {
    element,
    render() {
      const { class: about, lesson: taught, seats } = desk.view();
      const counts = countClass(seats.values());
      setText(title, about.title);
      const same = taught.title === about.title;
      setText(lesson, `${same ? '' : `${taught.title} · `}${several(counts.all, 'learner')}, ${counts.online} online`);
      setText(code, about.code);
      const held = taught.sections.findIndex(({ id }) => id === about.gate);
      gate.toggleAttribute('hidden', held < 0);
      const before = taught.sections.slice(0, held).map(({ id }) => id);
      const there = [...seats.values()].filter((seat) => before.every((id) => isThrough(seat.sections[id]?.status))).length;
      setText(gateWords, `Held before ${held + 1}, ${taught.sections[held]?.title ?? ''}. ${there} of ${counts.all} are there.`);
      document.title = `${counts.hands > 0 ? `(${several(counts.hands, 'hand')}) ` : ''}${about.title}`;
    },
    connection(connection) {
      setAttr(live, 'data-state', connection.state);
      setText(live, connectionWords(connection));
      retry.toggleAttribute('hidden', connection.state !== 'lost');
    },
  };
}

function isThrough(status: string | undefined): boolean {
  return status === 'done' || status === 'skipped';
}

function connectionWords(connection: Connection): string {
  if (connection.state === 'live') return 'Live';
  if (connection.state === 'lost') return 'Not connected; what you see is from before';
  return connection.state === 'connecting' ? 'Connecting' : 'Ended';
}

function tool(sign: IconName, words: string, click: (event: MouseEvent) => void, look = ''): HTMLElement {
  const label = el('span', { class: 'label', text: words });
  return el('button', { class: `tool ${look}`, click, attrs: { type: 'button', title: words } }, icon(sign), label);
}
