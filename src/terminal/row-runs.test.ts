import { expect, test } from 'vitest';
import { createEmulator } from './emulator.ts';
import { rowRuns } from './row-runs.ts';

function rowsOf(text: string, cols = 40): ReturnType<typeof rowRuns>[] {
  const nothing = (): void => {};
  const emulator = createEmulator(
    { cols, rows: 3, scrollback: 10, markKey: 'k', colors: () => ({}) as never },
    { reply: nothing, mark: nothing, title: nothing, bell: nothing },
  );
  emulator.feed(Buffer.from(text));
  const rows = [0, 1, 2].map((y) => rowRuns(emulator.paintRow(y)));
  emulator.dispose();
  return rows;
}

test('text without looks is one run, empty cells are none', () => {
  expect(rowsOf('ubuntu:~$ ls')).toEqual([[{ text: 'ubuntu:~$ ls' }], [], []]);
});

test('looks are told as data', () => {
  const [row] = rowsOf('\x1b[1;32mubuntu\x1b[0m:\x1b[38;5;200;48;2;1;2;255mx\x1b[0;2;3;4;7my\x1b[0;94;103mz');
  expect(row).toEqual([
    { text: 'ubuntu', fg: 2, bold: true },
    { text: ':' },
    { text: 'x', fg: 200, bg: '#0102ff' },
    { text: 'y', dim: true, italic: true, underline: true, inverse: true },
    { text: 'z', fg: 12, bg: 11 },
  ]);
});

test('an underline of another style is one, its colour is nobody’s', () => {
  expect(rowsOf('\x1b[4:3;58:2::1:2:3mx')[0]).toEqual([{ text: 'x', underline: true }]);
});

test('what is hidden stays hidden', () => {
  expect(JSON.stringify(rowsOf('a\x1b[8msecret\x1b[0mb')[0])).not.toContain('secret');
});

test('no run holds anything that a terminal would obey', () => {
  const runs = rowsOf('a\x1b]0;title\x07b\x1b[31mc\u202ed\x1b[0m\x1b[5;53me\r\nwide 世界').flat();
  expect(JSON.stringify(runs)).not.toMatch(/\\u00|\\u202e/);
});
