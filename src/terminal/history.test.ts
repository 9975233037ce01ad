import { describe, expect, test } from 'vitest';
import { defaultColors } from './answers.ts';
import { createEmulator } from './emulator.ts';

const quiet = { reply() {}, mark() {}, title() {}, bell() {} };

/** An emulator of 20×4 that keeps 10 lines above its screen. */
function emulator() {
  return createEmulator({ cols: 20, rows: 4, scrollback: 10, markKey: 'k', colors: () => defaultColors }, quiet);
}

function numbers(from: number, to: number): Buffer {
  return Buffer.from(Array.from({ length: to - from + 1 }, (_, i) => `\r\nline ${from + i}`).join(''));
}

describe('the history of a terminal', () => {
  test('holds what has scrolled away, and the screen', () => {
    const { history, feed } = emulator();
    feed(numbers(1, 6));
    expect([history.first, history.end, history.top]).toEqual([0, 7, 3]);
    expect(history.line(1).text).toBe('line 1');
    expect(history.line(6).text).toBe('line 6');
  });

  test('keeps view and numbers while it is held, whatever is printed and dropped meanwhile', () => {
    const screen = emulator();
    const { history, feed } = screen;
    feed(numbers(1, 12));
    history.show(6);
    history.hold(true);
    const before = screen.textRow(0);
    expect(before.trim()).toBe('line 6');
    for (let i = 13; i <= 17; i++) feed(numbers(i, i));
    expect(screen.textRow(0)).toBe(before);
    expect(history.first).toBe(4);
    expect(history.line(8).text).toBe('line 8');
    history.hold(false);
    history.show(Number.MAX_SAFE_INTEGER);
    expect(screen.textRow(3).trim()).toBe('line 17');
  });

  test('keeps the view also where it is at the live screen', () => {
    const screen = emulator();
    const { history, feed } = screen;
    feed(numbers(1, 6));
    history.hold(true);
    feed(numbers(7, 9));
    expect(screen.textRow(3).trim()).toBe('line 6');
  });

  test('goes on with the oldest lines where those that were looked at are dropped', () => {
    const screen = emulator();
    const { history, feed } = screen;
    feed(numbers(1, 12));
    history.hold(true);
    feed(numbers(13, 99));
    expect(screen.textRow(0).trim()).toBe(`line ${99 - 13}`);
    expect(history.line(history.end - 1).text).toBe('line 99');
  });

  test('is the screen alone for a full-screen program, and nothing of it is lost by looking', () => {
    const { history, feed } = emulator();
    feed(Buffer.from('before\r\n\x1b[?1049h\x1b[Hfull\x1b[4;1Hlast'));
    history.hold(true);
    expect([history.first, history.end]).toEqual([0, 4]);
    expect(history.line(3).text).toBe('last');
  });

  test('says which lines go on where the one before ended, with the blanks that stand there', () => {
    const { history, feed } = emulator();
    feed(Buffer.from('abcdefghijklmnopqr  next'));
    expect(history.line(0)).toMatchObject({ text: 'abcdefghijklmnopqr  ', wrapped: false });
    expect(history.line(1)).toMatchObject({ text: 'next', wrapped: true });
  });

  test('knows the columns of wide characters and marks', () => {
    const { history, feed } = emulator();
    feed(Buffer.from('a中e\u0301x'));
    const line = history.line(0);
    expect(line.text).toBe('a中e\u0301x');
    expect([0, 1, 2, 3, 4].map((index) => line.colOf(index))).toEqual([0, 1, 3, 3, 4]);
    expect([0, 1, 2, 3, 4, 9].map((col) => line.indexOf(col))).toEqual([0, 1, 2, 2, 4, 5]);
  });
});
