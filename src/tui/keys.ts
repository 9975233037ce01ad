/**
 * Every key of the program in one table. Dispatch, footer, help and README are made from it; nothing else names a key.
 */
import { UserError } from '../model/errors.ts';
import { nextSection, openSection, sectionName, shownSection } from './lesson/progress.ts';
import { stepAction } from './lesson/render-step.ts';
import { hintable, type Situation } from './situation.ts';
import { type Focus, onward } from './ui-state.ts';

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

/** Where a key is heard. `anywhere`: also while the shell has the keys. `question`: while something is asked. */
export type KeyScope = 'anywhere' | 'lesson' | 'question';

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
    footer: actFooter,
  },
  {
    command: 'hint',
    scope: 'lesson',
    keys: ['?'],
    does: 'a hint for what fails first',
    footer: ({ view }) => (canHint(view) ? 'hint' : null),
  },
  { command: 'next-stop', scope: 'lesson', keys: ['Tab'], does: 'mark the next step', footer: stopsFooter },
  { command: 'previous-stop', scope: 'lesson', keys: ['Shift-Tab'], does: 'mark the previous step' },
  { command: 'all-checks', scope: 'lesson', keys: ['v'], does: 'all checks, in full' },
  { command: 'check-now', scope: 'lesson', keys: ['c'], does: 'check now, not in a moment' },
  {
    command: 'stop-run',
    scope: 'lesson',
    keys: ['Ctrl-C'],
    does: 'stop the step that is running',
    footer: ({ view }) => (view.running === null ? null : 'stop'),
  },
  { command: 'sections', scope: 'lesson', keys: ['g'], does: 'all sections, to go to one', footer: () => 'go to' },
  { command: 'next-section', scope: 'lesson', keys: ['n'], does: 'read the next section' },
  { command: 'previous-section', scope: 'lesson', keys: ['p'], does: 'read the previous section' },
  {
    command: 'back',
    scope: 'lesson',
    keys: ['Esc'],
    does: 'back to your section, or the shell',
    footer: ({ view }) => (view.shown === view.open ? null : `back to ${openName(view)}`),
  },
  { command: 'skip', scope: 'lesson', keys: ['s'], does: 'skip the section (asks twice)' },
  {
    command: 'page-down',
    scope: 'lesson',
    keys: ['Space', 'PgDn'],
    does: 'read on, one page',
    footer: ({ reading }) =>
      reading.top < reading.lastTop && (reading.markSeen || reading.marked !== onward) ? 'read on' : null,
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

function canHint(view: Situation['view']): boolean {
  const open = openSection(view);
  return hintable(view) !== undefined || (open !== undefined && open.status === 'open' && open.hints.length < open.hintCount);
}

function openName(view: Situation['view']): string {
  const open = openSection(view);
  if (!open) return 'the lesson';
  return open.number > 0 ? `section ${open.number}` : open.shortTitle;
}

function actFooter({ view, reading }: Situation): string | null {
  if (reading.marked === null) return null;
  if (reading.marked === onward) {
    const next = nextSection(view);
    if (!reading.markSeen) return openSection(view)?.kind === 'reading' ? 'read on' : 'what happened';
    return next ? sectionName(next) : null;
  }
  if (!reading.markSeen) return 'to the next step';
  const step = shownSection(view)?.steps.find((each) => each.block === reading.marked);
  return step && step.status !== 'running' ? stepAction(step) : null;
}

function stopsFooter({ reading }: Situation): string | null {
  return reading.document.anchors.length > 1 ? 'next step' : null;
}

/** The table with the prefix that was chosen, and how keys are written. */
export interface KeyBook {
  readonly table: readonly KeyBinding[];
  /** The key between shell and lesson, as the table writes it. */
  readonly prefix: string;
  /** The byte that it sends. */
  readonly prefixByte: string;
  /**
   * The key of a command as it must be pressed from where the keys go now: from the shell, the prefix comes first.
   * @param command what is to be done.
   * @param focus who has the keys.
   */
  keyFor(command: Command, focus: Focus): string;
}

/**
 * The keys of this run.
 * @param prefix the key between shell and lesson, `ctrl-` and one character; `Ctrl-]` where absent.
 * @throws UserError `bad-prefix` for a key that no terminal can send or that is needed otherwise.
 */
export function createKeyBook(prefix = 'Ctrl-]'): KeyBook {
  const letter = /^ctrl-([a-z[\]\\^_])$/i.exec(prefix)?.[1]?.toUpperCase();
  if (letter === undefined || needed.includes(letter))
    throw new UserError('bad-prefix', `The key "${prefix}" cannot lead from the shell to the lesson.`, {
      tries: [
        'Use ctrl- and a letter or one of ] \\ ^ _, for example --prefix ctrl-o; not ctrl-c, -d, -h, -i, -j, -m, -z or -[.',
      ],
      exitCode: 2,
    });
  const label = `Ctrl-${letter}`;
  const table = keyTable.map((each) => {
    if (each.command === 'send-prefix') return { ...each, does: `send ${label} itself to the shell` };
    return each.command === 'switch-pane' ? { ...each, keys: [label] } : each;
  });
  return {
    table,
    prefix: label,
    prefixByte: String.fromCharCode(letter.charCodeAt(0) & 0x1f),
    keyFor(command, focus) {
      const binding = table.find((each) => each.command === command);
      const key = shortKey(binding?.keys[0] ?? '');
      return focus === 'shell' && binding?.scope === 'lesson' ? `${shortKey(label)} ${key}` : key;
    },
  };
}

/** Keys that a shell cannot do without, or that terminals send for Tab, Enter, Backspace and Escape. */
const needed = 'CDHIJMZ[';

/** A key as the footer writes it. */
function shortKey(key: string): string {
  return key.replace('Ctrl-', '^').replace('Enter', '⏎').replace('Shift-', '⇧');
}
