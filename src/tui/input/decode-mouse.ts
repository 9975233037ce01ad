/** Mouse reports of the outer terminal as events. Pure. */
import type { MouseEvent } from './key-event.ts';
import type { Token } from './tokens.ts';

/** From the number that says what happened: bits 0, 1 the button, 2 Shift, 3 Alt, 4 Ctrl, 5 motion, 6 wheel. */
function fromCode(code: number, col: number, row: number, released: boolean): MouseEvent {
  const wheel = (code & 64) !== 0;
  const moved = (code & 32) !== 0;
  const action = wheel ? 'wheel' : moved ? 'move' : released ? 'release' : 'press';
  const shift = (code & 4) !== 0;
  const alt = (code & 8) !== 0;
  const ctrl = (code & 16) !== 0;
  return { type: 'mouse', action, button: code & 3, col: Math.max(0, col), row: Math.max(0, row), shift, alt, ctrl };
}

/**
 * The mouse event a token stands for; null where it is none.
 * @param token any token.
 */
export function decodeMouse(token: Token): MouseEvent | null {
  if (token.type === 'x10-mouse') {
    const [code = 0, x = 0, y = 0] = [...token.raw.slice(3)].map((byte) => byte.charCodeAt(0) - 32);
    // The old kind does not say which button was let go.
    const released = (code & 3) === 3 && (code & 96) === 0;
    return fromCode(released ? code & ~3 : code, x - 1, y - 1, released);
  }
  if (token.type !== 'csi' || (token.final !== 'M' && token.final !== 'm')) return null;
  const match = /^<(\d{1,5});(\d{1,5});(\d{1,5})$/.exec(token.body);
  if (match === null) return null;
  return fromCode(Number(match[1]), Number(match[2]) - 1, Number(match[3]) - 1, token.final === 'm');
}
