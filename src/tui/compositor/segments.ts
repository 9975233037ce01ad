/** Which layer shows which cells of each row. Pure geometry. */
import type { Region } from './layer.ts';

/** A stretch of one outer row that one layer shows. */
export interface Segment {
  /** Outer row and first outer column, from 0. */
  readonly row: number;
  readonly col: number;
  readonly cols: number;
  /** Index of the layer; -1 where no layer is. */
  readonly layer: number;
  /** Row inside of the layer, and the cells of that row: [from, from + cols). */
  readonly y: number;
  readonly from: number;
  /** True where the layer's row is shown whole. */
  readonly whole: boolean;
}

/**
 * Cuts the screen into segments, row by row, left to right; together they cover every cell once.
 * @param regions the layers' regions, later ones on top.
 * @param cols size of the screen.
 * @param rows size of the screen.
 */
export function segmentsOf(regions: readonly Region[], cols: number, rows: number): Segment[] {
  const segments: Segment[] = [];
  for (let row = 0; row < rows; row++) {
    const owners = ownersOf(regions, row, cols);
    let col = 0;
    while (col < cols) {
      const layer = owners[col] ?? -1;
      let end = col + 1;
      while (end < cols && owners[end] === layer) end++;
      segments.push(segmentAt(regions, layer, row, col, end - col));
      col = end;
    }
  }
  return segments;
}

function ownersOf(regions: readonly Region[], row: number, cols: number): Int32Array {
  const owners = new Int32Array(cols).fill(-1);
  regions.forEach((region, layer) => {
    if (row < region.row || row >= region.row + region.rows) return;
    owners.fill(layer, Math.max(0, region.col), Math.max(0, Math.min(cols, region.col + region.cols)));
  });
  return owners;
}

function segmentAt(regions: readonly Region[], layer: number, row: number, col: number, cols: number): Segment {
  const region = regions[layer];
  if (region === undefined) return { row, col, cols, layer: -1, y: 0, from: 0, whole: false };
  const from = col - region.col;
  return { row, col, cols, layer, y: row - region.row, from, whole: from === 0 && cols === region.cols };
}
