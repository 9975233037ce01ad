/** The escape sequences that the outer terminal gets. Pure: nothing here writes. */

/** Alternate screen, cleared; no autowrap, as rows are placed one by one; the cursor waits for the first frame. */
export const ENTER = '\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[m\x1b[H\x1b[2J';

/** Gives the cursor the terminal's own shape again. */
export const DEFAULT_SHAPE = '\x1b[0 q';

/**
 * Undoes everything that is ever set here but the cursor's shape, whatever of it was set. Starts with ST, which ends a sequence that was cut
 * off in the middle.
 */
export const LEAVE =
  '\x1b\\\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[m\x1b[?7h\x1b[?25h\x1b[?1049l';

/** Clears the screen, never what has scrolled out of it. */
export const CLEAR = '\x1b[m\x1b[H\x1b[2J';

/** Between these two a terminal that can (mode 2026) shows nothing half done. */
export const BEGIN_FRAME = '\x1b[?2026h';
export const END_FRAME = '\x1b[?2026l';

export const HIDE_CURSOR = '\x1b[?25l';
export const SHOW_CURSOR = '\x1b[?25h';
export const RESET_STYLE = '\x1b[m';

/**
 * Puts the cursor.
 * @param col column from 0.
 * @param row row from 0.
 */
export function moveTo(col: number, row: number): string {
  return `\x1b[${row + 1};${col + 1}H`;
}

/**
 * Gives the cursor its shape (DECSCUSR).
 * @param shape 0 for the terminal's own, 1 to 6.
 */
export function cursorShape(shape: number): string {
  return `\x1b[${shape} q`;
}

/**
 * Puts text into the clipboard (OSC 52, xterm's control sequences).
 * @param text any text; it goes in base64, so that nothing of it is obeyed.
 */
export function toClipboard(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x1b\\`;
}

/** What is asked of the outer terminal. */
export interface OuterModes {
  readonly mouse: 'none' | 'press' | 'drag' | 'any';
  readonly paste: boolean;
  readonly focus: boolean;
}

/** Nothing asked. */
export const noModes: OuterModes = { mouse: 'none', paste: false, focus: false };

const MOUSE = { none: '', press: '\x1b[?1000h\x1b[?1006h', drag: '\x1b[?1002h\x1b[?1006h', any: '\x1b[?1003h\x1b[?1006h' };
const NO_MOUSE = { none: '', press: '\x1b[?1000l\x1b[?1006l', drag: '\x1b[?1002l\x1b[?1006l', any: '\x1b[?1003l\x1b[?1006l' };

/**
 * From one set of modes to another.
 * @returns the empty string where nothing changes.
 */
export function changeModes(from: OuterModes, to: OuterModes): string {
  let text = '';
  if (from.mouse !== to.mouse) text += NO_MOUSE[from.mouse] + MOUSE[to.mouse];
  if (from.paste !== to.paste) text += to.paste ? '\x1b[?2004h' : '\x1b[?2004l';
  if (from.focus !== to.focus) text += to.focus ? '\x1b[?1004h' : '\x1b[?1004l';
  return text;
}
