import { expect, test } from 'vitest';
import { boxGlyph, tiles } from './box-glyphs.mjs';
import { svgScreen } from './svg-screen.mjs';

const plain = {
  text: '',
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
  foreground: null,
  background: null,
};

/** A screen of one row, a cell a character, all with the same look. */
function draw(row: string, look: Partial<Record<keyof typeof plain, unknown>> = {}): string {
  const cells = [...row];
  const cell = (x: number) => ({ ...plain, ...look, text: cells[x] ?? '' });
  return svgScreen({ cols: cells.length, rows: 1, cell, cursor: null }, 'title');
}

const texts = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="13"[^>]*>([^<]*)</g)].map(([, x, text]) => [Number(x), text]);

test('text stands in its columns: one piece where it runs on, a new one after two blanks', () => {
  expect(texts(draw(' one two  three'))).toEqual([
    [8.13, 'one two'],
    [81.3, 'three'],
  ]);
});

test('text of a program is text, never mark-up', () => {
  expect(draw('<b>&"')).toContain('>&lt;b&gt;&amp;&quot;</text>');
  expect(svgScreen({ cols: 1, rows: 1, cell: () => plain, cursor: null }, '<x>')).not.toContain('<x>');
});

test.each([
  [{ foreground: 2 }, 'class="c2"'],
  [{ foreground: 196 }, 'fill="#ff0000"'],
  [{ foreground: 244 }, 'fill="#808080"'],
  [{ foreground: 0x123456 }, 'fill="#123456"'],
  [{ inverse: true }, 'class="bg"'],
  [{ bold: true }, 'font-weight="600"'],
  [{ dim: true }, 'opacity='],
])('a cell that is %j looks like that', (look, mark) => {
  expect(draw('x', look)).toMatch(new RegExp(`<text [^>]*${mark}`));
});

test('lines and bars are shapes without seams', () => {
  expect(draw('───').match(/<path/g)).toHaveLength(1);
  expect(
    draw('███')
      .match(/<g[\s\S]*<\/g>/)![0]
      .match(/<rect/g),
  ).toHaveLength(1);
  expect(draw('│┼').match(/<path/g)).toHaveLength(2);
  expect(tiles('█')).toBe(true);
  expect(tiles('│')).toBe(false);
});

test('a bar of three eighths fills three eighths of its cell from below', () => {
  expect(boxGlyph('▃', { x: 0, y: 0, width: 8, height: 16 }, '')).toBe('<rect x="0" y="10" width="8" height="6"/>');
});

test('both colour schemes are in the picture', () => {
  expect(draw('x')).toContain('@media(prefers-color-scheme:light)');
});
