/**
 * Golden screens: byte streams of real programs (vim, less, nano, recorded at 80×24) and of hand-made torture, and the
 * screens they make. `UPDATE_SCREENS=1` writes the screens anew; look at the difference before believing it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import xtermHeadless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from './emulator.ts';

const folder = fileURLToPath(new URL('../../fixtures/screens/', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.in'))
  .map((name) => name.slice(0, -3));
const cols = 80;
const rows = 24;

function emulate(bytes: Buffer, chunk: number): Emulator {
  const emulator = createEmulator(
    { cols, rows, scrollback: 0, markKey: 'k', colors: () => ({ foreground: '#d0d0d0', background: '#000000' }) },
    { reply() {}, mark() {}, title() {}, bell() {} },
  );
  for (let at = 0; at < bytes.length; at += chunk) emulator.feed(bytes.subarray(at, at + chunk));
  return emulator;
}

function screenOf(emulator: Emulator): string {
  const { cursor, modes } = emulator;
  const place = `cursor ${cursor.col},${cursor.row} ${cursor.visible ? 'visible' : 'hidden'} shape ${cursor.shape}`;
  const painted = Array.from({ length: rows }, (_, y) => emulator.paintRow(y).replaceAll('\x1b', '␛'));
  return `${[`${place}, ${modes.alternateScreen ? 'alternate' : 'normal'} screen`, ...painted].join('\n')}\n`;
}

/** Every cell with its looks, as xterm sees it. */
function cellsOf(write: (xterm: InstanceType<typeof xtermHeadless.Terminal>) => void): Promise<string[]> {
  const xterm = new xtermHeadless.Terminal({ cols, rows, scrollback: 0, allowProposedApi: true, logLevel: 'off' });
  write(xterm);
  return new Promise((resolve) => {
    xterm.write('', () => {
      const { active } = xterm.buffer;
      const result: string[] = [];
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < cols; x++) {
          const cell = active.getLine(active.baseY + y)?.getCell(x);
          if (cell === undefined) continue;
          const colors = [cell.isFgRGB(), cell.getFgColor(), cell.isBgRGB(), cell.getBgColor()];
          const flags = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isBlink(), cell.isInverse()];
          const more = [cell.isInvisible(), cell.isStrikethrough(), cell.isOverline()];
          const looks = [...flags, ...more].map((flag) => (flag === 0 ? '-' : '+')).join('');
          result.push(`${x},${y} ${cell.getChars() || ' '} ${colors.join(' ')} ${looks}`);
        }
      }
      resolve(result);
    });
  });
}

describe('golden screens', () => {
  test.each(names)('%s makes its screen', (name) => {
    const bytes = readFileSync(join(folder, `${name}.in`));
    const screen = screenOf(emulate(bytes, bytes.length));
    if (process.env['UPDATE_SCREENS'] === '1') writeFileSync(join(folder, `${name}.screen`), screen);
    expect(screen).toBe(readFileSync(join(folder, `${name}.screen`), 'utf8'));
  });

  test.each(names)('%s makes the same screen however it is split', (name) => {
    const bytes = readFileSync(join(folder, `${name}.in`));
    const whole = screenOf(emulate(bytes, bytes.length));
    for (const chunk of [1, 3, 7, 64]) expect(screenOf(emulate(bytes, chunk))).toBe(whole);
  });

  test.each(names.filter((name) => name !== 'wide'))('what is painted of %s looks like it, cell by cell', async (name) => {
    const bytes = readFileSync(join(folder, `${name}.in`));
    const emulator = emulate(bytes, bytes.length);
    const original = await cellsOf((xterm) => xterm.write(bytes));
    const painted = await cellsOf((xterm) => {
      if (emulator.modes.alternateScreen) xterm.write('\x1b[?1049h');
      xterm.write('\x1b[?7l');
      for (let y = 0; y < rows; y++) xterm.write(`\x1b[${y + 1}H${emulator.paintRow(y)}`);
    });
    expect(painted).toEqual(original);
  });
});
