/** Mouse reports as inner programs want them. Pure. */
import type { TerminalModes } from './terminal.ts';

/** What the mouse did over a pane; columns and rows of the pane, from 0. */
export interface PaneMouse {
  readonly action: 'press' | 'release' | 'move' | 'wheel';
  /** 0 left, 1 middle, 2 right, 3 none; for the wheel 0 up, 1 down, 2 left, 3 right. */
  readonly button: number;
  readonly col: number;
  readonly row: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** The old encoding has one byte a number, from 32: nothing beyond this column or row can be told. */
const FURTHEST_DEFAULT = 222;

function wanted(mouse: PaneMouse, kind: TerminalModes['mouse']): boolean {
  if (kind === 'none') return false;
  if (mouse.action !== 'move') return true;
  return kind === 'any' || (kind === 'drag' && mouse.button !== 3);
}

function codeOf(mouse: PaneMouse): number {
  const kind = mouse.action === 'wheel' ? 64 : mouse.action === 'move' ? 32 : 0;
  return mouse.button + kind + (mouse.shift ? 4 : 0) + (mouse.alt ? 8 : 0) + (mouse.ctrl ? 16 : 0);
}

/**
 * The report to send, `latin1`; null where the program does not want this one or cannot be told.
 * @param mouse what happened.
 * @param modes what the program asked for.
 */
export function encodeMouse(mouse: PaneMouse, modes: Pick<TerminalModes, 'mouse' | 'mouseEncoding'>): string | null {
  if (!wanted(mouse, modes.mouse)) return null;
  const code = codeOf(mouse);
  if (modes.mouseEncoding === 'sgr') {
    return `\x1b[<${code};${mouse.col + 1};${mouse.row + 1}${mouse.action === 'release' ? 'm' : 'M'}`;
  }
  if (mouse.col > FURTHEST_DEFAULT || mouse.row > FURTHEST_DEFAULT) return null;
  const sent = mouse.action === 'release' ? code | 3 : code;
  return `\x1b[M${String.fromCharCode(sent + 32, mouse.col + 33, mouse.row + 33)}`;
}
