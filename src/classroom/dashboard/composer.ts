/** The dialog to say something to one, to several, or to everybody. */
import type { SendRequest } from '../../classroom/protocol/instructor-api.ts';
import type { Desk, Draft } from './desk.ts';
import { button, el, setText } from './dom.ts';
import { icon } from './icons.ts';

/** The most that can be said at once, characters; the protocol's. */
const MOST = 2000;

const KINDS: Readonly<Record<SendRequest['kind'], string>> = { message: 'Message', hint: 'Hint', answer: 'Answer' };

/** The dialog. */
export interface Composer {
  readonly element: HTMLElement;
  open(draft: Draft): void;
}

/**
 * A dialog that is not open.
 * @param desk the page; null until there is one.
 */
export function createComposer(desk: () => Desk): Composer {
  const title = el('h2', { class: 'card-title', attrs: { id: 'composer-title' } });
  const about = el('p', { class: 'quiet' });
  const text = el('textarea', {
    attrs: { rows: '5', maxlength: String(MOST), 'aria-label': 'What to say', placeholder: 'Shown in the lesson pane, as text.' },
  });
  const send = button('Send', () => submit(), { class: 'first' });
  const close = el('button', { class: 'plain-button', attrs: { type: 'button', 'aria-label': 'Close' } }, icon('close'));
  const element = el(
    'dialog',
    { class: 'card composer', attrs: { 'aria-labelledby': 'composer-title' } },
    el('div', { class: 'card-head' }, title, close),
    about,
    text,
    el('div', { class: 'buttons' }, send, el('span', { class: 'quiet', text: 'Ctrl-Enter sends, Esc closes' })),
  );
  let draft: Draft | null = null;

  const submit = (): void => {
    const said = text.value.trim();
    if (!draft || said === '') {
      text.focus();
      return;
    }
    const { to, kind, check, sent, name } = draft;
    send.disabled = true;
    void desk()
      .attempt(
        async () => {
          const count = await desk().client.send({ to, kind, check, text: said });
          element.close();
          sent?.();
          return count;
        },
        (count) => (to.type === 'seat' ? `Sent to ${name}.` : `Sent to ${count} ${count === 1 ? 'learner' : 'learners'}.`),
      )
      .finally(() => {
        send.disabled = false;
      });
  };

  close.addEventListener('click', () => element.close());
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  });

  return {
    element,
    open(next) {
      draft = next;
      setText(title, `${KINDS[next.kind]} to ${next.name}`);
      setText(about, aboutOf(desk(), next));
      about.toggleAttribute('hidden', about.textContent === '');
      text.value = next.text;
      element.showModal();
      text.focus();
    },
  };
}

function aboutOf(desk: Desk, { to, check }: Draft): string {
  if (to.type === 'seat') {
    const note = desk.view().seats.get(to.seat)?.hand?.note;
    if (note) return `“${note}”`;
  }
  const found = desk
    .view()
    .lesson.sections.flatMap(({ checks }) => checks)
    .find(({ id }) => id === check);
  return found ? `About: ${found.title}` : '';
}
