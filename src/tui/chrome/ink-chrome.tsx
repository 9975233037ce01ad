/**
 * The parts around the panes, drawn by Ink. Imported only when the first frame is on the screen: Ink and React take
 * several times as long to load as everything else together.
 */
import { render } from 'ink';
import type { ReactNode } from 'react';
import type { Region } from '../../tui/compositor/layer.ts';
import { fitRow } from '../../tui/text/row.ts';
import type { Theme } from '../../tui/theme.ts';
import type { Chrome, ChromePart, PlacedOverlay } from './chrome.ts';
import { Overlay, Rows } from './components.tsx';
import { createInkCanvas, type InkCanvas } from './ink-canvas.ts';

interface Drawn {
  readonly canvas: InkCanvas;
  readonly key: string;
  readonly rows: readonly string[];
}

/**
 * Ink as the painter: a canvas for each part, drawn again only when what it shows has changed.
 * @param theme colours.
 */
export function createInkChrome(theme: Theme): Chrome {
  const drawn = new Map<ChromePart | 'overlay', Drawn>();

  const draw = (name: ChromePart | 'overlay', key: string, region: Region, element: () => ReactNode): readonly string[] => {
    const before = drawn.get(name);
    if (before?.key === key) return before.rows;
    const canvas = before?.canvas ?? createInkCanvas(render);
    const frame = canvas.draw(element(), region.cols);
    const rows = Array.from({ length: region.rows }, (_, y) => fitRow(frame[y] ?? '', region.cols));
    drawn.set(name, { canvas, key, rows });
    return rows;
  };

  return {
    part: (name, lines, region) =>
      draw(name, JSON.stringify([region.cols, region.rows, lines]), region, () => (
        <Rows lines={lines} theme={theme} cols={region.cols} rows={region.rows} />
      )),
    overlay: (overlay: PlacedOverlay) =>
      draw('overlay', JSON.stringify(overlay), overlay.region, () => <Overlay overlay={overlay} theme={theme} />),
    close() {
      for (const { canvas } of drawn.values()) canvas.close();
      drawn.clear();
    },
  };
}
