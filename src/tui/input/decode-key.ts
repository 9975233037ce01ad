/**
 * From a token to the key it stands for, in the forms that xterm and its kin, the Linux console, rxvt, kitty's protocol
 * (`CSI … u`) and modifyOtherKeys (`CSI 27 ; … ~`) write them. Pure.
 */
import type { KeyEvent } from './key-event.ts';
import type { Token } from './tokens.ts';

interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

const NONE: Modifiers = { ctrl: false, alt: false, shift: false };

const LETTERS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'clear',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  M: 'enter',
};

const NUMBERS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const CODES: Readonly<Record<number, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
  8: 'backspace',
};

function key(name: string, modifiers: Modifiers, text = ''): KeyEvent {
  return { type: 'key', name, ...modifiers, text };
}

/** The second parameter of a key's sequence: one more than a sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Super, 32 Meta. */
function modifiersOf(parameter: string | undefined): Modifiers {
  const bits = Math.max(0, Number.parseInt(parameter ?? '1', 10) - 1) || 0;
  return { shift: (bits & 1) !== 0, alt: (bits & (2 | 32)) !== 0, ctrl: (bits & 4) !== 0 };
}

/**
 * A typed character.
 * @param character one character as people see it.
 */
export function characterKey(character: string, alt = false): KeyEvent {
  const shift = character.length === 1 && character >= 'A' && character <= 'Z';
  return key(character === ' ' ? 'space' : character, { ctrl: false, alt, shift }, character);
}

/**
 * A control byte as the key that makes it.
 * @param code 0 to 31, or 127.
 */
export function controlKey(code: number, alt: boolean): KeyEvent {
  const named = { 9: 'tab', 10: 'enter', 13: 'enter', 27: 'escape', 127: 'backspace' }[code];
  if (named !== undefined) return key(named, { ...NONE, alt });
  if (code === 8) return key('backspace', { ...NONE, alt, ctrl: true });
  if (code === 0) return key('space', { ...NONE, alt, ctrl: true });
  return key(String.fromCharCode(code + (code < 27 ? 96 : 64)), { ...NONE, alt, ctrl: true });
}

/** A key given by its code point: kitty's protocol and modifyOtherKeys. */
function codeKey(code: number, modifiers: Modifiers): KeyEvent | null {
  const named = CODES[code];
  if (named !== undefined) return key(named, modifiers, named === 'space' && !modifiers.ctrl ? ' ' : '');
  // Kitty's private codes are keys that write nothing and mean nothing here.
  if (!Number.isInteger(code) || code < 32 || code > 0x10ffff || (code >= 0xe000 && code <= 0xf8ff)) return null;
  const character = String.fromCodePoint(code);
  const written = modifiers.shift ? character.toUpperCase() : character;
  return key(modifiers.ctrl ? character.toLowerCase() : written, modifiers, modifiers.ctrl ? '' : written);
}

function tildeKey(parameters: readonly string[]): KeyEvent | null {
  const [first = '', second, third] = parameters;
  if (first === '27' && third !== undefined) return codeKey(Number(third), modifiersOf(second));
  const name = NUMBERS[Number(first)];
  return name === undefined ? null : key(name, modifiersOf(second));
}

/** `code:shifted ; modifiers:event ; text`: only presses and repeats are keys. */
function kittyKey(parameters: readonly string[]): KeyEvent | null {
  const [code = '', second = '1'] = parameters;
  const [modifiers, event] = second.split(':');
  return event === '3' ? null : codeKey(Number(code.split(':')[0]), modifiersOf(modifiers));
}

/** rxvt: `ESC [ 5 $` is Shift, `^` is Ctrl, `@` both; `ESC [ a` is Shift-Up. */
function rxvtKey(body: string, final: string): KeyEvent | null {
  const name = final >= 'a' && final <= 'd' ? LETTERS[final.toUpperCase()] : NUMBERS[Number(body)];
  if (name === undefined) return null;
  if (final >= 'a' && final <= 'd') return key(name, { ...NONE, shift: true });
  return key(name, { ...NONE, shift: final !== '^', ctrl: final !== '$' });
}

function csiKey(body: string, final: string): KeyEvent | null {
  if (body === '[') return key(`f${final.charCodeAt(0) - 64}`, NONE);
  if (!/^[0-9;:]*$/.test(body)) return null;
  const parameters = body.split(';');
  if (final === '~') return tildeKey(parameters);
  if (final === 'u') return kittyKey(parameters);
  if (final === 'Z') return key('tab', { ...NONE, shift: true });
  const name = LETTERS[final];
  if (name !== undefined) return key(name, modifiersOf(parameters[1]?.split(':')[0]));
  return /[a-d^@$]/.test(final) ? rxvtKey(body, final) : null;
}

/** `ESC O x`: arrows and F keys of the application modes, and the keypad's characters. */
function ss3Key(body: string, final: string): KeyEvent | null {
  const name = LETTERS[final];
  if (name !== undefined) return key(name, modifiersOf(body === '' ? undefined : body.replace(/^1;/, '')));
  if (final >= 'a' && final <= 'd') return key(LETTERS[final.toUpperCase()] ?? '', { ...NONE, ctrl: true });
  // Keypad: `j` to `y` stand for `*` to `9`, `X` for `=`.
  if (final >= 'j' && final <= 'y') return characterKey(String.fromCharCode(final.charCodeAt(0) - 64));
  return final === 'X' ? characterKey('=') : null;
}

/**
 * The key a token stands for; null where it is no key, or not one by itself (text, pastes).
 * @param token any token.
 */
export function decodeKey(token: Token): KeyEvent | null {
  switch (token.type) {
    case 'control':
      return controlKey(token.raw.charCodeAt(0), false);
    case 'escape':
      return key('escape', NONE);
    case 'alt': {
      const code = token.raw.charCodeAt(1);
      return code < 0x20 || code === 0x7f
        ? controlKey(code, true)
        : characterKey(Buffer.from(token.raw.slice(1), 'latin1').toString(), true);
    }
    case 'csi':
    case 'ss3': {
      const decoded = token.type === 'csi' ? csiKey(token.body, token.final) : ss3Key(token.body, token.final);
      return decoded !== null && token.alt ? { ...decoded, alt: true } : decoded;
    }
    default:
      return null;
  }
}
