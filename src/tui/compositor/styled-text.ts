/**
 * Text with SGR sequences, measured and cut by cells. Pure. Widths come from the library that Ink measures with.
 */
import stringWidth from 'string-width';
import { singleCells } from '../../tui/text/single-cells.ts';

const RESET = '\x1b[m';
/** One SGR sequence, a run of plain ASCII, or a run of anything else with the ASCII character before it: its base. */
const TOKENS = /\x1b\[[0-9;:]*m|[\x20-\x7e]+(?![^\x00-\x7f])|[\x20-\x7e]?[^\x00-\x7f]+/g;
const SGR = /^\x1b\[[0-9;:]*m$/;
/** Any escape sequence, string sequences with their payload, whole or cut off. */
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]?|[PX\]^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)/g;
const CONTROLS = /[\x00-\x1a\x1c-\x1f\x7f-\x9f]/g;
const HARMFUL = /[\x00-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[0-9;:]*m)/;
/** Made when it is first needed: loading its tables takes longer than painting a screen. */
let segmenter: Intl.Segmenter | null = null;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** A stretch of a row: a style that begins, or characters with their widths. */
type Piece = { readonly style: string } | { readonly text: string; readonly width: number };

/**
 * The same text with SGR sequences as its only escape sequences and no control characters: what may be written to the
 * outer terminal. Text that is so already comes back as it is.
 */
export function onlyStyled(text: string): string {
  if (!HARMFUL.test(text)) return text;
  return text.replace(SEQUENCES, (sequence) => (SGR.test(sequence) ? sequence : '')).replace(CONTROLS, '');
}

/** What the text is made of: runs of single cells whole, everything else by characters as people see them. */
function* pieces(text: string): Generator<Piece> {
  for (const [token] of onlyStyled(text).matchAll(TOKENS)) {
    if (token.charCodeAt(0) === 0x1b) yield { style: token };
    else if (singleCells.test(token)) yield { text: token, width: token.length };
    else for (const { segment } of graphemes(token)) yield { text: segment, width: stringWidth(segment) };
  }
}

/** The styles that hold after one more sequence. */
function addStyle(styles: string, sequence: string): string {
  if (/^\x1b\[0?m$/.test(sequence)) return '';
  return /^\x1b\[0;/.test(sequence) ? sequence : styles + sequence;
}

/** From the styles that hold to the ones that shall. */
function switchStyles(from: string, to: string): string {
  return to.startsWith(from) ? to.slice(from.length) : RESET + to;
}

/**
 * How many cells the text takes.
 * @param text text with SGR sequences.
 */
export function styledWidth(text: string): number {
  let width = 0;
  for (const piece of pieces(text)) if ('text' in piece) width += piece.width;
  return width;
}

/** The part of one piece that lies in [from, to), cells counted from the piece's start; null where none of it does. */
function cutPiece(piece: { readonly text: string; readonly width: number }, from: number, to: number): string | null {
  // What has no width belongs to the character before it.
  if (piece.width === 0) return from < 0 && to >= 0 ? piece.text : null;
  const low = Math.max(0, from);
  const high = Math.min(piece.width, to);
  if (high <= low) return null;
  if (high - low === piece.width) return piece.text;
  return singleCells.test(piece.text) ? piece.text.slice(low, high) : ' '.repeat(high - low);
}

/**
 * Cells [from, to) of a row, exactly so many, styled as they were there, ending in a reset. A wide character that is cut
 * becomes a space; a row that is too short is filled up.
 * @param text text with SGR sequences.
 * @param from first cell, from 0.
 * @param to the cell after the last.
 */
export function sliceStyled(text: string, from: number, to: number): string {
  let styles = '';
  let written = '';
  let result = '';
  let at = 0;
  for (const piece of pieces(text)) {
    if ('style' in piece) {
      styles = addStyle(styles, piece.style);
      continue;
    }
    const part = cutPiece(piece, from - at, to - at);
    if (part !== null) {
      result += switchStyles(written, styles) + part;
      written = styles;
    }
    at += piece.width;
    if (at > to) break;
  }
  const missing = to - Math.max(at, from);
  if (missing <= 0) return result + RESET;
  return `${result}${switchStyles(written, '')}${' '.repeat(missing)}${RESET}`;
}

/**
 * The first cells of a text, exactly `cols` of them at most; shorter text stays short.
 * @param text text with SGR sequences.
 * @param cols cells.
 */
export function clipStyled(text: string, cols: number): string {
  return styledWidth(text) <= cols ? text : sliceStyled(text, 0, Math.max(0, cols));
}

/**
 * The text made exactly `cols` cells wide: cut or filled up with spaces, ending in a reset.
 * @param text text with SGR sequences.
 * @param cols cells.
 */
export function padStyled(text: string, cols: number): string {
  return sliceStyled(text, 0, Math.max(0, cols));
}
