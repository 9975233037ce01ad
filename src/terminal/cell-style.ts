/** How a cell of the emulator looks, as one SGR sequence. */
import type { IBufferCell } from '@xterm/headless';

/** Parts of xterm's cell that its typings leave out (xterm 6, AttributeData): underline style 0..5 and colour. */
interface UnderlineDetail {
  getUnderlineStyle?(): number;
  isUnderlineColorRGB?(): boolean;
  isUnderlineColorPalette?(): boolean;
  getUnderlineColor?(): number;
  extended?: { readonly underlineColor?: number };
}

/**
 * What xterm 6 keeps after SGR 59, "no colour of its own"; it is white in true colour as well, which is taken for the
 * same.
 */
const AFTER_59 = 0x3ffffff;

/** `38;2;r;g;b` and its like. */
function rgb(lead: number, value: number): string {
  return `;${lead};2;${(value >>> 16) & 255};${(value >>> 8) & 255};${value & 255}`;
}

/** A palette colour: the first 16 by their short names, as more terminals know those. `base` is 30 or 40. */
function palette(base: number, index: number): string {
  if (index < 8) return `;${base + index}`;
  if (index < 16) return `;${base + 60 + index - 8}`;
  return `;${base + 8};5;${index}`;
}

function colors(cell: IBufferCell): string {
  let text = '';
  if (cell.isFgRGB()) text += rgb(38, cell.getFgColor());
  else if (cell.isFgPalette()) text += palette(30, cell.getFgColor());
  if (cell.isBgRGB()) text += rgb(48, cell.getBgColor());
  else if (cell.isBgPalette()) text += palette(40, cell.getBgColor());
  return text;
}

/** Plain underline as `4`, which every terminal knows; the other styles as `4:n`, and a colour of its own as `58`. */
function underline(cell: IBufferCell): string {
  if (!cell.isUnderline()) return '';
  const detail = cell as UnderlineDetail;
  const style = detail.getUnderlineStyle?.() ?? 1;
  let text = style > 1 ? `;4:${style}` : ';4';
  const colour = detail.extended?.underlineColor ?? 0;
  const own = colour > 0 && colour !== AFTER_59;
  if (own && detail.isUnderlineColorRGB?.()) {
    const value = detail.getUnderlineColor?.() ?? 0;
    text += `;58:2::${(value >>> 16) & 255}:${(value >>> 8) & 255}:${value & 255}`;
  } else if (own && detail.isUnderlineColorPalette?.()) {
    text += `;58:5:${detail.getUnderlineColor?.() ?? 0}`;
  }
  return text;
}

/**
 * One SGR sequence that starts from a reset and gives the cell's looks; for a plain cell just the reset.
 * @param cell a loaded cell; only its attributes are read.
 */
export function cellStyle(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return '\x1b[m';
  let text = '\x1b[0';
  if (cell.isBold()) text += ';1';
  if (cell.isDim()) text += ';2';
  if (cell.isItalic()) text += ';3';
  text += underline(cell);
  if (cell.isBlink()) text += ';5';
  if (cell.isInverse()) text += ';7';
  if (cell.isInvisible()) text += ';8';
  if (cell.isStrikethrough()) text += ';9';
  if (cell.isOverline()) text += ';53';
  return `${text}${colors(cell)}m`;
}
