/**
 * Questions that inner programs ask their terminal and that xterm leaves open: its colours and its name. vim, for one,
 * picks its colours for dark or light by OSC 11.
 */
import type { Terminal as Xterm } from '@xterm/headless';

/** Colours to tell inner programs, as `#rrggbb`. */
export interface TerminalColors {
  readonly foreground: string;
  readonly background: string;
}

/** Told where the outer terminal has not said what its colours are: light text on black, as most terminals start. */
export const defaultColors: TerminalColors = { foreground: '#d0d0d0', background: '#000000' };

/** `rgb:rrrr/gggg/bbbb`, the form X11 and all terminals answer in; null for what is no colour. */
function xColor(hex: string): string | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (match === null) return null;
  const [, r, g, b] = match;
  return `rgb:${r}${r}/${g}${g}/${b}${b}`;
}

/**
 * Answers OSC 10 and 11 (colours) and XTVERSION.
 * @param xterm the emulator to listen to; the handlers end with it.
 * @param reply sends an answer to the inner program.
 * @param colors asked at each question, as they can change.
 */
export function answerQuestions(xterm: Xterm, reply: (text: string) => void, colors: () => TerminalColors): void {
  for (const [ident, pick] of [
    [10, (c: TerminalColors) => c.foreground],
    [11, (c: TerminalColors) => c.background],
  ] as const) {
    xterm.parser.registerOscHandler(ident, (data) => {
      // `10;?;?` asks for 10 and 11 at once; nobody does, and setting colours is not ours to pass on.
      const color = data === '?' ? xColor(pick(colors())) : null;
      if (color !== null) reply(`\x1b]${ident};${color}\x1b\\`);
      return true;
    });
  }
  xterm.parser.registerCsiHandler({ prefix: '>', final: 'q' }, (params) => {
    if ((params[0] ?? 0) === 0) reply('\x1bP>|Lockstep\x1b\\');
    return true;
  });
}
