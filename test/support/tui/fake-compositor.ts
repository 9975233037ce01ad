/** A compositor without a terminal: keeps the layers and tells what a person would see. For tests. */
import { stripVTControlCharacters } from 'node:util';
import type { Compositor, CursorPlace, Layer } from '../../../src/tui/compositor/layer.ts';
import { cellWidth, graphemes } from '../../../src/tui/text/cells.ts';

/** The screen in memory. */
export class FakeCompositor implements Compositor {
  cols: number;
  rows: number;
  cursor: CursorPlace | null = null;
  modes: unknown = null;
  frames = 0;
  private layers: readonly Layer[] = [];
  private readonly inputs = new Set<(bytes: Buffer) => void>();
  private readonly resizes = new Set<() => void>();

  constructor(cols: number, rows: number) {
    this.cols = cols;
    this.rows = rows;
  }

  setLayers(layers: readonly Layer[], cursor: CursorPlace | null): void {
    this.layers = layers;
    this.cursor = cursor;
    this.frames += 1;
  }
  invalidate(): void {
    this.frames += 1;
  }
  expectEcho(): void {}
  hastened = 0;
  hasten(): void {
    this.hastened += 1;
  }
  setModes(modes: unknown): void {
    this.modes = modes;
  }
  readonly colors = null;
  askedColors = 0;
  askColors(): void {
    this.askedColors += 1;
  }
  async answered(): Promise<void> {}
  readonly copied: string[] = [];
  copy(text: string): void {
    this.copied.push(text);
  }
  onInput(listener: (bytes: Buffer) => void): () => void {
    this.inputs.add(listener);
    return () => this.inputs.delete(listener);
  }
  onResize(listener: () => void): () => void {
    this.resizes.add(listener);
    return () => this.resizes.delete(listener);
  }
  close(): void {}

  /** What arrives from the keyboard. */
  type(text: string): void {
    for (const listener of this.inputs) listener(Buffer.from(text));
  }

  resize(cols: number, rows: number): void {
    this.cols = cols;
    this.rows = rows;
    for (const listener of this.resizes) listener();
  }

  /** The screen as text, without trailing spaces; throws where a layer breaks its promise on widths. */
  screen(): readonly string[] {
    return this.compose(stripVTControlCharacters).map((row) => row.trimEnd());
  }

  /** The painted rows of all layers, with their escape sequences. */
  painted(): readonly string[] {
    return this.layers.flatMap((layer) => Array.from({ length: layer.region.rows }, (_, y) => layer.row(y)));
  }

  private compose(clean: (row: string) => string): readonly string[] {
    const cells = Array.from({ length: this.rows }, () => Array.from({ length: this.cols }, () => '~'));
    for (const { region, row } of this.layers) {
      for (let y = 0; y < region.rows; y += 1) {
        const text = clean(row(y));
        if (cellWidth(text) !== region.cols)
          throw new Error(`row ${y} of ${JSON.stringify(region)} is ${cellWidth(text)} cells wide: ${text}`);
        let col = region.col;
        for (const each of graphemes(text)) {
          const line = cells[region.row + y];
          if (!line) throw new Error(`row ${region.row + y} is outside of the screen`);
          line[col] = each;
          for (let more = 1; more < cellWidth(each); more += 1) line[col + more] = '';
          col += cellWidth(each);
        }
      }
    }
    return cells.map((line) => line.join(''));
  }
}
