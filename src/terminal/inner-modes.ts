/**
 * Modes of the inner program that xterm keeps but does not tell, or not cheaply: cursor visibility and shape, the encoding
 * of mouse reports, a screen held back. Read off the same sequences, as they pass.
 */
import type { Terminal as Xterm } from '@xterm/headless';

/** What is tracked; live values. */
export interface InnerModes {
  readonly cursorVisible: boolean;
  /** DECSCUSR parameter, 0 for the default. */
  readonly cursorShape: number;
  readonly mouseEncoding: 'default' | 'sgr';
  /** The screen is held back half drawn (mode 2026). */
  readonly heldBack: boolean;
  /** Grows whenever any mode may have changed, so that who keeps a copy knows when it is old. */
  readonly version: number;
}

/**
 * Listens on an emulator's parser. Every handler lets the sequence go on to xterm's own.
 * @param xterm the emulator to listen to; the handlers end with it.
 */
export function trackInnerModes(xterm: Xterm): InnerModes {
  const modes = {
    cursorVisible: true,
    cursorShape: 0,
    mouseEncoding: 'default' as 'default' | 'sgr',
    heldBack: false,
    version: 0,
  };

  function setPrivate(params: readonly (number | number[])[], on: boolean): boolean {
    modes.version++;
    if (params.includes(25)) modes.cursorVisible = on;
    if (params.includes(1006)) modes.mouseEncoding = on ? 'sgr' : 'default';
    if (params.includes(2026)) modes.heldBack = on;
    return false;
  }

  xterm.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (params) => setPrivate(params, true));
  xterm.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => setPrivate(params, false));
  xterm.parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, (params) => {
    const shape = Number(params[0] ?? 0);
    modes.cursorShape = shape >= 0 && shape <= 6 ? shape : 0;
    return false;
  });
  // DECSTR shows the cursor again; RIS resets everything.
  xterm.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => {
    modes.version++;
    modes.cursorVisible = true;
    modes.heldBack = false;
    return false;
  });
  xterm.parser.registerEscHandler({ final: 'c' }, () => {
    modes.version++;
    modes.cursorVisible = true;
    modes.cursorShape = 0;
    modes.mouseEncoding = 'default';
    modes.heldBack = false;
    return false;
  });
  return modes;
}
