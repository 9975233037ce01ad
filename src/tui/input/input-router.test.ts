import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TerminalModes } from '../../terminal/terminal.ts';
import { createInputRouter, type InputRouterOptions } from './input-router.ts';

const shellModes: TerminalModes = {
  mouse: 'none',
  mouseEncoding: 'default',
  bracketedPaste: true,
  applicationCursor: false,
  focusEvents: false,
  alternateScreen: false,
};

function setUp(options: Partial<InputRouterOptions> & { modes?: Partial<TerminalModes>; at?: 'pane' | 'lesson' } = {}) {
  const sent: string[] = [];
  const told: string[] = [];
  const state = { focus: options.at ?? 'pane' };
  const router = createInputRouter({
    ours: ['Shift-PgUp'],
    focus: () => state.focus,
    pane: () => ({
      terminal: {
        modes: { ...shellModes, ...options.modes },
        input: (bytes) => sent.push(Buffer.isBuffer(bytes) ? bytes.toString('latin1') : bytes),
        scroll: (lines) => sent.push(`scroll ${lines}`),
      },
      region: { col: 40, row: 2, cols: 40, rows: 20 },
    }),
    onEvent(event) {
      if (event.type === 'key') told.push(event.afterPrefix ? `prefix+${event.label}` : event.label);
      else if (event.type === 'mouse')
        told.push(`${event.mouse.action}${event.overPane ? ' over pane' : ''}${event.taken ? ' taken' : ''}`);
      else if (event.type === 'paste') told.push(`paste ${event.text}`);
      else told.push(event.type);
    },
    ...options,
  });
  return { router, sent, told, state, push: (text: string) => router.push(Buffer.from(text)) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('while a pane has the focus', () => {
  test.each([
    'a',
    'é',
    '\x03',
    '\x1a',
    '\x04',
    '\x1bx',
    '\x1b[1;5C',
    '\x1b[A',
    '\x1bOP',
    '\x1b[3~',
    '\x1b[97;5u',
    '\x1b[I am no key',
  ])('%j goes through as it is', (bytes) => {
    const { push, sent, told } = setUp({ modes: { focusEvents: true } });
    push(bytes);
    expect(sent.join('')).toBe(Buffer.from(bytes).toString('latin1'));
    expect(told).toEqual([]);
  });

  test('bytes that are no UTF-8 go through too, also split', () => {
    const { router, sent } = setUp();
    router.push(Buffer.of(0xc3));
    router.push(Buffer.of(0xa9, 0xff));
    expect(sent).toEqual(['\xc3', '\xa9\xff']);
  });

  test('the prefix key is told and not sent', () => {
    const { push, sent, told } = setUp();
    push('ls\x1d');
    expect(sent).toEqual(['ls']);
    expect(told).toEqual(['Ctrl-]']);
  });

  test.each(['\x1b[93;5u', '\x1b[27;5;93~'])('the prefix as %j is the prefix', (bytes) => {
    const { push, told, sent } = setUp();
    push(bytes);
    expect(told).toEqual(['Ctrl-]']);
    expect(sent).toEqual([]);
  });

  test('the prefix inside of a paste is text', () => {
    const { push, sent, told } = setUp();
    push('\x1b[200~one\x1dtwo');
    push('\x1d\x1b[20');
    push('1~');
    expect(sent.join('')).toBe('\x1b[200~one\x1dtwo\x1d\x1b[201~');
    expect(told).toEqual([]);
  });

  test('the prefix pressed twice sends one to the inner program', () => {
    const { push, sent, told, state } = setUp();
    push('\x1d');
    state.focus = 'lesson';
    push('\x1d');
    expect(sent).toEqual(['\x1d']);
    expect(told).toEqual(['Ctrl-]', 'prefix+Ctrl-]']);
    push('\x1d');
    expect(sent).toEqual(['\x1d']);
  });

  test('the prefix pressed twice is only told where that is wanted', () => {
    const { push, sent, told } = setUp({ doubledPrefix: 'report' });
    push('\x1d\x1d');
    expect(sent).toEqual([]);
    expect(told).toEqual(['Ctrl-]', 'prefix+Ctrl-]']);
  });

  test('the key after the prefix says so', () => {
    const { push, told, state } = setUp();
    push('\x1d');
    state.focus = 'lesson';
    push('gx');
    expect(told).toEqual(['Ctrl-]', 'prefix+g', 'x']);
  });

  test('another key can be the prefix', () => {
    const { push, sent, told } = setUp({ prefix: 'Ctrl-A' });
    push('\x1d\x01');
    expect(sent).toEqual(['\x1d']);
    expect(told).toEqual(['Ctrl-A']);
  });

  test('keys that are ours anywhere do not reach the program', () => {
    const { push, sent, told } = setUp();
    push('\x1b[5;2~\x1b[5~');
    expect(told).toEqual(['Shift-PgUp']);
    expect(sent).toEqual(['\x1b[5~']);
  });

  test('arrow keys take the form the program asked for', () => {
    const { push, sent } = setUp({ modes: { applicationCursor: true } });
    push('\x1b[A\x1b[1;5A\x1b[H');
    expect(sent.join('')).toBe('\x1bOA\x1b[1;5A\x1bOH');
  });

  test('a program that did not ask for bracketed paste gets the text alone', () => {
    const { push, sent } = setUp({ modes: { bracketedPaste: false } });
    push('\x1b[200~one\rtwo\x1b[201~');
    expect(sent.join('')).toBe('one\rtwo');
  });

  test('Escape goes through shortly after, when nothing follows it', () => {
    vi.useFakeTimers();
    const { push, sent } = setUp();
    push('\x1b');
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(sent).toEqual(['\x1b']);
  });

  test('a sequence that never ends goes through too', () => {
    vi.useFakeTimers();
    const { push, sent } = setUp();
    push('\x1b[1;');
    vi.advanceTimersByTime(10);
    expect(sent).toEqual(['\x1b[1;']);
  });

  test('answers of the outer terminal are not typed into the shell', () => {
    const { push, sent, told } = setUp();
    push('\x1b]11;rgb:0000/0000/0000\x1b\\');
    expect(sent).toEqual([]);
    expect(told).toEqual(['other']);
  });

  test('window focus reaches a program only where it asked for it', () => {
    const { push, sent } = setUp();
    push('\x1b[I');
    expect(sent).toEqual([]);
  });
});

describe('the mouse', () => {
  test('a click is translated to the pane for a program that wants it', () => {
    const { push, sent, told } = setUp({ modes: { mouse: 'press', mouseEncoding: 'sgr' } });
    push('\x1b[<0;41;3M\x1b[<0;41;3m');
    expect(sent).toEqual(['\x1b[<0;1;1M', '\x1b[<0;1;1m']);
    expect(told).toEqual(['press over pane taken', 'release over pane taken']);
  });

  test('the old encoding is spoken where the program knows no other', () => {
    const { push, sent } = setUp({ modes: { mouse: 'press' } });
    push('\x1b[<0;41;3M');
    expect(sent).toEqual(['\x1b[M !!']);
  });

  test('a drag that leaves the pane stays the pane’s', () => {
    const { push, sent } = setUp({ modes: { mouse: 'drag', mouseEncoding: 'sgr' } });
    push('\x1b[<0;45;5M\x1b[<32;10;1M\x1b[<0;10;1m\x1b[<0;10;1M');
    expect(sent).toEqual(['\x1b[<0;5;3M', '\x1b[<32;1;1M', '\x1b[<0;1;1m']);
  });

  test('a press elsewhere is not the pane’s, though a release was lost', () => {
    const { push, sent } = setUp({ modes: { mouse: 'press', mouseEncoding: 'sgr' } });
    push('\x1b[<0;45;5M\x1b[<0;1;1M');
    expect(sent).toEqual(['\x1b[<0;5;3M']);
  });

  test('motion without a button goes only to a program that wants any', () => {
    const wants = setUp({ modes: { mouse: 'any', mouseEncoding: 'sgr' } });
    wants.push('\x1b[<35;45;5M');
    expect(wants.sent).toEqual(['\x1b[<35;5;3M']);
    const not = setUp({ modes: { mouse: 'drag', mouseEncoding: 'sgr' } });
    not.push('\x1b[<35;45;5M');
    expect(not.sent).toEqual([]);
  });

  test('the wheel looks back in a shell', () => {
    const { push, sent } = setUp();
    push('\x1b[<64;45;5M\x1b[<65;45;5M');
    expect(sent).toEqual(['scroll 3', 'scroll -3']);
  });

  test('the wheel sends arrows to a program without scrollback', () => {
    const { push, sent } = setUp({ modes: { alternateScreen: true, applicationCursor: true } });
    push('\x1b[<64;45;5M');
    expect(sent).toEqual(['\x1bOA\x1bOA\x1bOA']);
  });

  test('elsewhere it is the program’s', () => {
    const { push, sent, told } = setUp({ modes: { mouse: 'any', mouseEncoding: 'sgr' }, at: 'lesson' });
    push('\x1b[<64;5;5M\x1b[<0;5;5M');
    expect(sent).toEqual([]);
    expect(told).toEqual(['wheel', 'press']);
  });
});

describe('while the lesson has the focus', () => {
  test('bytes are keys, and none reaches the shell', () => {
    const { push, sent, told } = setUp({ at: 'lesson' });
    push('jé\x1b[A\x03\x1b[200~x\x1b[201~');
    expect(told).toEqual(['j', 'é', '↑', 'Ctrl-C', 'paste x']);
    expect(sent).toEqual([]);
  });

  test('a paste that began there ends there, though the focus has moved', () => {
    const { push, sent, told, state } = setUp({ at: 'lesson' });
    push('\x1b[200~ab');
    state.focus = 'pane';
    push('cd\x1b[201~e');
    expect(told).toEqual(['paste abcd']);
    expect(sent).toEqual(['e']);
  });
});
