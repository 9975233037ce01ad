/** The modes a program asks its terminal for, read off the sequences that pass. */
import type { Terminal as Xterm } from '@xterm/headless';

/** Live values. */
export interface OuterModes {
  readonly alternateScreen: boolean;
  readonly cursorVisible: boolean;
  /** DECSCUSR parameter, 0 for the terminal's own. */
  readonly cursorShape: number;
  readonly mouse: 'none' | 'press' | 'drag' | 'any';
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  readonly autowrap: boolean;
}

/**
 * Listens on an emulator's parser.
 * @param xterm the emulator of the outer terminal.
 */
export function trackOuterModes(xterm: Xterm): OuterModes {
  let cursorVisible = true;
  let shape = 0;

  function follow(params: readonly (number | number[])[], on: boolean): boolean {
    if (params.includes(25)) cursorVisible = on;
    return false;
  }

  xterm.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => follow(params, true));
  xterm.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => follow(params, false));
  xterm.parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, (params) => {
    shape = Number(params[0] ?? 0);
    return false;
  });

  return {
    get alternateScreen() {
      return xterm.buffer.active.type === 'alternate';
    },
    get cursorVisible() {
      return cursorVisible;
    },
    get cursorShape() {
      return shape;
    },
    get mouse() {
      const mode = xterm.modes.mouseTrackingMode;
      return mode === 'vt200' || mode === 'x10' ? 'press' : mode;
    },
    get bracketedPaste() {
      return xterm.modes.bracketedPasteMode;
    },
    get focusEvents() {
      return xterm.modes.sendFocusMode;
    },
    get autowrap() {
      return xterm.modes.wraparoundMode;
    },
  };
}
