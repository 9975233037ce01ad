import { afterEach, describe, expect, test, vi } from 'vitest';
import { encodeMouse, type PaneMouse } from './encode-mouse.ts';
import { createHoldBack } from './hold-back.ts';
import { createKeyGate } from './key-gate.ts';
import { pastedText } from './paste.ts';
import { shellIntegration } from './shell-integration.ts';
import { safeTitle } from './title.ts';
import { utf8Tail } from './utf8-tail.ts';

describe('a paste', () => {
  test('is bracketed where that was asked for, and has Enter for line breaks', () => {
    expect(pastedText('one\r\ntwo\nthree', true)).toBe('\x1b[200~one\rtwo\rthree\x1b[201~');
    expect(pastedText('one\ntwo', false)).toBe('one\rtwo');
  });
  test('cannot end itself nor press keys', () => {
    expect(pastedText('a\x1b[201~\x03rm -rf /\x7f\x9b', true)).toBe('\x1b[200~a[201~rm -rf /\x1b[201~');
  });
  test('keeps tabs and every script', () => {
    expect(pastedText('\tnaïve 端末 👍', false)).toBe('\tnaïve 端末 👍');
  });
});

describe('a title', () => {
  test.each([
    ['ubuntu@galaxy: ~', 'ubuntu@galaxy: ~'],
    ['a\x1b]0;b\x07c', 'a ]0;b c'],
    ['two\r\nlines\u2028and more', 'two lines and more'],
    ['\u202etfel ot thgir\u200b', 'tfel ot thgir'],
    ['   ', ''],
    ['端末 👍', '端末 👍'],
  ])('%j is shown as %j', (title, shown) => {
    expect(safeTitle(title)).toBe(shown);
  });
  test('is not endless', () => {
    expect([...safeTitle('👍'.repeat(5000))]).toHaveLength(200);
  });
});

describe('mouse reports', () => {
  const click: PaneMouse = { action: 'press', button: 0, col: 4, row: 2, shift: false, alt: false, ctrl: false };
  const sgr = (mouse: 'press' | 'drag' | 'any') => ({ mouse, mouseEncoding: 'sgr' }) as const;
  test.each([
    [click, sgr('press'), '\x1b[<0;5;3M'],
    [{ ...click, action: 'release' as const, button: 2 }, sgr('press'), '\x1b[<2;5;3m'],
    [{ ...click, action: 'wheel' as const, button: 1, ctrl: true }, sgr('press'), '\x1b[<81;5;3M'],
    [{ ...click, action: 'move' as const }, sgr('drag'), '\x1b[<32;5;3M'],
    [{ ...click, action: 'move' as const, button: 3 }, sgr('any'), '\x1b[<35;5;3M'],
    [click, { mouse: 'press', mouseEncoding: 'default' } as const, '\x1b[M %#'],
    [{ ...click, action: 'release' as const }, { mouse: 'press', mouseEncoding: 'default' } as const, '\x1b[M#%#'],
  ])('%j for %j', (mouse, modes, report) => {
    expect(encodeMouse(mouse, modes)).toBe(report);
  });
  test.each([
    [click, { mouse: 'none', mouseEncoding: 'sgr' } as const],
    [{ ...click, action: 'move' as const }, sgr('press')],
    [{ ...click, action: 'move' as const, button: 3 }, sgr('drag')],
    [{ ...click, col: 300 }, { mouse: 'press', mouseEncoding: 'default' } as const],
  ])('%j is not told where it was not asked for: %j', (mouse, modes) => {
    expect(encodeMouse(mouse, modes)).toBeNull();
  });
});

describe('the learner’s keys', () => {
  function setUp() {
    const written: string[] = [];
    let time = 0;
    const gate = createKeyGate(
      (bytes) => written.push(String(bytes)),
      () => time,
    );
    return { gate, written, pass: (ms: number) => (time += ms) };
  }
  test('wait while the program types, and come after', () => {
    const { gate, written } = setUp();
    gate.hold(true);
    gate.send('a');
    gate.send(Buffer.from('b'));
    expect(written).toEqual([]);
    gate.hold(false);
    gate.send('c');
    expect(written).toEqual(['a', 'b', 'c']);
  });
  test('Ctrl-C does not wait, and what came before it is dropped', () => {
    const { gate, written } = setUp();
    gate.hold(true);
    gate.send('a');
    gate.send('\x03');
    gate.hold(false);
    expect(written).toEqual(['\x03']);
  });
  test('count as recent until their echo must have come', () => {
    const { gate, pass } = setUp();
    expect(gate.recentlyUsed()).toBe(false);
    gate.send('a');
    expect(gate.recentlyUsed()).toBe(true);
    pass(1000);
    expect(gate.recentlyUsed()).toBe(false);
  });
});

describe('the end of a piece of UTF-8', () => {
  test.each<[readonly number[], number]>([
    [[], 0],
    [[0x61], 0],
    [[0xe9], 1],
    [[0xe9, 0x80], 2],
    [[0xe9, 0x80, 0x9f], 0],
    [[0x61, 0xc3], 1],
    [[0xc3, 0xa9], 0],
    [[0xf0, 0x9f, 0x91], 3],
    [[0xf0, 0x9f, 0x91, 0x8d], 0],
    [[0x80, 0x80, 0x80, 0x80], 0],
    [[0xe9, 0x61], 0],
  ])('%j keeps %i bytes for the next', (bytes, kept) => {
    expect(utf8Tail(Uint8Array.from(bytes))).toBe(kept);
  });
});

describe('a screen that is held back', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  function setUp() {
    vi.useFakeTimers();
    const shown = vi.fn();
    return { shown, hold: createHoldBack(shown) };
  }
  test('is hidden until it is let go', () => {
    const { hold, shown } = setUp();
    hold.set(true);
    hold.set(true);
    expect(hold.hiding).toBe(true);
    expect(shown).not.toHaveBeenCalled();
    hold.set(false);
    expect(hold.hiding).toBe(false);
    expect(shown).toHaveBeenCalledOnce();
  });
  test('is shown all the same when that takes too long, and not hidden again by the same hold', () => {
    const { hold, shown } = setUp();
    hold.set(true);
    vi.advanceTimersByTime(150);
    expect(shown).toHaveBeenCalledOnce();
    hold.set(true);
    expect(hold.hiding).toBe(false);
    hold.set(false);
    hold.set(true);
    expect(hold.hiding).toBe(true);
    expect(shown).toHaveBeenCalledOnce();
  });
  test('shows nothing when nothing was hidden', () => {
    const { hold, shown } = setUp();
    hold.set(false);
    expect(shown).not.toHaveBeenCalled();
  });
});

describe('the rc file', () => {
  test('each has a secret of its own, which it holds', () => {
    const [one, two] = [shellIntegration(), shellIntegration()];
    expect(one.nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(one.nonce).not.toBe(two.nonce);
    expect(one.rcFile).toContain(one.nonce);
  });
  test('shows no mark when it is printed: no escape characters in it', () => {
    expect(shellIntegration().rcFile).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
  });
});
