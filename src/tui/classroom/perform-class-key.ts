/** What the keys of a class do. Without a class they do nothing, but for the one that says so. Pure. */
import { act, ask, nothingHappens, type Outcome } from '../../tui/outcome.ts';
import { scrollTo } from '../../tui/perform-reading.ts';
import type { Situation } from '../../tui/situation.ts';
import { words } from '../../words/words.ts';

/** The commands of a class. */
export const classCommands = {
  'class-screen': () => act({ type: 'overlay-opened', overlay: { type: 'class', top: 0 } }),
  'raise-hand': ({ view: { class: room } }: Situation): Outcome => {
    if (room === undefined || room.status === 'removed') return nothingHappens;
    return room.hand === null ? act({ type: 'prompted', prompt: { for: 'hand', text: '' } }) : ask({ type: 'lower-hand' });
  },
  'read-message': (situation: Situation): Outcome => {
    const [message] = situation.view.class?.messages ?? [];
    if (message === undefined) return nothingHappens;
    // It stands above the text: it is brought into sight first.
    return situation.reading.top > 0 ? scrollTo(situation, 0) : ask({ type: 'read-message', message: message.id });
  },
  'share-screen': ({ view: { class: room } }: Situation): Outcome => {
    if (!room?.share) return nothingHappens;
    return room.share.status === 'on'
      ? ask({ type: 'share', allow: false })
      : act({ type: 'overlay-opened', overlay: { type: 'share' } });
  },
} as const;

/**
 * The line that was typed, as a raised hand.
 * @param note what was typed; may be empty.
 */
export function raiseHand(note: string): Outcome {
  return ask({ type: 'raise-hand', note });
}

/**
 * The footer's words for the hand.
 * @param situation the moment.
 */
export function handWords({ view: { class: room } }: Situation): string | null {
  if (room === undefined || room.status === 'removed') return null;
  return room.hand === null ? words().bar.raiseHand : words().bar.handDown;
}

/**
 * The footer's words for a message.
 * @param situation the moment.
 */
export function messageWords({ view, reading }: Situation): string | null {
  if ((view.class?.messages.length ?? 0) === 0) return null;
  return reading.top > 0 ? words().bar.toMessage : words().bar.putMessageAway;
}

/**
 * The footer's words for sharing.
 * @param situation the moment.
 */
export function shareWords({ view }: Situation): string | null {
  const status = view.class?.share?.status;
  return status === undefined ? null : status === 'on' ? words().bar.endBeingSeen : words().bar.answerRequest;
}
