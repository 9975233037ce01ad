import xtermHeadless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { frameDelay } from './frame-pace.ts';
import type { CursorPlace, Layer, Region } from './layer.ts';
import { createFramePainter } from './painter.ts';
import { updateRow } from './row-diff.ts';
import { segmentsOf } from './segments.ts';
import { changeModes, LEAVE, noModes } from './sequences.ts';
import { padStyled, styledWidth } from './styled-text.ts';

/** An outer terminal to look at: every cell with its looks. */
function screen(cols: number, rows: number) {
  const xterm = new xtermHeadless.Terminal({ cols, rows, scrollback: 0, allowProposedApi: true, logLevel: 'off' });
  function cells(): string[] {
    return Array.from({ length: rows }, (_, y) => {
      const line = xterm.buffer.active.getLine(y);
      return Array.from({ length: cols }, (_unused, x) => {
        const cell = line?.getCell(x);
        return cell === undefined
          ? ''
          : `${cell.getChars() || ' '}${cell.isBold()}/${cell.getFgColorMode()}/${cell.getFgColor()}/${cell.getBgColor()}`;
      }).join('|');
    });
  }
  return {
    // What follows user input is read at once.
    write(text: string) {
      xterm.input('', true);
      xterm.write(text);
    },
    cells,
    text: () => Array.from({ length: rows }, (_, y) => xterm.buffer.active.getLine(y)?.translateToString(true) ?? ''),
    cursor: () => ({ col: xterm.buffer.active.cursorX, row: xterm.buffer.active.cursorY }),
  };
}

function layer(region: Region, row: (y: number) => string): Layer {
  return { region, row };
}

