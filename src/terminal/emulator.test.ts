import xtermHeadless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { randomNumbers, randomOutput } from '../../test/support/random-output.ts';
import { createEmulator, type Emulator, type EmulatorListener } from './emulator.ts';
import { createRowPainter } from './row-painter.ts';
import { limitStrings } from './string-limit.ts';
import { lineWords, onRowsChanged } from './xterm-internals.ts';

function setUp(cols = 20, rows = 5, listener: Partial<EmulatorListener> = {}, scrollback = 100) {
  const replies: string[] = [];
  const emulator = createEmulator(
    { cols, rows, scrollback, markKey: 'k', colors: () => ({ foreground: '#112233', background: '#ffffff' }) },
    { reply: (text) => replies.push(text), mark() {}, title() {}, bell() {}, ...listener },
  );
  const feed = (text: string) => emulator.feed(Buffer.from(text));
  return { emulator, feed, replies, row: (y: number) => emulator.paintRow(y).replaceAll('\x1b', '␛') };
}

test('the text of a row is what is there in the middle of a read, too', () => {
  const seen: string[] = [];
  const { emulator, feed, row } = setUp(8, 2, { title: () => void seen.push(emulator.textRow(0)) });
  row(0);
  feed('\x1b[31mab\x1b]0;one\x07cd\x1b]0;two\x07');
  expect(seen).toEqual(['ab      ', 'abcd    ']);
});

test('the alternate screen has no scrollback, however the size changed before it was entered and in it', () => {
  const { emulator, feed } = setUp(20, 8);
  const lines = () => emulator.history.end - emulator.history.first;
  emulator.resize(20, 3);
  feed('\x1b[?1049h\x1b[31mred\x1b[m\n\n\n\n\nplain');
  expect(lines()).toBe(3);
  emulator.resize(20, 9);
  feed(`${'\n'.repeat(20)}last`);
  expect(lines()).toBe(9);
  expect(emulator.textRow(8)).toContain('last');
});

