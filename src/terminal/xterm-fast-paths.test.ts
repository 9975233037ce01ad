/** The shorter ways through xterm leave exactly what xterm itself leaves: any stream, any split, every cell. */
import unicode11 from '@xterm/addon-unicode11';
import xtermHeadless from '@xterm/headless';
import { expect, test } from 'vitest';
import { randomNumbers, randomOutput } from '../../test/support/random-output.ts';
import { installFastPaths } from './xterm-fast-paths.ts';

type Xterm = InstanceType<typeof xtermHeadless.Terminal>;

function make(cols: number, rows: number, fast: boolean): Xterm {
  const xterm = new xtermHeadless.Terminal({ cols, rows, scrollback: 12, allowProposedApi: true, logLevel: 'off' });
  xterm.loadAddon(new unicode11.Unicode11Addon());
  xterm.unicode.activeVersion = '11';
  if (fast) expect(installFastPaths(xterm)).toBe(true);
  return xterm;
}

function feed(xterm: Xterm, text: string): void {
  xterm.input('', true);
  xterm.write(text);
}

/** Everything there is to see of a buffer, scrollback included. */
function everything(xterm: Xterm): unknown {
  const { active } = xterm.buffer;
  const lines = Array.from({ length: active.length }, (_, y) => {
    const line = active.getLine(y);
    const cells = Array.from({ length: line?.length ?? 0 }, (_unused, x) => {
      const cell = line?.getCell(x) as unknown as { content: number; fg: number; bg: number; getChars(): string };
      return [cell.getChars(), cell.content >>> 22, cell.fg >>> 0, cell.bg >>> 0].join(' ');
    });
    return [line?.isWrapped, ...cells].join('|');
  });
  return { type: active.type, x: active.cursorX, y: active.cursorY, base: active.baseY, view: active.viewportY, lines };
}

test('random streams leave the same screens, scrollbacks and cursors', () => {
  const random = randomNumbers(42);
  for (let round = 0; round < 150; round++) {
    const cols = 4 + random(20);
    const rows = 3 + random(6);
    const plain = make(cols, rows, false);
    const fast = make(cols, rows, true);
    let sent = '';
    for (let step = 0; step < 12; step++) {
      const text = randomOutput(random, 14);
      sent += text;
      const cut = random(text.length);
      for (const xterm of [plain, fast]) {
        feed(xterm, text.slice(0, cut));
        feed(xterm, text.slice(cut));
      }
      if (random(5) === 0) for (const xterm of [plain, fast]) xterm.scrollLines(-2);
      if (random(8) === 0) {
        const [width, height] = [4 + random(20), 3 + random(6)];
        for (const xterm of [plain, fast]) xterm.resize(width, height);
      }
      expect(everything(fast), JSON.stringify(sent)).toEqual(everything(plain));
    }
    for (const xterm of [plain, fast]) xterm.dispose();
  }
});

test('an emulator that is built otherwise is left alone', () => {
  expect(installFastPaths({} as Xterm)).toBe(false);
  const xterm = make(10, 3, false);
  const core = (xterm as unknown as { _core: { _inputHandler: { _eraseAttrData: unknown } } })._core;
  core._inputHandler._eraseAttrData = undefined;
  expect(installFastPaths(xterm)).toBe(false);
});
