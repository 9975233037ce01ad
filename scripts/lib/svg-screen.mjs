/**
 * A terminal's screen as an SVG that looks right on a dark and on a light page: the 16 colours are classes, and the
 * page's colour scheme says what they are. Pure: cells in, text out.
 */
import stringWidth from 'string-width';
import { boxGlyph, tiles } from './box-glyphs.mjs';

const CELL = { width: 8.13, height: 18 };
const MARGIN = 16;
const TITLE_BAR = 34;

/** Background, foreground, window frame, then the 16 colours in a terminal's order. */
const DARK =
  '#1b1e27 #d5d9e3 #2a2f3c #2a2f3c #f0787a #8fce8a #e5c07b #7aa8f5 #c592e8 #62c6cf #b9bfcc #707889 #ff9294 #abe3a4 #f4d699 #9cc1ff #d9b0f5 #86dfe6 #ffffff';
const LIGHT =
  '#fbfbfa #2b303b #dfe1e6 #2b303b #c2363b #2f7d32 #96690c #2a5fc4 #8a3fb5 #0f7c86 #6b7280 #8a919e #d5494e #3b9440 #b07d10 #3b73dd #a052cc #178e99 #11141a';

/**
 * Draws a screen.
 * @param screen `cols`, `rows`, `cell(col, row)` as in test/support/launch-program.ts, `cursor` (null where it is hidden).
 * @param title what the window's bar says.
 */
export function svgScreen(screen, title) {
  const width = screen.cols * CELL.width + 2 * MARGIN;
  const height = screen.rows * CELL.height + TITLE_BAR + MARGIN;
  const rows = Array.from({ length: screen.rows }, (_, y) => drawRow(screen, y));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${escapeText(title)}">`,
    `<style>${style()}</style>`,
    `<rect class="window" x=".5" y=".5" width="${round(width - 1)}" height="${round(height - 1)}" rx="10"/>`,
    ...[0, 1, 2].map((n) => `<circle class="dot" cx="${22 + n * 18}" cy="18" r="5.5"/>`),
    `<text class="title" x="${round(width / 2)}" y="22" text-anchor="middle">${escapeText(title)}</text>`,
    `<g transform="translate(${MARGIN} ${TITLE_BAR})">`,
    ...rows.filter((row) => row !== ''),
    drawCursor(screen.cursor),
    '</g></svg>\n',
  ].join('\n');
}

function drawRow(screen, y) {
  const runs = styledRuns(Array.from({ length: screen.cols }, (_, x) => screen.cell(x, y)));
  return runs.map((run) => drawRun(run, y)).join('');
}

/**
 * Neighbouring cells that look alike, as one piece; the second cell of a wide character belongs to its first. Text ends
 * where two blanks follow each other, so that every word stands in its own columns whatever the font.
 */
function styledRuns(cells) {
  const runs = [];
  for (let x = 0; x < cells.length; ) {
    const cell = cells[x];
    const text = cell.text === '' ? ' ' : cell.text;
    const run = { x, text, width: Math.max(1, stringWidth(text)), look: lookOf(cell), kind: kindOf(text), cell };
    const last = runs.at(-1);
    if (last && joins(last, run)) Object.assign(last, { text: last.text + text, width: last.width + run.width });
    else runs.push(run);
    x += run.width;
  }
  return runs;
}

function kindOf(char) {
  if (stringWidth(char) > 1) return 'wide';
  if (tiles(char)) return char;
  return boxGlyph(char, { x: 0, y: 0, width: 1, height: 1 }, '') === null ? 'text' : 'shape';
}

function joins(last, run) {
  if (last.look !== run.look || last.kind !== run.kind) return false;
  if (run.kind === 'wide' || run.kind === 'shape') return false;
  if (run.kind !== 'text') return true;
  return run.text === ' ' || !(last.text.endsWith('  ') || last.text === ' ');
}

function lookOf({ bold, dim, italic, underline, inverse, foreground, background }) {
  return [bold, dim, italic, underline, inverse, foreground, background].join();
}

function drawRun({ x, text, width, cell }, y) {
  const place = { x: x * CELL.width, y: y * CELL.height, width: width * CELL.width, height: CELL.height };
  const { front, back } = colours(cell);
  const ground =
    back === null
      ? ''
      : `<rect x="${round(place.x)}" y="${place.y}" width="${round(place.width)}" height="${CELL.height}" ${paint(back)}/>`;
  if (text.trim() === '') return ground;
  const fade = cell.dim ? ' opacity=".62"' : '';
  const glyph = boxGlyph([...text][0], place, ` ${paint(front)}${fade}`);
  return ground + (glyph ?? drawText(text, place, cell, front, fade));
}

function drawText(text, { x, y }, cell, front, fade) {
  const words = cell.underline ? text : text.trim();
  const left = x + text.indexOf(words) * CELL.width;
  const length = stringWidth(words) * CELL.width;
  const styles = [
    cell.bold && 'font-weight="600"',
    cell.italic && 'font-style="italic"',
    cell.underline && 'text-decoration="underline"',
  ];
  const look = [paint(front) + fade, ...styles.filter(Boolean)].join(' ');
  return `<text x="${round(left)}" y="${y + 13}" textLength="${round(length)}" lengthAdjust="spacingAndGlyphs" ${look}>${escapeText(words)}</text>`;
}

function colours({ foreground, background, inverse }) {
  const front = foreground ?? 'fg';
  if (!inverse) return { front, back: background };
  return { front: background ?? 'bg', back: front };
}

/** A class for the 16 colours, so that the page's scheme decides; the rest of the palette and RGB as they are. */
function paint(colour) {
  if (typeof colour === 'string') return `class="${colour}"`;
  return colour < 16 ? `class="c${colour}"` : `fill="${hexOf(colour)}" stroke="${hexOf(colour)}" stroke-width="0" class="own"`;
}

/** xterm's palette: a 6×6×6 cube from 16 on, greys from 232 on; what is greater is RGB. */
function hexOf(colour) {
  if (colour > 255) return `#${colour.toString(16).padStart(6, '0')}`;
  const level = (n) => (n === 0 ? 0 : 55 + 40 * n);
  const index = colour - 16;
  const parts =
    colour >= 232
      ? Array(3).fill(8 + 10 * (colour - 232))
      : [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(level);
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function drawCursor(cursor) {
  if (!cursor) return '';
  return `<rect class="fg" opacity=".75" x="${round(cursor.col * CELL.width)}" y="${cursor.row * CELL.height}" width="${CELL.width}" height="${CELL.height}"/>`;
}

function style() {
  const classes = (name, colour) => `.${name}{fill:${colour}}.line.${name}{fill:none;stroke:${colour}}`;
  const theme = (colours) => {
    const [ground, text, frame, ...palette] = colours.split(' ');
    const named = [['fg', text], ['bg', ground], ...palette.map((colour, n) => [`c${n}`, colour])];
    return `.window{fill:${ground};stroke:${frame}}.dot{fill:${frame}}.title{fill:${text};opacity:.55;font-size:12px}${named.map(([name, colour]) => classes(name, colour)).join('')}`;
  };
  return [
    'text{font:13.5px ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}.line{fill:none}g rect,.line{shape-rendering:crispEdges}',
    theme(DARK),
    `@media(prefers-color-scheme:light){${theme(LIGHT)}}`,
  ].join('');
}

function escapeText(text) {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]);
}

function round(value) {
  return Math.round(value * 100) / 100;
}
