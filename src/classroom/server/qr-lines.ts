/** A QR code for a terminal: two rows of dots in one line of half blocks. */
import qrcode from 'qrcode-generator';

/** Empty dots around the code; readers want them (ISO/IEC 18004: four, two are enough for a screen). */
const QUIET = 2;

/**
 * Draws a text as a QR code.
 * @param text what a camera is to read.
 * @returns lines, dark on light: to be printed with a light background.
 */
export function qrLines(text: string): string[] {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const dark = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < size && column < size && code.isDark(row, column);
  const lines: string[] = [];
  for (let row = -QUIET; row < size + QUIET; row += 2) {
    let line = '';
    for (let column = -QUIET; column < size + QUIET; column += 1) {
      const [upper, lower] = [dark(row, column), dark(row + 1, column)];
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    lines.push(line);
  }
  return lines;
}
