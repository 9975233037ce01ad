/** The keys of `lockstep class watch`: one table for what they mean and for the line that lists them. */
import { type Words, words } from '../../words/words.ts';
import type { WatchIntent } from './watch-state.ts';

/** A key as it is pressed: a name for those that have one, the character otherwise. */
export type WatchKey = 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'escape' | 'return' | (string & {});

interface Binding {
  readonly keys: readonly WatchKey[];
  readonly intent: WatchIntent;
}

const TABLE: readonly Binding[] = [
  { keys: ['up', 'k'], intent: { type: 'move', by: -1 } },
  { keys: ['down', 'j'], intent: { type: 'move', by: 1 } },
  { keys: ['page-up'], intent: { type: 'move', by: -10 } },
  { keys: ['page-down', ' '], intent: { type: 'move', by: 10 } },
  { keys: ['left'], intent: { type: 'section', by: -1 } },
  { keys: ['right'], intent: { type: 'section', by: 1 } },
  { keys: ['h'], intent: { type: 'hint' } },
  { keys: ['H'], intent: { type: 'hint-to-group' } },
  { keys: ['g'], intent: { type: 'gate' } },
  { keys: ['s'], intent: { type: 'hand-seen' } },
  { keys: ['f'], intent: { type: 'group' } },
  { keys: ['y'], intent: { type: 'yes' } },
  { keys: ['n', 'escape'], intent: { type: 'no' } },
  { keys: ['q'], intent: { type: 'quit' } },
];

/** What the bottom line says they do, those first that matter most. */
export const WATCH_KEYS: readonly (readonly [key: string, name: keyof Words['watch']['keys']])[] = [
  ['↑↓', 'learner'],
  ['←→', 'section'],
  ['h', 'hint'],
  ['H', 'hintAll'],
  ['g', 'hold'],
  ['s', 'handSeen'],
  ['q', 'quit'],
  ['f', 'filter'],
];

/**
 * What a key means; null for nothing.
 * @param key the key.
 * @param asked whether a question waits for a yes or a no.
 */
export function intentOf(key: WatchKey, asked = false): WatchIntent | null {
  if (asked && words().keys.yesLetters.includes(key)) return { type: 'yes' };
  return TABLE.find(({ keys }) => keys.includes(key))?.intent ?? null;
}