/** Numbers that are always the same. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PARTS = [
  'a',
  'b',
  'hello ',
  '   ',
  'x'.repeat(9),
  '端',
  'é',
  'e\u0301',
  '\x1b[31m',
  '\x1b[1m',
  '\x1b[m',
  '\x1b[0;44m',
  '─',
  '$ ls -l',
];
function randomRow(random: (below: number) => number, cols: number): string {
  return padStyled(Array.from({ length: random(12) }, () => PARTS[random(PARTS.length)] ?? '').join(''), cols);
}

describe('the difference between two rows', () => {
  test('one typed letter costs a few bytes', () => {
    const before = padStyled('$ l', 80);
    expect(updateRow(3, 0, before, padStyled('$ ls', 80))).toEqual({ text: '\x1b[4;4Hs', endCol: 4 });
  });
  test('a letter typed inside of a style keeps it', () => {
    const { text } = updateRow(0, 0, padStyled('\x1b[32mab', 10), padStyled('\x1b[32mac', 10));
    expect(text).toBe('\x1b[1;2H\x1b[32mc\x1b[m');
  });
  test('a mark that joins an unchanged letter writes that letter again', () => {
    const outer = screen(10, 1);
    const before = padStyled('xe', 10);
    const after = padStyled('xe\u0301', 10);
    outer.write(before + updateRow(0, 0, before, after).text);
    expect(outer.text()[0]?.trimEnd()).toBe('xe\u0301');
  });
  test('any row becomes any other', () => {
    const random = numbers(3);
    const outer = screen(40, 1);
    const wanted = screen(40, 1);
    for (let round = 0; round < 300; round++) {
      const cols = 6 + random(30);
      let shown = randomRow(random, cols);
      outer.write(`\x1bc\x1b[?7l\x1b[1;3H${shown}`);
      for (let step = 0; step < 3; step++) {
        const next = randomRow(random, cols);
        const update = updateRow(0, 2, shown, next);
        outer.write(update.text);
        if (update.endCol !== null) expect(outer.cursor().col).toBe(update.endCol);
        shown = next;
      }
      wanted.write(`\x1bc\x1b[?7l\x1b[1;3H${shown}`);
      expect(outer.cells()).toEqual(wanted.cells());
    }
  });
  test('rows that share a beginning and an end, likewise', () => {
    const random = numbers(11);
    const cols = 30;
    const outer = screen(cols, 1);
    const wanted = screen(cols, 1);
    for (let round = 0; round < 300; round++) {
      const [head, tail] = [randomRow(random, random(12)), randomRow(random, random(12))];
      const rows = [0, 1].map(() => padStyled(`${head.slice(0, -3)}${PARTS[random(PARTS.length)]}${tail}`, cols)) as [
        string,
        string,
      ];
      outer.write(`\x1bc\x1b[?7l${rows[0]}${updateRow(0, 0, rows[0], rows[1]).text}`);
      wanted.write(`\x1bc\x1b[?7l${rows[1]}`);
      expect(outer.cells(), JSON.stringify(rows)).toEqual(wanted.cells());
    }
  });
});

describe('layers cut the screen into segments', () => {
  test('later layers cover earlier ones', () => {
    const regions = [
      { col: 0, row: 0, cols: 10, rows: 2 },
      { col: 4, row: 1, cols: 3, rows: 5 },
    ];
    expect(segmentsOf(regions, 10, 2)).toEqual([
      { row: 0, col: 0, cols: 10, layer: 0, y: 0, from: 0, whole: true },
      { row: 1, col: 0, cols: 4, layer: 0, y: 1, from: 0, whole: false },
      { row: 1, col: 4, cols: 3, layer: 1, y: 0, from: 0, whole: true },
      { row: 1, col: 7, cols: 3, layer: 0, y: 1, from: 7, whole: false },
    ]);
  });
  test('every cell is covered once, wherever the layers are', () => {
    const random = numbers(5);
    for (let round = 0; round < 200; round++) {
      const regions = Array.from({ length: random(5) }, () => ({
        col: random(30) - 5,
        row: random(12) - 3,
        cols: random(25),
        rows: random(10),
      }));
      const count = Array.from({ length: 8 }, () => new Array<number>(20).fill(0));
      for (const { row, col, cols } of segmentsOf(regions, 20, 8)) {
        for (let x = col; x < col + cols; x++) (count[row] as number[])[x]!++;
      }
      expect(count.flat().every((times) => times === 1)).toBe(true);
    }
  });
});

describe('frames', () => {
  test('show the layers, whatever was shown before', () => {
    const random = numbers(17);
    const [cols, rows] = [24, 6];
    const outer = screen(cols, rows);
    const painter = createFramePainter(cols, rows);
    outer.write('\x1b[?7lgarbage from before');
    painter.startOver(cols, rows);
    const wanted = screen(cols, rows);
    for (let round = 0; round < 80; round++) {
      const regions = [
        { col: 0, row: 0, cols, rows },
        { col: 6 + random(3), row: 1, cols: 10, rows: 4 },
        ...(random(4) === 0 ? [{ col: 2, row: 2, cols: 15, rows: 2 }] : []),
      ];
      const contents = regions.map((region) => Array.from({ length: region.rows }, () => randomRow(random, region.cols)));
      const layers = regions.map((region, i) => layer(region, (y) => contents[i]?.[y] ?? ''));
      const cursor: CursorPlace | null = random(3) === 0 ? null : { col: random(cols), row: random(rows), shape: random(7) };
      painter.setLayers(layers, cursor);
      outer.write(painter.frame());
      const fresh = createFramePainter(cols, rows);
      fresh.setLayers(layers, cursor);
      wanted.write(`\x1bc\x1b[?7l${fresh.frame()}`);
      expect(outer.cells()).toEqual(wanted.cells());
      if (cursor !== null) expect(outer.cursor()).toEqual({ col: cursor.col, row: cursor.row });
      expect(painter.frame()).toBe('');
    }
  });

  test('rows that keep their version are not asked for, others are', () => {
    const asked: number[] = [];
    const versions = [0, 0, 0];
    const shell: Layer = {
      region: { col: 0, row: 0, cols: 4, rows: 3 },
      row(y) {
        asked.push(y);
        return `v${versions[y]}  `;
      },
      versions: () => versions,
    };
    const painter = createFramePainter(4, 3);
    painter.setLayers([shell], null);
    painter.frame();
    asked.length = 0;
    expect(painter.frame()).toBe('');
    expect(asked).toEqual([]);
    versions[1] = 7;
    expect(painter.frame()).toBe('\x1b[2;2H7');
    expect(asked).toEqual([1]);
    asked.length = 0;
    painter.startOver(4, 3);
    painter.frame();
    expect(asked).toEqual([0, 1, 2]);
  });

  test('a version says nothing about another layer', () => {
    const painter = createFramePainter(3, 1);
    const still = (text: string): Layer => ({ region: { col: 0, row: 0, cols: 3, rows: 1 }, row: () => text, still: true });
    painter.setLayers([still('one')], null);
    painter.frame();
    painter.setLayers([still('two')], null);
    expect(painter.frame()).toContain('two');
  });

  test('a frame that changes nothing is empty, and one letter is a small one', () => {
    let text = '$ ';
    const painter = createFramePainter(80, 24);
    const shell = layer({ col: 0, row: 0, cols: 80, rows: 24 }, (y) => padStyled(y === 0 ? text : '', 80));
    painter.setLayers([shell], { col: 2, row: 0, shape: 0 });
    expect(painter.frame()).toContain('\x1b[?2026h');
    expect(painter.frame()).toBe('');
    text = '$ l';
    painter.setLayers([shell], { col: 3, row: 0, shape: 0 });
    expect(painter.frame()).toBe('\x1b[1;3Hl');
  });

  test('larger frames are held together and hide the cursor meanwhile', () => {
    const painter = createFramePainter(20, 5);
    let letter = 'a';
    painter.setLayers([layer({ col: 0, row: 0, cols: 20, rows: 5 }, () => letter.repeat(20))], { col: 0, row: 0, shape: 0 });
    painter.frame();
    letter = 'b';
    painter.setLayers([layer({ col: 0, row: 0, cols: 20, rows: 5 }, () => letter.repeat(20))], { col: 1, row: 1, shape: 0 });
    expect(painter.frame()).toMatch(/^\x1b\[\?2026h\x1b\[\?25l.*\x1b\[2;2H\x1b\[\?25h\x1b\[\?2026l$/s);
  });

  test('a layer cannot send anything but text and styles', () => {
    const painter = createFramePainter(10, 1);
    painter.setLayers([layer({ col: 0, row: 0, cols: 10, rows: 1 }, () => 'a\x1b[3J\x1b]0;t\x07\x1b[5;5Hb        ')], null);
    const frame = painter.frame();
    expect(frame).not.toContain('3J');
    expect(frame).not.toContain(']0;');
    expect(frame).not.toContain('\x1b[5;5H');
  });

  test('what is taken away from the screen’s history is nothing', () => {
    const painter = createFramePainter(10, 3);
    painter.startOver(10, 3);
    expect(painter.frame() + LEAVE).not.toContain('[3J');
  });
});

describe('the pace of frames', () => {
  test.each([
    ['at once after a pause', 1000, 900, 1, 0, 1000, 0],
    ['30 a second while output rolls by', 1029, 1000, 1, 0, 1029, 4],
    ['at once where nothing was painted yet', 1000, Number.NEGATIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 1000, 0],
    ['soon where nothing follows', 1010, 1000, 1, 0, 1008, 3],
    ['no sooner than three times what the last one cost', 1010, 1000, 5, 0, 1000, 5],
    ['no later than 30 a second where they cost much', 1010, 1000, 50, 0, 1010, 23],
    ['every 4 ms just after a key', 1003, 1000, 2, 996, 1003, 1],
    ['sooner just after a key when the last frame cost little', 1001, 1000, 0.5, 999, 1001, 0.5],
    ['at once after a key when the last frame is old enough', 1010, 1000, 2, 1009, 1010, 0],
    ['further apart the longer the key is ago', 1003, 1000, 2, 970, 1003, 5],
    ['30 a second again once it is long ago', 1029, 1000, 2, 900, 1029, 4],
  ])('%s', (_name, now, at, cost, key, change, delay) => {
    expect(frameDelay(now, { at, cost }, { key, change })).toBe(delay);
  });
});

describe('modes of the outer terminal', () => {
  test('change only where they differ', () => {
    expect(changeModes(noModes, noModes)).toBe('');
    expect(changeModes(noModes, { mouse: 'drag', paste: true, focus: false })).toBe('\x1b[?1002h\x1b[?1006h\x1b[?2004h');
    expect(changeModes({ mouse: 'drag', paste: true, focus: true }, { mouse: 'any', paste: true, focus: false })).toBe(
      '\x1b[?1002l\x1b[?1006l\x1b[?1003h\x1b[?1006h\x1b[?1004l',
    );
  });
  test('are all taken back at the end', () => {
    for (const mode of ['1000', '1002', '1003', '1004', '1006', '2004', '1049', '2026'])
      expect(LEAVE).toContain(`\x1b[?${mode}l`);
    for (const mode of ['7', '25']) expect(LEAVE).toContain(`\x1b[?${mode}h`);
  });
});

test('rows in these tests are as wide as they claim', () => {
  const random = numbers(1);
  for (let round = 0; round < 100; round++) expect(styledWidth(randomRow(random, 17))).toBe(17);
});
