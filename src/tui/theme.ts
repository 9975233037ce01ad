/**
 * Turns styled lines into text with SGR sequences. The only place that knows colours. Two accents from the
 * terminal's own 16 (so every theme of it stays readable); everything else is bold, dim or left alone.
 */
import { cellWidth } from './text/cells.ts';
import { cleanText } from './text/clean.ts';
import { fitLine, type Line, type Style, type Tone } from './text/line.ts';

const reset = '\x1b[0m';

/** Paints lines for one outer terminal. */
export interface Theme {
  /**
   * A row of exactly `width` cells: cut or filled up, ending in a reset.
   * @param line what to paint.
   * @param width cells.
   */
  paint(line: Line, width: number): string;
  /**
   * The same without cutting or filling up.
   * @param line what to paint.
   */
  text(line: Line): string;
}

const colours: Readonly<Record<Tone, string>> = { accent: '36', good: '32' };

/**
 * The theme for an environment: colours unless `NO_COLOR` is set to something (https://no-color.org) or the terminal is `dumb`.
 * @param env environment variables.
 */
export function createTheme(env: Readonly<Record<string, string | undefined>>): Theme {
  const coloured = !env['NO_COLOR'] && env['TERM'] !== 'dumb';

  const text = (line: Line): string => line.map((part) => paintSpan(cleanText(part.text), sgrOf(part.style, coloured))).join('');

  return {
    text,
    paint(line, width) {
      const clean = line.map((part) => ({ text: cleanText(part.text), style: part.style }));
      const fitted = fitLine(clean, width);
      const used = fitted.reduce((sum, part) => sum + cellWidth(part.text), 0);
      return `${text(fitted)}${' '.repeat(Math.max(0, width - used))}${reset}`;
    },
  };
}

function paintSpan(text: string, sgr: string): string {
  return sgr === '' || text === '' ? text : `\x1b[${sgr}m${text}${reset}`;
}

function sgrOf(style: Style, coloured: boolean): string {
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.italic) codes.push('3');
  if (style.underline) codes.push('4');
  if (style.strike) codes.push('9');
  if (style.tone && coloured) codes.push(colours[style.tone]);
  return codes.join(';');
}