describe('rows are painted from cells', () => {
  test.each([
    ['plain text is plain', 'ab', 'ab  ␛[m'],
    ['bold, and back', '\x1b[1mab\x1b[mc', '␛[0;1mab␛[mc ␛[m'],
    ['the sixteen colours by their short names', '\x1b[31;42ma\x1b[97;100mb', '␛[0;31;42ma␛[0;97;100mb␛[m  ␛[m'],
    ['256 colours', '\x1b[38;5;200;48;5;17ma', '␛[0;38;5;200;48;5;17ma␛[m   ␛[m'],
    ['true colours', '\x1b[38;2;1;2;3;48;2;250;251;252ma', '␛[0;38;2;1;2;3;48;2;250;251;252ma␛[m   ␛[m'],
    ['dim, italic, inverse, hidden, struck, overlined', '\x1b[2;3;7;8;9;53ma', '␛[0;2;3;7;8;9;53ma␛[m   ␛[m'],
    ['underline', '\x1b[4ma', '␛[0;4ma␛[m   ␛[m'],
    ['curly underline in a colour of its own', '\x1b[4:3;58;2;1;2;3ma', '␛[0;4:3;58:2::1:2:3ma␛[m   ␛[m'],
    ['double underline', '\x1b[21ma', '␛[0;4:2ma␛[m   ␛[m'],
    ['erased with a background', '\x1b[41m\x1b[K', '␛[0;41m    ␛[m'],
    ['wide characters take two cells', '端a末', '端a ␛[m'],
    ['a combining mark stays with its base', 'e\u0301x', 'e\u0301x  ␛[m'],
    ['a mark on nothing gets a space to stand on', '\r\u0301x', ' \u0301x  ␛[m'],
    ['a wide character that was half overwritten', '端\x1b[2Gx', ' x  ␛[m'],
    ['no direction marks', 'a\u202eb', 'ab  ␛[m'],
    ['line drawing', '\x1b(0lqk\x1b(B', '┌─┐ ␛[m'],
  ])('%s', (_name, input, painted) => {
    const { feed, row } = setUp(4, 2);
    feed(input);
    expect(row(0)).toBe(painted);
  });

  test('every row is exactly as wide as the pane', () => {
    const { emulator, feed } = setUp(7, 3);
    feed('端末端末端末\r\n\x1b[31m👍👍👍👍\x1b[m\r\ne\u0301e\u0301');
    for (let y = 0; y < 3; y++) {
      const copy = setUp(7, 1);
      copy.feed(`\x1b[?7l${emulator.paintRow(y)}`);
      expect(copy.emulator.textRow(0)).toBe(emulator.textRow(y));
    }
  });

  test('a wide character cut by a narrower pane becomes a space', () => {
    const { emulator, feed, row } = setUp(6, 2);
    feed('\x1b[?1049h\x1b[Hab端c');
    emulator.resize(3, 2);
    expect(row(0)).toBe('ab ␛[m');
  });

  test('a row that did not change is the same string', () => {
    const { emulator, feed } = setUp();
    feed('one\r\ntwo');
    const before = emulator.paintRow(0);
    feed(' and more');
    expect(emulator.paintRow(0)).toBe(before);
    expect(emulator.paintRow(1)).toContain('two and more');
  });

  test('changes that xterm keeps outside of the cells are seen', () => {
    const { feed, row } = setUp(4, 2);
    feed('\x1b[4:3ma');
    expect(row(0)).toContain('4:3');
    feed('\r\x1b[4:5ma');
    expect(row(0)).toContain('4:5');
    feed('\r\x1b[me\u0301');
    expect(row(0)).toContain('e\u0301 ');
    feed('\u0323');
    expect(row(0)).toContain('e\u0301\u0323');
  });

  test('no row that changed is taken for an old one, whatever happens', () => {
    const random = randomNumbers(9);
    for (let round = 0; round < 60; round++) {
      const [cols, rows] = [4 + random(20), 3 + random(6)];
      const kept = setUp(cols, rows, {}, 4);
      const control = setUp(cols, rows, {}, 4);
      const seen = new Map<string, string>();
      const both = (act: (emulator: Emulator) => void) => {
        act(kept.emulator);
        act(control.emulator);
      };
      for (let step = 0; step < 12; step++) {
        const output = Buffer.from(randomOutput(random, 10));
        both((emulator) => emulator.feed(output));
        if (random(5) === 0) {
          const lines = random(5) - 2;
          both((emulator) => emulator.scroll(lines));
        }
        if (random(15) === 0) both((emulator) => emulator.scrollToLive());
        if (random(9) === 0) {
          const [width, height] = [4 + random(20), 3 + random(6)];
          both((emulator) => emulator.resize(width, height));
        }
        control.emulator.forgetPainted();
        for (let y = 0; y < kept.emulator.rows; y++) {
          const row = kept.row(y);
          expect(row).toBe(control.row(y));
          const version = `${y} ${kept.emulator.rowVersions?.[y]}`;
          expect(seen.get(version) ?? row).toBe(row);
          seen.set(version, row);
        }
      }
    }
  });

  test('rows that move because the oldest lines are dropped are seen to move', () => {
    const { emulator, feed } = setUp(10, 3, {}, 4);
    feed(Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\r\n'));
    emulator.scroll(4);
    const before = emulator.rowVersions?.[0];
    expect(emulator.textRow(0).trim()).toBe('line 13');
    feed('\r\nmore\r\nand more');
    expect(emulator.textRow(0).trim()).toBe('line 15');
    expect(emulator.rowVersions?.[0]).not.toBe(before);
  });

  test('xterm keeps its cells where the painter looks for them', () => {
    const xterm = new xtermHeadless.Terminal({ cols: 10, rows: 2, allowProposedApi: true });
    const line = xterm.buffer.active.getLine(0);
    expect(line && lineWords(line)).toBeInstanceOf(Uint32Array);
  });

  test('xterm tells which rows changed', () => {
    const xterm = new xtermHeadless.Terminal({ cols: 10, rows: 4, allowProposedApi: true });
    const told: unknown[] = [];
    expect(onRowsChanged(xterm, (rows) => told.push(rows))).toBe(true);
    xterm.input('', true);
    xterm.write('\x1b[2;1Hab\x1b[3;1Hc');
    expect(told).toEqual([{ start: 0, end: 2 }]);
  });
});

describe('bytes are read at once', () => {
  test('what was fed is on the screen when feed returns, however much it is', () => {
    const { emulator, feed } = setUp(20, 3);
    feed(`${'x'.repeat(19)}\r\n`.repeat(20_000));
    feed('end');
    expect(emulator.textRow(2).trim()).toBe('end');
  });
  test('UTF-8 and sequences split between reads', () => {
    const { emulator } = setUp();
    for (const byte of Buffer.from('\x1b[1;31m端é\x1b[m👍')) emulator.feed(Buffer.of(byte));
    expect(emulator.textRow(0).trim()).toBe('端é👍');
  });
});

describe('garbage', () => {
  test.each([
    ['NULs and DELs', '\0\0a\x7f\0b'],
    ['a DEL inside of a sequence', '\x1b[3\x7f1mab'],
    ['a string sequence that never ends, until the next one', `\x1b]0;${'x'.repeat(100_000)}\x1b\\ab`],
    ['an unknown sequence', '\x1b[?99999h\x1b[>4;2mab'],
    ['huge parameters', '\x1b[99999999999999999999;1mab'],
    ['bytes that are no UTF-8', '\xff\xfeab'],
  ])('%s does no harm', (_name, input) => {
    const { emulator } = setUp();
    emulator.feed(Buffer.from(input, 'latin1'));
    expect(emulator.textRow(0)).toContain('ab');
  });
  test('random bytes never throw and rows stay as wide as the pane', () => {
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed >>> 24;
    };
    const { emulator } = setUp(30, 6);
    for (let round = 0; round < 100; round++) {
      emulator.feed(Buffer.from(Array.from({ length: 500 }, () => (random() < 30 ? 0x1b : random()))));
      for (let y = 0; y < 6; y++) {
        const painted = emulator.paintRow(y);
        expect(painted.replaceAll(/\x1b\[[0-9;:]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }
    }
    emulator.feed(Buffer.from('\x18\x1bc'));
    emulator.feed(Buffer.from('well'));
    expect(emulator.textRow(0).trim()).toBe('well');
  });
});

describe('inner programs are answered', () => {
  test.each([
    ['primary attributes', '\x1b[c', '\x1b[?1;2c'],
    ['cursor position', '\x1b[2;3H\x1b[6n', '\x1b[2;3R'],
    ['a mode (DECRQM)', '\x1b[?25$p', '\x1b[?25;1$y'],
    ['synchronized output (DECRQM)', '\x1b[?2026$p', '\x1b[?2026;2$y'],
    ['the foreground', '\x1b]10;?\x07', '\x1b]10;rgb:1111/2222/3333\x1b\\'],
    ['the background', '\x1b]11;?\x1b\\', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\'],
    ['the terminal’s name', '\x1b[>0q', '\x1bP>|Lockstep\x1b\\'],
    ['the size', '\x1b[18t', '\x1b[8;5;20t'],
  ])('%s', (_name, question, answer) => {
    const { feed, replies } = setUp();
    feed(question);
    expect(replies.join('')).toBe(answer);
  });
  test('setting a colour is not answered and changes nothing', () => {
    const { feed, replies } = setUp();
    feed('\x1b]11;#ff0000\x07\x1b]11;?\x07');
    expect(replies).toEqual(['\x1b]11;rgb:ffff/ffff/ffff\x1b\\']);
  });
});

describe('what the inner program asks of its terminal is told', () => {
  test('modes', () => {
    const { emulator, feed } = setUp();
    expect(emulator.modes).toEqual({
      mouse: 'none',
      mouseEncoding: 'default',
      bracketedPaste: false,
      applicationCursor: false,
      focusEvents: false,
      alternateScreen: false,
    });
    feed('\x1b[?1002;1006h\x1b[?2004h\x1b[?1h\x1b[?1004h\x1b[?1049h');
    expect(emulator.modes).toEqual({
      mouse: 'drag',
      mouseEncoding: 'sgr',
      bracketedPaste: true,
      applicationCursor: true,
      focusEvents: true,
      alternateScreen: true,
    });
    feed('\x1bc');
    expect(emulator.modes).toMatchObject({ mouse: 'none', mouseEncoding: 'default', alternateScreen: false });
  });
  test('as the same object until one of them changes', () => {
    const { emulator, feed } = setUp();
    const before = emulator.modes;
    feed('\x1b[?25l\x1b[?7h\x1b[?2004l');
    expect(emulator.modes).toBe(before);
    feed('\x1b[?2004h');
    expect(emulator.modes).not.toBe(before);
  });
  test('the cursor’s place, shape and visibility', () => {
    const { emulator, feed } = setUp();
    feed('\x1b[3;5H\x1b[6 q\x1b[?25l');
    expect(emulator.cursor).toEqual({ col: 4, row: 2, visible: false, shape: 6 });
    feed('\x1b[?25h\x1b[0 q');
    expect(emulator.cursor).toMatchObject({ visible: true, shape: 0 });
  });
  test('the cursor waits at the edge, not beyond it', () => {
    const { emulator, feed } = setUp(5, 2);
    feed('12345');
    expect(emulator.cursor).toMatchObject({ col: 4, row: 0 });
  });
  test('titles and bells', () => {
    const told: string[] = [];
    const { feed } = setUp(20, 5, { title: (title) => told.push(title), bell: () => told.push('bell') });
    feed('\x1b]2;vim \x07\x07');
    expect(told).toEqual(['vim', 'bell']);
  });
  test('marks with the key, and no others', () => {
    const told: string[] = [];
    const { feed } = setUp(20, 5, { mark: (mark) => told.push(mark.type) });
    feed('\x1b]133;A\x07\x1b]133;C;lockstep=other\x07\x1b]133;C;lockstep=k\x07');
    expect(told).toEqual(['start']);
  });
});

describe('looking back', () => {
  test('the view stays where it is while output goes on, and has no cursor', () => {
    const { emulator, feed } = setUp(20, 3);
    feed('1\r\n2\r\n3\r\n4\r\n5');
    emulator.scroll(2);
    expect(emulator.scrollback).toBe(2);
    expect(emulator.textRow(0).trim()).toBe('1');
    feed('\r\n6\r\n7');
    expect(emulator.textRow(0).trim()).toBe('1');
    expect(emulator.scrollback).toBe(4);
    expect(emulator.cursor.visible).toBe(false);
    emulator.scroll(-1);
    expect(emulator.textRow(0).trim()).toBe('2');
    emulator.scrollToLive();
    expect(emulator.textRow(2).trim()).toBe('7');
    expect(emulator.cursor.visible).toBe(true);
  });
  test('goes on where it was when a full-screen program has come and gone', () => {
    const { emulator, feed } = setUp(20, 3);
    feed('1\r\n2\r\n3\r\n4\r\n5');
    emulator.scroll(2);
    feed('\x1b[?1049h');
    expect(emulator.scrollback).toBe(0);
    feed('vim\x1b[?1049l');
    expect(emulator.scrollback).toBe(2);
    expect(emulator.textRow(0).trim()).toBe('1');
  });
  test('not beyond what there is', () => {
    const { emulator, feed } = setUp(20, 3);
    feed('1\r\n2\r\n3\r\n4');
    emulator.scroll(100);
    expect(emulator.scrollback).toBe(1);
    emulator.scroll(-100);
    expect(emulator.scrollback).toBe(0);
  });
});

describe('the shell’s line', () => {
  test('looks empty only where nothing stands behind the prompt', () => {
    const { emulator, feed } = setUp();
    expect(emulator.inputLooksEmpty()).toBe(false);
    feed('$ ');
    emulator.markInputStart();
    expect(emulator.inputLooksEmpty()).toBe(true);
    feed('ls');
    expect(emulator.inputLooksEmpty()).toBe(false);
    feed('\b\b');
    expect(emulator.inputLooksEmpty()).toBe(false);
    feed('\x1b[K');
    expect(emulator.inputLooksEmpty()).toBe(true);
    feed('\r\n> ');
    expect(emulator.inputLooksEmpty()).toBe(false);
  });
});

describe('an emulator whose cells are kept elsewhere', () => {
  test('is painted the public way, with the same result', () => {
    const random = randomNumbers(23);
    for (let round = 0; round < 40; round++) {
      const xterm = new xtermHeadless.Terminal({ cols: 20, rows: 4, allowProposedApi: true, logLevel: 'off' });
      xterm.input('', true);
      xterm.write(randomOutput(random, 30));
      for (let y = 0; y < 4; y++) {
        const line = xterm.buffer.active.getLine(y);
        if (line === undefined) throw new Error('no line');
        const hidden = { isWrapped: false, length: line.length, getCell: line.getCell.bind(line), translateToString: () => '' };
        expect(createRowPainter().paint(0, hidden, 20)).toBe(createRowPainter().paint(0, line, 20));
      }
    }
  });
});

describe('the column mode', () => {
  const before = 'one\r\ntwo\r\nthree\x1b[2;3r\x1b[3;1H';
  test('does nothing by itself, as in xterm', () => {
    const { emulator, feed, row } = setUp(8, 4);
    feed(`${before}\x1b[?3hx`);
    expect([0, 1, 2].map(row)).toEqual(['one     ␛[m', 'two     ␛[m', 'xhree   ␛[m']);
    expect(emulator.cursor).toMatchObject({ col: 1, row: 2 });
  });
  test.each(['h', 'l'])('where it is allowed clears, takes the margins away and goes home (%s), and keeps the width', (end) => {
    const { emulator, feed, row } = setUp(8, 4);
    feed(`\x1b[?40h${before}\x1b[?3${end}x\r\n\n\n\ny`);
    expect([0, 1, 2, 3].map((y) => row(y).trim())).toEqual(['␛[m', '␛[m', '␛[m', 'y       ␛[m'].map((each) => each.trim()));
    expect(emulator.cols).toBe(8);
  });
  test('is forbidden again by a reset', () => {
    const { feed, row } = setUp(8, 4);
    feed(`\x1b[?40h\x1bc${before}\x1b[?3h`);
    expect(row(0)).toBe('one     ␛[m');
  });
});

describe('strings that do not end', () => {
  test('are forgotten once they are longer than anybody means, and what comes after their end is read', () => {
    const titles: string[] = [];
    const { feed, row } = setUp(8, 2, { title: (title) => titles.push(title) });
    const long = 'x'.repeat(1000);
    feed('\x1b]0;');
    for (let i = 0; i < 100; i++) feed(long);
    feed('\x07ok\x1b]0;short\x07');
    expect(titles).toEqual(['short']);
    expect(row(0)).toBe('ok      ␛[m');
  });

  test('of every kind are limited in this xterm', () => {
    const xterm = new xtermHeadless.Terminal({ allowProposedApi: true });
    expect(limitStrings(xterm)).toBeGreaterThan(10);
  });
});
