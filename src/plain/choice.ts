/** A choice at the prompt, and what it does: types alone. */
import type { Words } from '../words/words.ts';

/** What a choice does. */
export type Action =
  | { readonly type: 'step'; readonly block: string; readonly kind: 'run' | 'write' }
  | { readonly type: 'next' | 'hint' | 'checks' | 'text' | 'sections' | 'skip' | 'quit' | 'list' }
  | { readonly type: 'answer'; readonly check: string }
  | { readonly type: 'class'; readonly what: 'hand' | 'seen' | 'share' }
  | { readonly type: 'shell'; readonly tab: number };

/** One line of the list; its number is its place from 1. */
export interface Choice {
  readonly label: string;
  /** Typed instead of the number, as it is or in the language of this run; the letter in front does as well. */
  readonly word?: keyof Words['choices']['word'];
  readonly letter?: string;
  readonly action: Action;
}
