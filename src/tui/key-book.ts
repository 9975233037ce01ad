/** The key table of one run: with the prefix that was chosen, and how its keys are written. Pure. */
import { UserError } from '../model/errors.ts';
import { words } from '../words/words.ts';
import { type Command, type KeyBinding, keyTable } from './keys.ts';
import type { Focus } from './ui-state.ts';

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
    throw new UserError('bad-prefix', words().keys.badPrefix(prefix), {
      tries: [words().keys.badPrefixTry],
      exitCode: 2,
    });
  const label = `Ctrl-${letter}`;
  const table = keyTable().map((each) => {
    if (each.command === 'send-prefix') return { ...each, does: words().keys.sendPrefix(label) };
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
