/**
 * DECCOLM (mode 3), which xterm keeps to itself unless mode 40 allows it (ctlseqs, "Allow 80 ⇒ 132 mode"); then it clears
 * the screen, takes the margins away and puts the cursor home, as a VT100 does. The number of columns is the pane's and
 * stays.
 */
import type { Terminal as Xterm } from '@xterm/headless';
import { startScreenOver } from './xterm-internals.ts';

/**
 * Listens on an emulator's parser. Every handler lets the sequence go on to xterm's own.
 * @param xterm the emulator to listen to; the handlers end with it.
 */
export function followColumnMode(xterm: Xterm): void {
  let allowed = false;
  const set = (on: boolean) => (params: readonly (number | number[])[]) => {
    if (params.includes(40)) allowed = on;
    if (params.includes(3) && allowed) startScreenOver(xterm);
    return false;
  };
  xterm.parser.registerCsiHandler({ prefix: '?', final: 'h' }, set(true));
  xterm.parser.registerCsiHandler({ prefix: '?', final: 'l' }, set(false));
  const forget = () => {
    allowed = false;
    return false;
  };
  xterm.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, forget);
  xterm.parser.registerEscHandler({ final: 'c' }, forget);
}
