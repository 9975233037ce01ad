/**
 * Every moment at every size, compared with screens that were looked at. `UPDATE_SCREENS=1 npx vitest run src/tui`
 * writes them anew: look at the difference before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FakeCompositor } from '../../test/support/tui/fake-compositor.ts';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { moments, now } from '../../test/support/tui/views.ts';
import type { View } from '../session/view.ts';
import { createPlainChrome } from './chrome/chrome.ts';
import { createInkChrome } from './chrome/ink-chrome.tsx';
import { createKeyBook } from './keys.ts';
import { createScreen } from './screen.ts';
import { createTheme } from './theme.ts';
import { initialUi, type UiState } from './ui-state.ts';

const sizes = [
  [120, 34],
  [80, 24],
  [160, 48],
  [60, 20],
  [59, 19],
] as const;

const theme = createTheme({});
const folder = new URL('./golden/', import.meta.url);

function shoot(view: View, cols: number, rows: number, ui: UiState, chrome = createInkChrome(theme)): string {
  const shells =
    view.host.status === 'ready'
      ? [new FakeTerminal(['ubuntu@galaxy:~$ sudo nano /srv/galaxy/config/galaxy.ini', 'ubuntu@galaxy:~$ '])]
      : [];
  const engine = new FakeEngine(view, shells);
  const screen = createScreen({
    theme,
    keys: createKeyBook(),
    version: '1.0.0',
    where: 'ubuntu@galaxy',
    place: 'sandbox · private network',
    time: (at) => new Date(at).toISOString().slice(11, 19),
  });
  const compositor = new FakeCompositor(cols, rows);
  const moment = { view, ui, tabs: engine.tabs, cols, rows, noticeAfter: now - 8_000 };
  const situation = screen.situation(moment);
  if (situation) engine.resizeTerminals(situation.layout.terminal.cols, situation.layout.terminal.rows);
  const picture = screen.picture(situation, moment, chrome);
  compositor.setLayers(picture.layers, picture.cursor());
  const frame = compositor.screen();
  chrome.close();
  return `${frame.join('\n')}\n`;
}

function expectGolden(name: string, frame: string): void {
  const file = new URL(`${name}.txt`, folder);
  if (process.env['UPDATE_SCREENS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, frame);
  }
  if (!existsSync(file)) throw new Error(`${name}.txt is missing; UPDATE_SCREENS=1 writes it`);
  expect(frame).toBe(readFileSync(file, 'utf8'));
}

describe.each(Object.entries(moments))('%s', (name, view) => {
  test.each(sizes)('is drawn well at %d×%d', (cols, rows) => {
    expectGolden(`${name.replaceAll(/[^a-z0-9]+/g, '-')}.${cols}x${rows}`, shoot(view, cols, rows, initialUi));
  });

  test('looks the same before Ink is there', () => {
    if (view.question !== null) return;
    expect(shoot(view, 120, 34, initialUi, createPlainChrome(theme))).toBe(shoot(view, 120, 34, initialUi));
  });
});
