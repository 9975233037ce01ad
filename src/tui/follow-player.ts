/**
 * Where the lesson should be scrolled to when somebody else than the person at the keys does its steps (a
 * demonstration). What was asked for here is never followed: the lesson does not move under a reader. Pure but for
 * what it remembers.
 */
import type { Intent } from '../engine/engine.ts';
import type { View } from '../session/view.ts';
import { onward } from './ui-state.ts';

/** Follows a view. */
export interface Follower {
  /** Something was asked for at the keys. */
  asked(intent: Intent): void;
  /**
   * The stop to show now: a block's id or `onward`; null to leave the text where it is.
   * @param view the session's newest view.
   */
  follow(view: View): string | null;
}

/** A follower that has seen nothing yet. */
export function createFollower(): Follower {
  const own = new Set<string>();
  let played = false;
  let seen: string | null = null;
  return {
    asked(intent) {
      if ('block' in intent) own.add(intent.block);
    },
    follow(view) {
      const block = view.question?.type === 'write' ? view.question.block : view.running;
      if (block !== null && !own.has(block)) played = true;
      const now = block ?? (view.unlocked === null ? null : onward);
      if (now === seen) return null;
      seen = now;
      if (block === null) own.clear();
      return played && now !== null && !own.has(now) ? now : null;
    },
  };
}
