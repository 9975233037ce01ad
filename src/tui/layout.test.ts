import { describe, expect, test } from 'vitest';
import type { Region } from './compositor/layer.ts';
import { type Layout, layoutOf } from './layout.ts';

const needs = { zoom: null, wanted: 4, evidence: 0 } as const;

function laidOut(cols: number, rows: number, more: Partial<Parameters<typeof layoutOf>[0]> = {}): Layout {
  const layout = layoutOf({ cols, rows, ...needs, ...more });
  if (!layout) throw new Error('too small');
  return layout;
}

function regions(layout: Layout): readonly Region[] {
  const panes = [layout.lesson, layout.shell, layout.panel].flatMap((pane) => (pane ? [pane.title, pane.body] : []));
  return [layout.header, layout.footer, ...panes, ...(layout.divider ? [layout.divider] : [])];
}

describe('every screen from 60×20 on', () => {
  test('is covered once, without gaps, whatever is on it', () => {
    for (let cols = 60; cols <= 220; cols += 7) {
      for (let rows = 20; rows <= 70; rows += 3) {
        for (const zoom of [null, 'lesson', 'shell'] as const) {
          for (const wanted of [2, 5, 15]) {
            const layout = laidOut(cols, rows, { zoom, wanted, evidence: wanted === 5 ? 3 : 0 });
            const area = regions(layout).reduce((sum, region) => sum + region.cols * region.rows, 0);
            expect(area).toBe(cols * rows);
            for (const region of regions(layout)) {
              expect(region.col).toBeGreaterThanOrEqual(0);
              expect(region.col + region.cols).toBeLessThanOrEqual(cols);
              expect(region.row + region.rows).toBeLessThanOrEqual(rows);
            }
          }
        }
      }
    }
  });

  test('has a terminal of 60 columns where panes stand side by side', () => {
    for (let cols = 100; cols < 240; cols += 1) expect(laidOut(cols, 40).terminal.cols).toBeGreaterThanOrEqual(60);
  });

  test('leaves both panes rows to work in', () => {
    for (let rows = 20; rows < 70; rows += 1) {
      for (const cols of [60, 80, 120]) {
        const { lesson, shell } = laidOut(cols, rows, { wanted: 20, evidence: 6 });
        expect(lesson?.body.rows).toBeGreaterThanOrEqual(4);
        expect(shell?.body.rows).toBeGreaterThanOrEqual(5);
      }
    }
  });
});

test('panes are side by side from 100 columns on, and stacked below', () => {
  expect(laidOut(100, 30).kind).toBe('side');
  expect(laidOut(99, 30).kind).toBe('stacked');
});

test('a smaller screen is not drawn', () => {
  expect(layoutOf({ cols: 59, rows: 40, ...needs })).toBeNull();
  expect(layoutOf({ cols: 120, rows: 19, ...needs })).toBeNull();
});

test('the panel is as high as its checks, at most a third of the screen', () => {
  expect(laidOut(120, 34, { wanted: 5 }).panel.body.rows).toBe(5);
  expect(laidOut(120, 34, { wanted: 30 }).panel.body.rows).toBe(11);
});

test('on a small screen checks take one line, and live evidence keeps its own', () => {
  expect(laidOut(80, 24, { wanted: 8 }).panel.body.rows).toBe(1);
  expect(laidOut(80, 24, { wanted: 8, evidence: 3 }).panel.body.rows).toBe(4);
});

test('a zoomed lesson leaves the terminal its size: nothing inside is redrawn for that', () => {
  expect(laidOut(120, 34, { zoom: 'lesson' }).terminal).toEqual(laidOut(120, 34).terminal);
});

test('a zoomed shell has all columns', () => {
  expect(laidOut(120, 34, { zoom: 'shell' }).terminal.cols).toBe(120);
});
