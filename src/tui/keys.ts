/**
 * Every key of the program in one table. Dispatch, footer, help and README are made from it; nothing else names a key.
 */
import { actWords, backWords, hintWords, stopWords } from './key-words.ts';
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
  | 'send-prefix'
  | 'zoom'
  | 'help'
  | 'quit'
  | 'yes'
  | 'no';

/** Where a key is heard. `anywhere`: also while the shell has the keys. `sections`: in the list of sections. `question`: while something is asked. */
export type KeyScope = 'anywhere' | 'lesson' | 'sections' | 'question';

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
    command: 'hint',
    scope: 'lesson',
    keys: ['?'],
    does: 'a hint for what fails first',
    footer: hintWords,
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
  { command: 'shell-back', scope: 'anywhere', keys: ['Shift-PgUp'], does: 'look back in the shell' },
  { command: 'shell-forward', scope: 'anywhere', keys: ['Shift-PgDn'], does: 'forward again' },
  { command: 'send-prefix', scope: 'lesson', keys: [']'], does: 'send Ctrl-] itself to the shell' },
  { command: 'help', scope: 'lesson', keys: ['h'], does: 'show all keys', footer: () => 'help' },
  { command: 'quit', scope: 'lesson', keys: ['q'], does: 'leave; your place is kept', footer: () => 'quit' },
  { command: 'yes', scope: 'question', keys: ['y'], does: 'yes: write, skip, leave' },
  { command: 'no', scope: 'question', keys: ['n', 'Esc'], does: 'no: leave it as it is' },
];
