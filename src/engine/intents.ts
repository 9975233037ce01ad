/** Translates what a person asked for into an event, with its time and who asked. */
import type { Actor, SessionEvent } from '../session/events.ts';
import type { View } from '../session/view.ts';
import type { Intent } from './engine.ts';

/**
 * The event for an intent; null where there is nothing it could mean now.
 * @param intent what was asked.
 * @param view what the person saw when asking.
 * @param at now, ms since the epoch.
 * @param by who asked.
 */
export function eventOf(intent: Intent, view: View, at: number, by: Actor): SessionEvent | null {
  switch (intent.type) {
    case 'run':
      return { type: 'run-asked', at, block: intent.block, by };
    case 'stop-run':
      return { type: 'run-stop-asked', at };
    case 'write':
      return { type: 'write-asked', at, block: intent.block, by };
    case 'confirm':
      return answer(view, at, 'confirmed');
    case 'cancel':
      return answer(view, at, 'cancelled');
    case 'hint':
      return { type: 'hint-asked', at, check: intent.check };
    case 'answer':
      return { type: 'answer-given', at, check: intent.check, given: intent.given, by };
    case 'skip':
      return { type: 'skip-asked', at };
    case 'advance':
      return { type: 'advance-asked', at };
    case 'view':
      return { type: 'section-viewed', at, section: intent.section };
    case 'go':
      return { type: 'go-asked', at, section: intent.section, ...(intent.sure === true ? { sure: true } : {}) };
    case 'restart-host':
      return { type: 'host-restart-asked', at };
    case 'raise-hand':
      return { type: 'hand-asked', at, note: intent.note };
    case 'lower-hand':
      return { type: 'hand-withdrawn', at };
    case 'read-message':
      return { type: 'message-dismissed', at, message: intent.message };
    case 'share':
      return { type: 'share-answered', at, allow: intent.allow };
    default:
      return { type: 'check-asked', at, by };
  }
}

function answer(view: View, at: number, how: 'confirmed' | 'cancelled'): SessionEvent | null {
  return view.question === null ? null : { type: `${view.question.type}-${how}`, at };
}
