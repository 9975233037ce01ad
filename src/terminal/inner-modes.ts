/**
 * Modes of the inner program that xterm keeps but does not tell: cursor visibility and shape, the encoding of mouse
 * reports. Read off the same sequences, as they pass.
 */
import type { Terminal as Xterm } from '@xterm/headless';

/** What is tracked; live values. */
export interface InnerModes {
  readonly cursorVisible: boolean;
  /** DECSCUSR parameter, 0 for the default. */
  readonly cursorShape: number;
  readonly mouseEncoding: 'default' | 'sgr';
}

/** The plain numbers of a sequence's parameters; sub-parameters do not occur in these. */
function numbers(params: readonly (number | number[])[]): number[] {
  return params.map((param) => (typeof param === 'number' ? param : 0));
}

/**
 * Listens on an emulator's parser. Every handler lets the sequence go on to xterm's own.
 * @param xterm the emulator to listen to; the handlers end with it.
 */
export function trackInnerModes(xterm: Xterm): InnerModes {
  const modes = { cursorVisible: true, cursorShape: 0, mouseEncoding: 'default' as 'default' | 'sgr' };

  function setPrivate(params: readonly (number | number[])[], on: boolean): boolean {
    for (const mode of numbers(params)) {
      if (mode === 25) modes.cursorVisible = on;
      if (mode === 1006) modes.mouseEncoding = on ? 'sgr' : 'default';
    }
    return false;
  }

  xterm.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => setPrivate(params, true));
  xterm.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => setPrivate(params, false));
  xterm.parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, (params) => {
    const shape = numbers(params)[0] ?? 0;
    modes.cursorShape = shape >= 0 && shape <= 6 ? shape : 0;
    return false;
  });
  // DECSTR shows the cursor again; RIS resets everything.
  xterm.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => {
    modes.cursorVisible = true;
    return false;
  });
  xterm.parser.registerEscHandler({ final: 'c' }, () => {
    modes.cursorVisible = true;
    modes.cursorShape = 0;
    modes.mouseEncoding = 'default';
    return false;
  });
  return modes;
}
