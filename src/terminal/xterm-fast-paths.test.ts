/** The shorter ways through xterm leave exactly what xterm itself leaves: any stream, any split, every cell. */
import unicode11 from '@xterm/addon-unicode11';
import xtermHeadless from '@xterm/headless';
import { expect, test } from 'vitest';
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

const PIECES = [
  'a',
  'word ',
  'a longer run of text that wraps around the edge ',
  '\r\n',
  '\n',
  '\n\n\n',
  '\r',
  '\t',
  '\b',
  '端末',
  '端\bz',
  '端端\x1b[3Dz',
  'é',
  'e\u0301',
  '\u0301',
  '👍',
  '\x1b[31m',
  '\x1b[1;44m',
  '\x1b[4:3m',
  '\x1b[m',
  '\x1b[H',
  '\x1b[3;5H',
  '\x1b[99;1H',
  '\x1b[2;4r',
  '\x1b[3;5r',
  '\x1b[1;4r',
  '\x1b[r',
  '\x1b[?6h',
  '\x1b[?6l',
  '\x1b[?7l',
  '\x1b[?7h',
  '\x1b[4h',
  '\x1b[4l',
  '\x1b[K',
  '\x1b[J',
  '\x1b[2J',
  '\x1b[2L',
  '\x1b[M',
  '\x1b[3P',
  '\x1b[2@',
  '\x1b[4X',
  '\x1b[S',
  '\x1b[2T',
  '\x1b[5b',
  '\x1bM',
  '\x1bD',
  '\x1bE',
  '\x1b(0',
  '\x1b(B',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b]8;;http://x\x07',
  '\x1b]8;;\x07',
  '\x1b#8',
  '\x1b[!p',
  '\x1b7',
  '\x1b8',
];

test('random streams leave the same screens, scrollbacks and cursors', () => {
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 150; round++) {
    const cols = 4 + random(20);
    const rows = 3 + random(6);
    const plain = make(cols, rows, false);
    const fast = make(cols, rows, true);
    let sent = '';
    for (let step = 0; step < 12; step++) {
      const text = Array.from({ length: 1 + random(14) }, () => PIECES[random(PIECES.length)]).join('');
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
