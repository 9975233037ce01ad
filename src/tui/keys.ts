/**
 * Every key of the program in one table. Dispatch, footer, help and README are made from it; nothing else names a key.
 */
import { handWords, messageWords, shareWords } from './classroom/perform-class-key.ts';
import { actWords, answerWords, backWords, hintWords, stopWords } from './key-words.ts';
import type { Situation } from './situation.ts';

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
  /** Its words in the footer at this moment; null while it does nothing. Absent: never in the footer. */
  readonly footer?: (situation: Situation) => string | null;
}

/** The table; in the footer earlier ones come first. */
export const keyTable: readonly KeyBinding[] = [
  {
    command: 'switch-pane',
    scope: 'anywhere',
    keys: ['Ctrl-]'],
    does: 'from the shell to the lesson, and back',
    footer: ({ ui }) => (ui.focus === 'shell' ? 'lesson' : 'shell'),
  },
  {
    command: 'act',
    scope: 'lesson',
    keys: ['Enter'],
    does: 'do the marked step, or go on',
    footer: actWords,
  },
  {
    command: 'answer',
    scope: 'lesson',
    keys: ['a'],
    does: 'answer the question below',
    footer: answerWords,
  },
  {
    command: 'hint',
    scope: 'lesson',
    keys: ['?'],
    does: 'a hint for what fails first',
    footer: hintWords,
  },
  {
    command: 'share-screen',
    scope: 'lesson',
    keys: ['e'],
    does: 'in a class: may the instructor see the terminal; ends it',
    footer: shareWords,
  },
  {
    command: 'read-message',
    scope: 'lesson',
    keys: ['m'],
    does: 'in a class: a message was read, put it away',
    footer: messageWords,
  },
  { command: 'next-stop', scope: 'lesson', keys: ['Tab'], does: 'mark the next step', footer: stopWords },
  { command: 'previous-stop', scope: 'lesson', keys: ['Shift-Tab'], does: 'mark the previous step' },
  { command: 'all-checks', scope: 'lesson', keys: ['v'], does: 'all checks, in full' },
  { command: 'check-now', scope: 'lesson', keys: ['c'], does: 'check now; after failed requests, count afresh' },
  {
    command: 'stop-run',
    scope: 'lesson',
    keys: ['Ctrl-C'],
    does: 'stop the step that is running',
    footer: ({ view }) => (view.running === null && view.going === undefined ? null : 'stop'),
  },
  {
    command: 'restart-host',
    scope: 'lesson',
    keys: ['r'],
    does: 'start the host again, where it was lost',
    footer: ({ view }) => (view.host.status === 'lost' || view.host.status === 'failed' ? 'start again' : null),
  },
  { command: 'sections', scope: 'lesson', keys: ['g'], does: 'all sections, to go to one', footer: () => 'go to' },
  { command: 'go-there', scope: 'sections', keys: ['r'], does: 'to its start: back, or on by having it solved' },
  { command: 'next-section', scope: 'lesson', keys: ['n'], does: 'read the next section' },
  { command: 'previous-section', scope: 'lesson', keys: ['p'], does: 'read the previous section' },
  {
    command: 'back',
    scope: 'lesson',
    keys: ['Esc'],
    does: 'back to your section, or the shell',
    footer: backWords,
  },
  { command: 'skip', scope: 'lesson', keys: ['s'], does: 'skip the section (asks twice)' },
  {
    command: 'page-down',
    scope: 'lesson',
    keys: ['Space', 'PgDn'],
    does: 'read on, one page',
    footer: (situation) =>
      situation.reading.top < situation.reading.lastTop && actWords(situation) !== 'read on' ? 'read on' : null,
  },
  { command: 'page-up', scope: 'lesson', keys: ['PgUp', 'b'], does: 'one page back' },
  { command: 'line-down', scope: 'lesson', keys: ['↓', 'j'], does: 'one line down' },
  { command: 'line-up', scope: 'lesson', keys: ['↑', 'k'], does: 'one line up' },
  { command: 'top', scope: 'lesson', keys: ['Home'], does: 'to the beginning of the section' },
  { command: 'bottom', scope: 'lesson', keys: ['End'], does: 'to its end' },
  {
    command: 'zoom',
    scope: 'lesson',
    keys: ['z'],
    does: 'one pane on the whole screen',
    footer: ({ ui }) => (ui.zoomed ? 'both panes' : null),
  },
  {
    command: 'choose-tab',
    scope: 'lesson',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    does: 'go to that terminal tab',
  },
  { command: 'new-tab', scope: 'lesson', keys: ['t'], does: 'another shell, in a new tab' },
  { command: 'close-tab', scope: 'lesson', keys: ['x'], does: 'close the terminal tab shown' },
  { command: 'rename-tab', scope: 'lesson', keys: [','], does: 'give the terminal tab shown another name' },
  { command: 'look-back', scope: 'lesson', keys: ['['], does: 'look back in the shell: search, select, copy' },
  { command: 'paste-copied', scope: 'lesson', keys: ['P'], does: 'put into the shell what was copied last' },
  { command: 'shell-back', scope: 'anywhere', keys: ['Shift-PgUp'], does: 'look back in the shell' },
  { command: 'shell-forward', scope: 'anywhere', keys: ['Shift-PgDn'], does: 'forward again' },
  { command: 'send-prefix', scope: 'lesson', keys: [']'], does: 'send Ctrl-] itself to the shell' },
  {
    command: 'raise-hand',
    scope: 'lesson',
    keys: ['u'],
    does: 'in a class: raise your hand, with a line; take it down',
    footer: handWords,
  },
  { command: 'class-screen', scope: 'lesson', keys: ['w'], does: 'what the class sees of you' },
  { command: 'help', scope: 'lesson', keys: ['h'], does: 'show all keys', footer: () => 'help' },
  { command: 'quit', scope: 'lesson', keys: ['q'], does: 'leave; your place is kept', footer: () => 'quit' },
  { command: 'back-up', scope: 'looking-back', keys: ['↑', 'k', 'Ctrl-P'], does: 'one line up', footer: () => 'move' },
  { command: 'back-down', scope: 'looking-back', keys: ['↓', 'j', 'Ctrl-N'], does: 'one line down' },
  { command: 'back-left', scope: 'looking-back', keys: ['←', 'h'], does: 'one cell to the left' },
  { command: 'back-right', scope: 'looking-back', keys: ['→', 'l'], does: 'one cell to the right' },
  { command: 'back-next-word', scope: 'looking-back', keys: ['w'], does: 'to the next word' },
  { command: 'back-previous-word', scope: 'looking-back', keys: ['b'], does: 'to the word before' },
  { command: 'back-line-start', scope: 'looking-back', keys: ['Home', '0', 'Ctrl-A'], does: "to the line's beginning" },
  { command: 'back-line-end', scope: 'looking-back', keys: ['End', '$', 'Ctrl-E'], does: "to the line's end" },
  { command: 'back-page-up', scope: 'looking-back', keys: ['PgUp', 'Ctrl-B', 'Shift-PgUp'], does: 'one page up' },
  { command: 'back-page-down', scope: 'looking-back', keys: ['PgDn', 'Ctrl-F', 'Shift-PgDn'], does: 'one page down' },
  { command: 'back-first', scope: 'looking-back', keys: ['g'], does: 'to the oldest line' },
  { command: 'back-last', scope: 'looking-back', keys: ['G'], does: 'to the newest line' },
  {
    command: 'back-search',
    scope: 'looking-back',
    keys: ['/', '?', 'Ctrl-R', 'Ctrl-S'],
    does: 'search, upwards from here',
    footer: () => 'search',
  },
  {
    command: 'back-older',
    scope: 'looking-back',
    keys: ['n'],
    does: 'to the next place further up',
    footer: ({ ui }) => ((ui.back?.found?.total ?? 0) > 1 ? 'next up' : null),
  },
  {
    command: 'back-newer',
    scope: 'looking-back',
    keys: ['N'],
    does: 'to the next place further down',
    footer: ({ ui }) => ((ui.back?.found?.total ?? 0) > 1 ? 'down' : null),
  },
  {
    command: 'back-select',
    scope: 'looking-back',
    keys: ['v', 'Space', 'Ctrl-Space'],
    does: 'select from here',
    footer: ({ ui }) => (ui.back?.anchor === null ? 'select' : null),
  },
  {
    command: 'back-select-lines',
    scope: 'looking-back',
    keys: ['V'],
    does: 'select whole lines',
    footer: ({ ui }) => (ui.back?.anchor === null ? 'lines' : null),
  },
  {
    command: 'back-copy',
    scope: 'looking-back',
    keys: ['y', 'Enter', 'Alt-w'],
    does: 'copy what is selected, and back to the shell',
    footer: ({ ui }) => (ui.back?.anchor == null ? null : 'copy'),
  },
  {
    command: 'back-leave',
    scope: 'looking-back',
    keys: ['Esc', 'q', 'Ctrl-C', 'Ctrl-G'],
    does: 'drop the selection; back to the shell',
    footer: ({ ui }) => (ui.back?.anchor == null ? 'back to the shell' : 'drop it'),
  },
  { command: 'yes', scope: 'question', keys: ['y'], does: 'yes: write, skip, leave' },
  { command: 'no', scope: 'question', keys: ['n', 'Esc'], does: 'no: leave it as it is' },
];

/** What the mouse does, for help and README; no mouse is needed for anything. */
export const mouseTable: readonly { readonly what: string; readonly does: string }[] = [
  { what: 'click', does: 'on a step marks it, on the marked step does it; on a tab goes there; on a pane gives it the keys' },
  { what: 'wheel', does: 'moves what is under the pointer: text, shell, list' },
  { what: 'drag', does: 'in the shell selects, and copies when let go' },
  { what: 'Shift', does: 'leaves the mouse to your terminal, to select there (on a Mac ⌥ or Fn)' },
];
