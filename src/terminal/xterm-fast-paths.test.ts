/** The shorter ways through xterm leave exactly what xterm itself leaves: any stream, any split, every cell. */
import unicode11 from '@xterm/addon-unicode11';
import xtermHeadless from '@xterm/headless';
import { expect, test } from 'vitest';
import { randomNumbers, randomOutput } from '../../test/support/random-output.ts';
import { createPlainWay } from './plain-text.ts';
import { installFastPaths } from './xterm-fast-paths.ts';
import { directParse } from './xterm-internals.ts';

type Xterm = InstanceType<typeof xtermHeadless.Terminal>;

interface Subject {
  readonly xterm: Xterm;
  feed(bytes: Uint8Array): void;
  resize(cols: number, rows: number): void;
}

function make(cols: number, rows: number): Xterm {
  const xterm = new xtermHeadless.Terminal({
    ...{ cols, rows, scrollback: 12, allowProposedApi: true, logLevel: 'off' as const },
    // Known to xterm but not to its headless typings: `write` below would end a scrolled-back view.
    ...({ scrollOnUserInput: false } as object),
  });
  xterm.loadAddon(new unicode11.Unicode11Addon());
  xterm.unicode.activeVersion = '11';
  return xterm;
}

function write(xterm: Xterm, bytes: Uint8Array): void {
  xterm.input('', true);
  xterm.write(bytes);
}

/** xterm itself, xterm with its shorter ways, and plain text that goes past it. */
function subjects(cols: number, rows: number): readonly [Subject, Subject, Subject] {
  const [itself, shorter, past] = [make(cols, rows), make(cols, rows), make(cols, rows)];
  const paths = installFastPaths(past);
  const parse = directParse(past);
  if (installFastPaths(shorter) === null || paths === null || parse === null) throw new Error('this xterm is another one');
  const feedPast = createPlainWay(paths, parse, () => {});
  return [
    { xterm: itself, feed: (bytes) => write(itself, bytes), resize: (...size) => itself.resize(...size) },
    { xterm: shorter, feed: (bytes) => write(shorter, bytes), resize: (...size) => shorter.resize(...size) },
    {
      xterm: past,
      feed: feedPast,
      resize(...size) {
        past.resize(...size);
        paths.blanks.forget();
      },
    },
  ];
}

/** Many short lines and some long ones, as floods have them. */
function flood(random: (below: number) => number): string {
  const ends = ['\r\n', '\n', '\r', ''];
  return Array.from({ length: random(60) }, () => 'plain text '.repeat(4).slice(0, random(44)) + ends[random(ends.length)]).join(
    '',
  );
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
    const all = subjects(4 + random(20), 3 + random(6));
    let sent = '';
    for (let step = 0; step < 12; step++) {
      const text = [...(random(3) === 0 ? flood(random) : randomOutput(random, 14))];
      sent += text.join('');
      const cut = random(text.length);
      for (const part of [text.slice(0, cut), text.slice(cut)]) for (const { feed } of all) feed(Buffer.from(part.join('')));
      if (random(5) === 0) for (const { xterm } of all) xterm.scrollLines(-2);
      if (random(8) === 0) {
        const [width, height] = [4 + random(20), 3 + random(6)];
        for (const { resize } of all) resize(width, height);
      }
      const expected = everything(all[0].xterm);
      for (const { xterm } of all.slice(1)) expect(everything(xterm), JSON.stringify(sent)).toEqual(expected);
    }
    for (const { xterm } of all) xterm.dispose();
  }
});

test('bytes that are no text leave the same', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 60; round++) {
    const all = subjects(4 + random(20), 3 + random(6));
    const bytes = Uint8Array.from({ length: 2000 }, () => (random(3) === 0 ? random(256) : 0x20 + random(0x5f)));
    for (const { feed } of all) feed(bytes);
    const expected = everything(all[0].xterm);
    for (const { xterm } of all.slice(1)) expect(everything(xterm), `round ${round}`).toEqual(expected);
    for (const { xterm } of all) xterm.dispose();
  }
});

test('rows that plain text was written to are told', () => {
  const xterm = make(10, 6);
  const paths = installFastPaths(xterm);
  const parse = directParse(xterm);
  if (paths === null || parse === null) throw new Error('this xterm is another one');
  const told: [number, number][] = [];
  const feed = createPlainWay(paths, parse, (from, to) => told.push([from, to]));
  feed(Buffer.from('one'));
  feed(Buffer.from('\r\ntwo and more than a row'));
  feed(Buffer.from('\n\n\n'));
  expect(told).toEqual([
    [0, 0],
    [0, 3],
    [0, 5],
  ]);
});

test('an emulator that is built otherwise is left alone', () => {
  expect(installFastPaths({} as Xterm)).toBe(null);
  const xterm = make(10, 3);
  const core = (xterm as unknown as { _core: { _inputHandler: { _eraseAttrData: unknown } } })._core;
  core._inputHandler._eraseAttrData = undefined;
  expect(installFastPaths(xterm)).toBe(null);
});
