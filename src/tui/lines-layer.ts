/** Layers from lines; what was painted once is kept as long as the line lives, so that scrolling costs next to nothing. */
import type { Layer, Region } from './compositor/layer.ts';
import type { Line } from './text/line.ts';
import type { Theme } from './theme.ts';

/**
 * Makes a layer that shows lines from the `first` one on; rows below the last line are empty.
 */
export type LinesLayer = (region: Region, lines: readonly Line[], first?: number) => Layer;

const emptyLine: Line = [];

/**
 * A maker of layers with an empty memory.
 * @param theme colours.
 */
export function createLinesLayer(theme: Theme): LinesLayer {
  const painted = new WeakMap<Line, { readonly cols: number; readonly text: string }>();
  const paint = (line: Line, cols: number): string => {
    const known = painted.get(line);
    if (known?.cols === cols) return known.text;
    const text = theme.paint(line, cols);
    painted.set(line, { cols, text });
    return text;
  };
  return (region, lines, first = 0) => ({
    region,
    // Lines never change once a layer is made of them.
    still: true,
    row: (y) => paint(lines[first + y] ?? emptyLine, region.cols),
  });
}
