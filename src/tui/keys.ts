/**
 * Every key of the program in one table. Dispatch, footer, help and README are made from it; nothing else names a key.
 */

import { words } from '../words/words.ts';

/** What a key can mean. */
export type Command =
  | 'switch-pane'
  | 'act'
  | 'next-stop'
  | 'previous-stop'
  | 'line-down'
  | 'line-up'
  | 'page-down'
  | 'page-up'
  | 'top'
  | 'bottom'
  | 'answer'
  | 'hint'
  | 'all-checks'
  | 'check-now'
  | 'stop-run'
  | 'restart-host'
  | 'go-there'
  | 'sections'
  | 'next-section'
  | 'previous-section'
  | 'back'
  | 'skip'
  | 'choose-tab'
  | 'new-tab'
  | 'close-tab'
  | 'shell-back'
  | 'shell-forward'
  | 'look-back'
  | 'paste-copied'
  | 'rename-tab'
  | 'back-up'
  | 'back-down'
  | 'back-left'
  | 'back-right'
  | 'back-next-word'
  | 'back-previous-word'
  | 'back-line-start'
  | 'back-line-end'
  | 'back-page-up'
  | 'back-page-down'
  | 'back-first'
  | 'back-last'
  | 'back-search'
  | 'back-older'
  | 'back-newer'
  | 'back-select'
  | 'back-select-lines'
  | 'back-copy'
  | 'back-leave'
  | 'class-screen'
  | 'raise-hand'
  | 'read-message'
  | 'share-screen'
  | 'send-prefix'
  | 'zoom'
  | 'help'
  | 'quit'
  | 'yes'
  | 'no';

/** Where a key is heard. `anywhere`: also while the shell has the keys. `sections`: in the list of sections. `looking-back`: while one looks back in the shell. `question`: while something is asked. */
export type KeyScope = 'anywhere' | 'lesson' | 'sections' | 'looking-back' | 'question';

/** One line of the table. */
export interface KeyBinding {
  readonly command: Command;
  readonly scope: KeyScope;
  /** As written for people, first the one that is shown: `Enter`, `Ctrl-]`, `j`. */
  readonly keys: readonly string[];
  /** What it does, for help and README. */
  readonly does: string;
}

