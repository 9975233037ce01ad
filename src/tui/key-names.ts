/** From a parsed key to the word that the key table uses for it. Pure. */

/** A key as the input parser tells it. */
export interface KeyPress {
  readonly name: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** What it types; empty for keys that type nothing. */
  readonly text: string;
}

const words: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  return: 'Enter',
  tab: 'Tab',
  escape: 'Esc',
  space: 'Space',
  backspace: 'Backspace',
};

/**
 * The key as the table writes it, e.g. `Enter`, `Shift-Tab`, `Ctrl-]`, `j`.
 * @param key what the parser made of the bytes.
 */
export function keyName(key: KeyPress): string {
  const word = key.text === ' ' ? 'Space' : words[key.name];
  const alt = key.alt ? 'Alt-' : '';
  if (word !== undefined) return `${alt}${key.ctrl ? 'Ctrl-' : ''}${key.shift ? 'Shift-' : ''}${word}`;
  if (key.ctrl) return `${alt}Ctrl-${key.name.toUpperCase()}`;
  return `${alt}${key.text === '' ? key.name : key.text}`;
}
