import { describe, expect, test } from 'vitest';
import { flushInput, initialInputState, parseInput } from './input-parser.ts';
import { type InputEvent, keyLabel } from './key-event.ts';

/** Pushes chunks, then lets the time pass; what came out, keys as labels. */
function read(...chunks: readonly (string | Buffer)[]): readonly unknown[] {
  let state = initialInputState;
  const events: InputEvent[] = [];
  for (const chunk of chunks) {
    const parsed = parseInput(state, Buffer.from(chunk as string));
    state = parsed.state;
    events.push(...parsed.events);
  }
  events.push(...flushInput(state).events);
  return events.map((event) => (event.type === 'key' ? keyLabel(event) : event));
}

describe('keys are understood in every form terminals send them', () => {
  test.each([
    ['a', 'a'],
    ['A', 'A'],
    ['?', '?'],
    [' ', 'Space'],
    ['é', 'é'],
    ['中', '中'],
    ['👩‍🚒', '👩‍🚒'],
    ['\r', 'Enter'],
    ['\n', 'Enter'],
    ['\t', 'Tab'],
    ['\x7f', 'Backspace'],
    ['\b', 'Ctrl-Backspace'],
    ['\x00', 'Ctrl-Space'],
    ['\x03', 'Ctrl-C'],
    ['\x1d', 'Ctrl-]'],
    ['\x1f', 'Ctrl-_'],
    ['\x1b', 'Esc'],
    ['\x1bx', 'Alt-x'],
    ['\x1bX', 'Alt-X'],
    ['\x1bé', 'Alt-é'],
    ['\x1b\r', 'Alt-Enter'],
    ['\x1b\x03', 'Ctrl-Alt-C'],
    ['\x1b[A', '↑'],
    ['\x1bOA', '↑'],
    ['\x1b[D', '←'],
    ['\x1b[1;5C', 'Ctrl-→'],
    ['\x1b[1;2A', 'Shift-↑'],
    ['\x1b[1;3B', 'Alt-↓'],
    ['\x1b[1;6D', 'Ctrl-Shift-←'],
    ['\x1b\x1b[A', 'Alt-↑'],
    ['\x1b[H', 'Home'],
    ['\x1b[1~', 'Home'],
    ['\x1b[7~', 'Home'],
    ['\x1bOF', 'End'],
    ['\x1b[4~', 'End'],
    ['\x1b[2~', 'Insert'],
    ['\x1b[3~', 'Delete'],
    ['\x1b[5~', 'PgUp'],
    ['\x1b[6~', 'PgDn'],
    ['\x1b[5;2~', 'Shift-PgUp'],
    ['\x1b[6;5~', 'Ctrl-PgDn'],
    ['\x1b[5$', 'Shift-PgUp'],
    ['\x1b[6^', 'Ctrl-PgDn'],
    ['\x1b[a', 'Shift-↑'],
    ['\x1bOa', 'Ctrl-↑'],
    ['\x1b[Z', 'Shift-Tab'],
    ['\x1bOP', 'F1'],
    ['\x1b[11~', 'F1'],
    ['\x1b[[A', 'F1'],
    ['\x1b[[E', 'F5'],
    ['\x1b[1;2S', 'Shift-F4'],
    ['\x1b[15~', 'F5'],
    ['\x1b[24;5~', 'Ctrl-F12'],
    ['\x1bOq', '1'],
    ['\x1bOM', 'Enter'],
    // kitty's protocol and modifyOtherKeys
    ['\x1b[97u', 'a'],
    ['\x1b[97;5u', 'Ctrl-A'],
    ['\x1b[97:65;2u', 'A'],
    ['\x1b[93;5u', 'Ctrl-]'],
    ['\x1b[27u', 'Esc'],
    ['\x1b[13;2u', 'Shift-Enter'],
    ['\x1b[9;5u', 'Ctrl-Tab'],
    ['\x1b[32;5u', 'Ctrl-Space'],
    ['\x1b[97;5:1u', 'Ctrl-A'],
    ['\x1b[1;1:1A', '↑'],
    ['\x1b[27;5;93~', 'Ctrl-]'],
    ['\x1b[27;5;99~', 'Ctrl-C'],
    ['\x1b[27;2;13~', 'Shift-Enter'],
  ])('%j is %s', (bytes, label) => {
    expect(read(bytes)).toEqual([label]);
  });

  test('two keys in one read are two keys', () => {
    expect(read('jj')).toEqual(['j', 'j']);
    expect(read('\x1b[A\x1b[B\x03q')).toEqual(['↑', '↓', 'Ctrl-C', 'q']);
    expect(read('\x1b\x1b')).toEqual(['Esc', 'Esc']);
  });

  test('a release in kitty’s protocol is no key', () => {
    expect(read('\x1b[97;1:3u')).toEqual([{ type: 'other', raw: '\x1b[97;1:3u' }]);
  });

  test('keys tell the text they write', () => {
    const { events } = parseInput(initialInputState, Buffer.from('A\x1b[97u'));
    expect(events).toMatchObject([
      { name: 'A', text: 'A', shift: true },
      { name: 'a', text: 'a', shift: false },
    ]);
  });
});