/** The keys; in the footer earlier ones come first. */
const bindings: readonly Omit<KeyBinding, 'does'>[] = [
  { command: 'switch-pane', scope: 'anywhere', keys: ['Ctrl-]'] },
  { command: 'act', scope: 'lesson', keys: ['Enter'] },
  { command: 'answer', scope: 'lesson', keys: ['a'] },
  { command: 'hint', scope: 'lesson', keys: ['?'] },
  { command: 'share-screen', scope: 'lesson', keys: ['e'] },
  { command: 'read-message', scope: 'lesson', keys: ['m'] },
  { command: 'next-stop', scope: 'lesson', keys: ['Tab'] },
  { command: 'previous-stop', scope: 'lesson', keys: ['Shift-Tab'] },
  { command: 'all-checks', scope: 'lesson', keys: ['v'] },
  { command: 'check-now', scope: 'lesson', keys: ['c'] },
  { command: 'stop-run', scope: 'lesson', keys: ['Ctrl-C'] },
  { command: 'restart-host', scope: 'lesson', keys: ['r'] },
  { command: 'sections', scope: 'lesson', keys: ['g'] },
  { command: 'go-there', scope: 'sections', keys: ['r'] },
  { command: 'next-section', scope: 'lesson', keys: ['n'] },
  { command: 'previous-section', scope: 'lesson', keys: ['p'] },
  { command: 'back', scope: 'lesson', keys: ['Esc'] },
  { command: 'skip', scope: 'lesson', keys: ['s'] },
  { command: 'page-down', scope: 'lesson', keys: ['Space', 'PgDn'] },
  { command: 'page-up', scope: 'lesson', keys: ['PgUp', 'b'] },
  { command: 'line-down', scope: 'lesson', keys: ['↓', 'j'] },
  { command: 'line-up', scope: 'lesson', keys: ['↑', 'k'] },
  { command: 'top', scope: 'lesson', keys: ['Home'] },
  { command: 'bottom', scope: 'lesson', keys: ['End'] },
  { command: 'zoom', scope: 'lesson', keys: ['z'] },
  { command: 'choose-tab', scope: 'lesson', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  { command: 'new-tab', scope: 'lesson', keys: ['t'] },
  { command: 'close-tab', scope: 'lesson', keys: ['x'] },
  { command: 'rename-tab', scope: 'lesson', keys: [','] },
  { command: 'look-back', scope: 'lesson', keys: ['['] },
  { command: 'paste-copied', scope: 'lesson', keys: ['P'] },
  { command: 'shell-back', scope: 'anywhere', keys: ['Shift-PgUp'] },
  { command: 'shell-forward', scope: 'anywhere', keys: ['Shift-PgDn'] },
  { command: 'send-prefix', scope: 'lesson', keys: [']'] },
  { command: 'raise-hand', scope: 'lesson', keys: ['u'] },
  { command: 'class-screen', scope: 'lesson', keys: ['w'] },
  { command: 'help', scope: 'lesson', keys: ['h'] },
  { command: 'quit', scope: 'lesson', keys: ['q'] },
  { command: 'back-up', scope: 'looking-back', keys: ['↑', 'k', 'Ctrl-P'] },
  { command: 'back-down', scope: 'looking-back', keys: ['↓', 'j', 'Ctrl-N'] },
  { command: 'back-left', scope: 'looking-back', keys: ['←', 'h'] },
  { command: 'back-right', scope: 'looking-back', keys: ['→', 'l'] },
  { command: 'back-next-word', scope: 'looking-back', keys: ['w'] },
  { command: 'back-previous-word', scope: 'looking-back', keys: ['b'] },
  { command: 'back-line-start', scope: 'looking-back', keys: ['Home', '0', 'Ctrl-A'] },
  { command: 'back-line-end', scope: 'looking-back', keys: ['End', '$', 'Ctrl-E'] },
  { command: 'back-page-up', scope: 'looking-back', keys: ['PgUp', 'Ctrl-B', 'Shift-PgUp'] },
  { command: 'back-page-down', scope: 'looking-back', keys: ['PgDn', 'Ctrl-F', 'Shift-PgDn'] },
  { command: 'back-first', scope: 'looking-back', keys: ['g'] },
  { command: 'back-last', scope: 'looking-back', keys: ['G'] },
  { command: 'back-search', scope: 'looking-back', keys: ['/', '?', 'Ctrl-R', 'Ctrl-S'] },
  { command: 'back-older', scope: 'looking-back', keys: ['n'] },
  { command: 'back-newer', scope: 'looking-back', keys: ['N'] },
  { command: 'back-select', scope: 'looking-back', keys: ['v', 'Space', 'Ctrl-Space'] },
  { command: 'back-select-lines', scope: 'looking-back', keys: ['V'] },
  { command: 'back-copy', scope: 'looking-back', keys: ['y', 'Enter', 'Alt-w'] },
  { command: 'back-leave', scope: 'looking-back', keys: ['Esc', 'q', 'Ctrl-C', 'Ctrl-G'] },
  { command: 'yes', scope: 'question', keys: ['y'] },
  { command: 'no', scope: 'question', keys: ['n', 'Esc'] },
];

/** The table of every key, said in the language of this run. */
export function keyTable(): readonly KeyBinding[] {
  const { does, yesLetters } = words().keys;
  return bindings.map((each) => ({
    ...each,
    // Whoever is asked in another language answers in it as well.
    ...(each.command === 'yes' ? { keys: yesLetters } : {}),
    does: does[each.command],
  }));
}

/** What the mouse does, for help and README; no mouse is needed for anything. */
export function mouseTable(): readonly { readonly what: string; readonly does: string }[] {
  return words().keys.mouse.map(([what, does]) => ({ what, does }));
}
