/**
 * Who paints header, panel, footer and overlays. Two do: plain strings for the very first frames, and Ink once it is
 * loaded. Both are given the same lines, so taking over changes nothing on the screen.
 */
import type { Region } from '../../tui/compositor/layer.ts';
import { cellWidth } from '../../tui/text/cells.ts';
import { type Line, lineWidth, span } from '../../tui/text/line.ts';
import type { Theme } from '../../tui/theme.ts';
import { words } from '../../words/words.ts';
import type { OverlayContent } from './overlay-content.ts';

/** Parts of the screen that are always there. */
export type ChromePart = 'header' | 'panel' | 'footer';

/** An overlay with its place. */
export interface PlacedOverlay {
  readonly content: OverlayContent;
  readonly region: Region;
  /** Rows of text inside. */
  readonly rows: number;
  /** First line shown, clamped. */
  readonly top: number;
  /** Which lines are shown, where not all are; empty otherwise. */
  readonly position: string;
}

/** Paints the parts around the panes; rows are exactly as wide as their region. */
export interface Chrome {
  part(name: ChromePart, lines: readonly Line[], region: Region): readonly string[];
  overlay(overlay: PlacedOverlay): readonly string[];
  close(): void;
}

/**
 * The painter of the first frames: no library, nothing kept.
 * @param theme colours.
 */
export function createPlainChrome(theme: Theme): Chrome {
  return {
    part: (_, lines, region) => Array.from({ length: region.rows }, (_row, y) => theme.paint(lines[y] ?? [], region.cols)),
    overlay: ({ content, region }) =>
      Array.from({ length: region.rows }, (_row, y) =>
        theme.paint(y === 0 ? [span(` ${content.title}`, { bold: true })] : [], region.cols),
      ),
    close: () => {},
  };
}

/** Rows and columns around the text of an overlay: border, title, an empty row above and below the text, keys. */
export const overlayFrame = { rows: 6, cols: 6 } as const;
/** Text in an overlay is not set wider than this. */
const widest = 92;
/** An overlay leaves this much of the screen to be seen around it. */
const around = { rows: 2, cols: 4 } as const;

/**
 * Cells of a line of text in an overlay.
 * @param cols columns of the screen.
 */
export function overlayTextWidth(cols: number): number {
  return Math.min(widest, cols - around.cols - overlayFrame.cols);
}

/**
 * An overlay in the middle of the screen, as large as its text needs, at most as large as the screen allows.
 * @param content what it shows; its lines are at most `overlayTextWidth` wide.
 * @param cols columns of the screen.
 * @param rows rows of the screen.
 */
export function placeOverlay(content: OverlayContent, cols: number, rows: number): PlacedOverlay {
  const shown = Math.max(1, Math.min(content.lines.length, rows - around.rows - overlayFrame.rows));
  const longest = Math.max(cellWidth(content.title), lineWidth(content.keys) + positionCells, ...content.lines.map(lineWidth));
  const text = Math.min(overlayTextWidth(cols), longest);
  const region: Region = {
    cols: text + overlayFrame.cols,
    rows: shown + overlayFrame.rows,
    col: Math.floor((cols - text - overlayFrame.cols) / 2),
    row: Math.floor((rows - shown - overlayFrame.rows) / 2),
  };
  const total = content.lines.length;
  const first = Math.max(0, Math.min(content.top, total - shown));
  const position = total > shown ? `↑↓  ${words().screen.rows(first + 1, Math.min(total, first + shown), total)}` : '';
  return { content, region, rows: shown, top: first, position };
}

/** Room for `↑↓  1–26 of 120` beside the keys. */
const positionCells = 20;