describe('what is split between reads is read as a whole', () => {
  const sequences = [
    '\x1b[1;5C',
    '\x1bOA',
    '\x1b[<0;10;20M',
    'é',
    '👩',
    '\x1b[200~a\x1bb\x1b[201~',
    '\x1b[27;5;93~',
    '\x1b]11;rgb:00/00/00\x1b\\',
    '\x1b\x1b[A',
    '\x1bé',
  ];
  test.each(sequences)('%j at every place', (sequence) => {
    const bytes = Buffer.from(sequence);
    const whole = read(bytes);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(read(bytes.subarray(0, cut), bytes.subarray(cut)), `cut at ${cut}`).toEqual(whole);
    }
    expect(read(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
  });
});

describe('pastes', () => {
  test('a paste is one event, whatever it holds', () => {
    expect(read('\x1b[200~rm -rf /\r\x1d\x03\x1b[A\x1b[201~q')).toEqual([
      { type: 'paste', text: 'rm -rf /\r\x1d\x03\x1b[A' },
      'q',
    ]);
  });
  test('an empty paste is a paste', () => {
    expect(read('\x1b[200~\x1b[201~')).toEqual([{ type: 'paste', text: '' }]);
  });
  test('what only looks like the beginning of its end belongs to it', () => {
    expect(read('\x1b[200~a\x1b[201', '\x1b[20', '1~')).toEqual([{ type: 'paste', text: 'a\x1b[201' }]);
  });
  test('an end without a beginning is dropped', () => {
    expect(read('\x1b[201~x')).toEqual(['x']);
  });
});

describe('the mouse', () => {
  const mouse = { type: 'mouse', action: 'press', button: 0, col: 9, row: 19, shift: false, alt: false, ctrl: false };
  test.each([
    ['\x1b[<0;10;20M', mouse],
    ['\x1b[<0;10;20m', { ...mouse, action: 'release' }],
    ['\x1b[<2;10;20M', { ...mouse, button: 2 }],
    ['\x1b[<32;10;20M', { ...mouse, action: 'move' }],
    ['\x1b[<35;10;20M', { ...mouse, action: 'move', button: 3 }],
    ['\x1b[<64;10;20M', { ...mouse, action: 'wheel' }],
    ['\x1b[<65;10;20M', { ...mouse, action: 'wheel', button: 1 }],
    ['\x1b[<20;10;20M', { ...mouse, shift: true, ctrl: true }],
    ['\x1b[M *4', mouse],
    ['\x1b[M#*4', { ...mouse, action: 'release' }],
    ['\x1b[M`*4', { ...mouse, action: 'wheel' }],
  ])('%j', (bytes, event) => {
    expect(read(bytes)).toEqual([event]);
  });
});

describe('what nobody means', () => {
  test('the window’s focus is told', () => {
    expect(read('\x1b[I\x1b[O')).toEqual([
      { type: 'window-focus', focused: true },
      { type: 'window-focus', focused: false },
    ]);
  });
  test('an answer of the outer terminal is no key', () => {
    expect(read('\x1b]11;rgb:1111/2222/3333\x07q')).toEqual([{ type: 'other', raw: '\x1b]11;rgb:1111/2222/3333\x07' }, 'q']);
    expect(read('\x1b[?1;2c')).toEqual([{ type: 'other', raw: '\x1b[?1;2c' }]);
  });
  test('a sequence that breaks off is dropped, and the key after it is not', () => {
    expect(read('\x1b[1;\x03')).toEqual([{ type: 'other', raw: '\x1b[1;' }, 'Ctrl-C']);
  });
  test('Alt with a bracket is a key once nothing follows', () => {
    expect(read('\x1b[')).toEqual(['Alt-[']);
    expect(read('\x1b]')).toEqual(['Alt-]']);
    expect(read('\x1bO')).toEqual(['Alt-O']);
  });
  test('random bytes never throw, and reading goes on after them', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return seed >>> 8;
    };
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(Array.from({ length: 40 }, () => (random() % 3 === 0 ? 0x1b : random() & 0xff)));
      let { state } = parseInput(initialInputState, bytes);
      state = flushInput(state).state;
      state = parseInput(state, Buffer.from('\x1b[201~\x1b\\')).state;
      state = flushInput(state).state;
      expect(parseInput(state, Buffer.from('\x03')).events).toMatchObject([{ name: 'c', ctrl: true }]);
    }
  });
});
