/**
 * Makes frames: what has to be written so that the screen shows the layers. Remembers what is on the screen and writes
 * only what differs. It writes to nobody; the compositor does.
 */
import type { CursorPlace, Layer, Region } from './layer.ts';
import { type RowUpdate, updateRow } from './row-diff.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { BEGIN_FRAME, CLEAR, cursorShape, END_FRAME, HIDE_CURSOR, moveTo, RESET_STYLE, SHOW_CURSOR } from './sequences.ts';
import { onlyStyled, sliceStyled } from './styled-text.ts';

/** Makes frames of one screen. */
export interface FramePainter {
  /** What to show from the next frame on. */
  setLayers(layers: readonly Layer[], cursor: CursorPlace | null): void;
  /**
   * The screen has another size, or something else was written on it: the next frame draws everything.
   * @param freshCursor true where the cursor has the terminal's own shape again.
   */
  startOver(cols: number, rows: number, freshCursor?: boolean): void;
  /** The next frame; empty where nothing differs. */
  frame(): string;
}

/** Longer frames are worth the bytes that keep them from being seen half done. */
const SMALL_FRAME = 256;

/** No version, no layer, no row. */
const UNKNOWN = -1;
/** Instead of a version: a row that never changes. */
const STILL = -2;

/** A segment and what it shows. */
interface Shown {
  readonly segment: Segment;
  /** The layer's row it was made from. */
  source: string;
  /** What is on the screen; null: not known. */
  text: string | null;
}

function regionsStand(regions: readonly Region[], layers: readonly Layer[]): boolean {
  if (regions.length !== layers.length) return false;
  return regions.every(({ col, row, cols, rows }, i) => {
    const now = layers[i]?.region;
    return now !== undefined && now.col === col && now.row === row && now.cols === cols && now.rows === rows;
  });
}

/** Numbers of a layer's rows, if it has any. */
function versionsOf(layer: Layer | undefined): ArrayLike<number> | null {
  return layer?.versions?.() ?? null;
}

/** Whether a layer can say that a row is as it was. */
function tells(layer: Layer): boolean {
  return layer.still === true || versionsOf(layer) !== null;
}

function segmentText(segment: Segment, source: string): string {
  const safe = onlyStyled(source);
  return segment.whole ? safe : sliceStyled(safe, segment.from, segment.from + segment.cols);
}

/** Makes a painter for a screen of which nothing is known yet. */
export function createFramePainter(cols: number, rows: number): FramePainter {
  let size = { cols, rows };
  let layers: readonly Layer[] = [];
  let regions: readonly Region[] = [];
  let cursor: CursorPlace | null = null;
  let shown: Shown[] = [];
  /** By segment: layer, row of the layer, version of the row that is on the screen; -1 for none. Side by side in memory. */
  let layerOf = new Int16Array();
  let rowOf = new Int32Array();
  let versionOf = new Float64Array();
  /** The layers that the screen was painted from. */
  let paintedFrom: readonly Layer[] = [];
  /** By layer: whether what the screen shows of it can be told from what it would show now. */
  let known: readonly boolean[] = [];
  /** Segments whose rows may change while the layers stay; null where that was not looked at yet. */
  let changing: Int32Array | null = null;
  let clear = true;
  /** Where the cursor was left, and how. */
  let left: CursorPlace | null = null;
  let leftShape = 0;

  function layOut(): void {
    const segments = segmentsOf(regions, size.cols, size.rows);
    shown = segments.map((segment) => ({ segment, source: '', text: null }));
    layerOf = Int16Array.from(segments, (segment) => segment.layer);
    rowOf = Int32Array.from(segments, (segment) => segment.y);
    versionOf = new Float64Array(segments.length).fill(UNKNOWN);
    changing = null;
  }

  /** Segments that have to be looked at: all of new layers, afterwards only those whose rows may change. */
  function segmentsToSee(): Int32Array {
    if (layers === paintedFrom && changing !== null) return changing;
    known = layers.map((layer, i) => layer === paintedFrom[i] && tells(layer));
    return Int32Array.from(shown, (_, index) => index);
  }

  /** The screen shows these layers now. */
  function layersSeen(): void {
    if (layers === paintedFrom && changing !== null) return;
    paintedFrom = layers;
    known = layers.map(tells);
    changing = Int32Array.from(shown.keys()).filter((index) => layers[layerOf[index] ?? UNKNOWN]?.still !== true);
  }

  /** What has to be written for a segment; null where it shows what it should. */
  function paintSegment(index: number): RowUpdate | null {
    const part = shown[index] as Shown;
    const { segment } = part;
    const source = layers[segment.layer]?.row(segment.y) ?? '';
    if (part.text !== null && source === part.source) return null;
    const next = segmentText(segment, source);
    part.source = source;
    if (next === part.text) return null;
    const update = updateRow(segment.row, segment.col, part.text, next);
    part.text = next;
    return update;
  }

  function paintSegments(): { text: string; endRow: number; endCol: number | null; count: number } {
    const painted = { text: '', endRow: -1, endCol: null as number | null, count: 0 };
    let layer = UNKNOWN;
    let versions: ArrayLike<number> | null = null;
    for (const index of segmentsToSee()) {
      const at = layerOf[index] as number;
      if (at !== layer) {
        layer = at;
        versions = versionsOf(layers[at]);
      }
      const version = versions?.[rowOf[index] as number] ?? STILL;
      if (known[at] === true && versionOf[index] === version) continue;
      versionOf[index] = version;
      const update = paintSegment(index);
      if (update === null) continue;
      painted.text += update.text;
      painted.endRow = shown[index]?.segment.row ?? UNKNOWN;
      painted.endCol = update.endCol;
      painted.count++;
    }
    layersSeen();
    return painted;
  }

  /** Brings the cursor from where it is to where it belongs. */
  function placeCursor(at: { readonly row: number; readonly col: number | null } | null): string {
    if (cursor === null) {
      const text = left === null ? '' : HIDE_CURSOR;
      left = null;
      return text;
    }
    let text = '';
    const there = at ?? left;
    if (there === null || there.row !== cursor.row || there.col !== cursor.col) text += moveTo(cursor.col, cursor.row);
    if (leftShape !== cursor.shape) text += cursorShape(cursor.shape);
    if (left === null) text += SHOW_CURSOR;
    leftShape = cursor.shape;
    left = cursor;
    return text;
  }

  return {
    setLayers(next, place) {
      cursor = place;
      if (layers === next) return;
      layers = next;
      if (regionsStand(regions, next)) return;
      regions = next.map((layer) => ({ ...layer.region }));
      layOut();
    },
    startOver(nextCols, nextRows, freshCursor = false) {
      size = { cols: nextCols, rows: nextRows };
      clear = true;
      left = null;
      if (freshCursor) leftShape = 0;
      layOut();
    },
    frame() {
      if (shown.length === 0) layOut();
      const start = clear ? HIDE_CURSOR + CLEAR : '';
      clear = false;
      const { text, endRow, endCol, count } = paintSegments();
      const body = start + text;
      if (body.length <= SMALL_FRAME && count <= 1) {
        return body + placeCursor(count === 0 ? null : { row: endRow, col: endCol });
      }
      const hide = left === null ? '' : HIDE_CURSOR;
      left = null;
      return `${BEGIN_FRAME}${hide}${body}${RESET_STYLE}${placeCursor({ row: -1, col: null })}${END_FRAME}`;
    },
  };
}
