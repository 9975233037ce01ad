/** A learner's terminal as they share it: rows of styled text, nothing else. Read-only by its nature. */
import type { ScreenFrame, ScreenRun } from '../../classroom/protocol/learner-api.ts';
import { el } from './dom.ts';

/** The 16 colours of the palette, as most terminals have them; the rest is computed. */
const SIXTEEN = [
  '#3b4252', '#e06c75', '#7fc97f', '#e5c07b', '#6ca8f0', '#c792ea', '#56c2c9', '#d8dee9',
  '#7b8494', '#ff8a92', '#a3e6a3', '#ffd98f', '#94c4ff', '#deb3ff', '#7fe3ea', '#ffffff',
]; // biome-ignore format: a palette reads as a table
const CUBE = [0, 95, 135, 175, 215, 255];

/** The picture of a terminal. */
export interface ScreenView {
  readonly element: HTMLElement;
  show(frame: ScreenFrame): void;
}

/**
 * An empty picture.
 * @param label its name for a screen reader.
 */
export function createScreenView(label: string): ScreenView {
  const element = el('div', { class: 'terminal', attrs: { role: 'group', 'aria-label': label, tabindex: '0' } });
  let shown: readonly string[] = [];
  return {
    element,
    show({ rows, cursor, cols }) {
      element.style.setProperty('--cols', String(cols));
      const keys = rows.map((row, index) => JSON.stringify([row, cursor?.row === index ? cursor.col : null]));
      while (element.childElementCount > rows.length) element.lastElementChild?.remove();
      for (const [index, row] of rows.entries()) {
        if (keys[index] === shown[index] && element.children[index]) continue;
        const line = rowNode(row, cursor?.row === index ? cursor.col : null);
        const before = element.children[index];
        if (before) before.replaceWith(line);
        else element.append(line);
      }
      shown = keys;
    },
  };
}

function rowNode(row: readonly ScreenRun[], cursor: number | null): HTMLElement {
  const line = el('div', { class: 'terminal-row' }, ...row.map(runNode));
  if (row.length === 0) line.append('\u00a0');
  if (cursor !== null) {
    const mark = el('span', { class: 'terminal-cursor' });
    mark.style.setProperty('--col', String(cursor));
    line.append(mark);
  }
  return line;
}

function runNode(run: ScreenRun): HTMLElement {
  const span = el('span', { text: run.text });
  const [fg, bg] = run.inverse ? [run.bg ?? 'back', run.fg ?? 'front'] : [run.fg, run.bg];
  const colour = (value: number | string): string =>
    value === 'back' ? 'var(--terminal-back)' : value === 'front' ? 'var(--terminal-front)' : paletteColour(value);
  if (fg !== undefined) span.style.setProperty('color', colour(fg));
  if (bg !== undefined) span.style.setProperty('background-color', colour(bg));
  const looks = { bold: run.bold, dim: run.dim, italic: run.italic, underline: run.underline };
  for (const [name, on] of Object.entries(looks)) span.classList.toggle(name, on === true);
  return span;
}

/** A colour as CSS writes it; indexes from 16 on are the cube and the greys that all terminals have. */
function paletteColour(value: number | string): string {
  if (typeof value === 'string') return value;
  if (value < 16) return SIXTEEN[value] ?? 'inherit';
  if (value >= 232) return `rgb(${[0, 0, 0].map(() => 8 + (value - 232) * 10).join(' ')})`;
  const at = value - 16;
  const parts = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6];
  return `rgb(${parts.map((part) => CUBE[part]).join(' ')})`;
}
