/** What a key does, as data: changes of the screen's own state, and things to carry out. */
import type { Intent } from '../engine/engine.ts';
import type { UiAction } from './ui-state.ts';

/** A thing to carry out. */
export type KeyEffect =
  | { readonly type: 'ask'; readonly intent: Intent }
  | { readonly type: 'open-tab' }
  | { readonly type: 'close-tab'; readonly tab: number }
  /** Positive: back into what was printed. */
  | { readonly type: 'scroll-shell'; readonly lines: number }
  /** Moves the shown shell's view to a line of its history; null: to its live screen. */
  | { readonly type: 'show-line'; readonly line: number | null }
  /** To the outer terminal's clipboard, and to be told. */
  | { readonly type: 'copy'; readonly text: string; readonly lines: number }
  /** What was copied last goes into the shell. */
  | { readonly type: 'paste-copied' }
  | { readonly type: 'rename-tab'; readonly tab: number; readonly title: string }
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'quit' };

/** What a key does. */
export interface Outcome {
  readonly actions: readonly UiAction[];
  readonly effects: readonly KeyEffect[];
}

/** A key that does nothing now. */
export const nothingHappens: Outcome = { actions: [], effects: [] };

/** Only the screen changes. */
export function act(...actions: readonly UiAction[]): Outcome {
  return { actions, effects: [] };
}

/** Only the engine is asked. */
export function ask(intent: Intent): Outcome {
  return { actions: [], effects: [{ type: 'ask', intent }] };
}
