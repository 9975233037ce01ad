/** What a class adds to a view, for tests. */
import type { ClassView } from '../../../src/session/view.ts';
import { now } from './views.ts';

/**
 * A class that is connected and has nothing to say.
 * @param change what is otherwise.
 */
export function room(change: Partial<ClassView> = {}): { readonly class: ClassView } {
  return {
    class: {
      title: 'Zerg mode for administrators',
      name: 'Ada',
      status: 'online',
      waiting: 0,
      sentence: null,
      hand: null,
      messages: [],
      messageCount: 0,
      share: null,
      held: null,
      ...change,
    },
  };
}

/** A hint for a check of section 2. */
export const hint = {
  id: 'm-12345678',
  at: now - 60_000,
  kind: 'hint',
  check: 's2/2',
  text: 'Count your master-fifo lines: uWSGI wants three of them, and their order matters.\nThe first is slot 0.',
} as const;
