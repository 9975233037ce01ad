/** Asking for a learner's screen, and showing it for as long as they allow. */
import type { Following } from '../../classroom/instructor/follow-stream.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import type { Desk } from './desk.ts';
import { button, el, setText } from './dom.ts';
import { createScreenView } from './screen-view.ts';

/** The part of a learner's page about their screen. */
export interface ScreenPart {
  readonly element: HTMLElement;
  render(stand: SeatStand): void;
  close(): void;
}

/**
 * The part for a learner.
 * @param desk the page.
 * @param seat whose.
 */
export function createScreenPart(desk: Desk, seat: string): ScreenPart {
  const words = el('p', { class: 'quiet' });
  const ask = button('Ask to see it', () => {
    void desk.attempt(
      () => desk.client.askForScreen(seat),
      () => 'Asked. They can say yes or no.',
    );
  });
  const stop = button('Stop', () => {
    void desk.attempt(
      () => desk.client.endScreen(seat),
      () => 'You no longer see their screen.',
    );
  });
  const picture = createScreenView('Their terminal, read-only');
  const element = el(
    'div',
    { class: 'screen-part' },
    el('div', { class: 'card-head' }, el('h2', { text: 'Screen' }), ask, stop),
    words,
    picture.element,
  );
  let following: Following | null = null;

  const end = (): void => {
    following?.close();
    following = null;
    picture.element.toggleAttribute('hidden', true);
  };
  end();

  return {
    element,
    render(stand) {
      setText(words, sharingWords(stand));
      ask.toggleAttribute('hidden', stand.sharing === 'asked' || stand.sharing === 'yes');
      stop.toggleAttribute('hidden', stand.sharing !== 'asked' && stand.sharing !== 'yes');
      ask.disabled = !stand.online;
      if (stand.sharing !== 'yes') return end();
      following ??= desk.client.followScreen(seat, {
        frame: (frame) => {
          picture.element.toggleAttribute('hidden', frame.end !== undefined);
          if (frame.end === undefined) picture.show(frame);
        },
        connection: () => {},
      });
    },
    close: end,
  };
}

function sharingWords(stand: SeatStand): string {
  if (stand.sharing === 'asked') return `${stand.name} is asked whether you may see it.`;
  if (stand.sharing === 'yes') return 'Shared with you, read-only, until either of you ends it.';
  if (stand.sharing === 'refused') return `${stand.name} would rather not.`;
  return stand.online ? 'Not shared. Only they can say yes.' : 'Not shared; they are offline.';
}
