import { describe, expect, test } from 'vitest';
import type { TerminalHistory } from '../../terminal/terminal.ts';
import { type LookBack, type Spot, selectedCells, selectedLines, selectedText } from './look-back.ts';
import { rowMarker } from './look-back-row.ts';
import { findAll, foundCells, nextFound } from './search-history.ts';

/** Lines of ASCII; one that begins with `>` goes on from the one before. */
function historyOf(...texts: readonly string[]): TerminalHistory {
  return {
    first: 0,
    end: texts.length,
    top: 0,
    line(number) {
      const text = texts[number] ?? '';
      const wrapped = text.startsWith('>');
      return { text: wrapped ? text.slice(1) : text, wrapped, colOf: (index) => index, indexOf: (col) => col };
    },
    show() {},
    hold() {},
  };
}

function selecting(anchor: Spot | null, cursor: Spot, lines = false): LookBack {
  return { tab: 1, keys: true, alternate: false, anchor, cursor, lines, found: null };
}

describe('a selection', () => {
  const history = historyOf('first line', 'a long line that was', '>wrapped here', 'last');

  test('goes from cell to cell, whichever was first', () => {
    const [a, b] = [
      { line: 0, col: 6 },
      { line: 1, col: 5 },
    ];
    expect(selectedText(selecting(a, b), history)).toBe('line\na long');
    expect(selectedText(selecting(b, a), history)).toBe('line\na long');
  });

  test('makes lines whole again that were wrapped at the edge, and counts them once', () => {
    const back = selecting({ line: 1, col: 0 }, { line: 3, col: 3 });
    expect(selectedText(back, history)).toBe('a long line that waswrapped here\nlast');
    expect(selectedLines(back, history)).toBe(2);
  });

  test('of whole lines takes them from edge to edge, with their ends', () => {
    const back = selecting({ line: 0, col: 4 }, { line: 0, col: 2 }, true);
    expect(selectedText(back, history)).toBe('first line\n');
    expect(selectedCells(back, 0)).toEqual({ from: 0, to: Number.MAX_SAFE_INTEGER });
    expect(selectedCells(back, 1)).toBeNull();
  });
});

describe('searching', () => {
  const history = historyOf('Error one', 'fine', 'an err', '>or two', 'error');

  test('finds all places, those across the edge among them', () => {
    expect(findAll(history, 'error')).toEqual([
      { line: 0, col: 0 },
      { line: 2, col: 3 },
      { line: 4, col: 0 },
    ]);
  });
  test('minds capitals only where some were typed', () => {
    expect(findAll(history, 'Error')).toEqual([{ line: 0, col: 0 }]);
  });
  test('takes what is typed as it is', () => {
    expect(findAll(historyOf('a.b', 'axb (c', '[x]'), '.')).toEqual([{ line: 0, col: 1 }]);
    expect(findAll(historyOf('a.b', 'axb (c', '[x]'), '(c')).toEqual([{ line: 1, col: 4 }]);
    expect(findAll(history, '')).toEqual([]);
  });
  test('goes up and down, and round the end', () => {
    const spots = findAll(history, 'error');
    expect(nextFound(spots, { line: 4, col: 0 }, 'older')).toBe(1);
    expect(nextFound(spots, { line: 0, col: 0 }, 'older')).toBe(2);
    expect(nextFound(spots, { line: 4, col: 0 }, 'newer')).toBe(0);
    expect(nextFound([], { line: 0, col: 0 }, 'newer')).toBe(-1);
  });
  test('marks the cells of each row', () => {
    expect(foundCells(history, 'error', 5)).toEqual(
      new Map([
        [0, [{ from: 0, to: 5 }]],
        [2, [{ from: 3, to: 6 }]],
        [3, [{ from: 0, to: 2 }]],
        [4, [{ from: 0, to: 5 }]],
      ]),
    );
  });
});

describe('a marked row', () => {
  const history = historyOf('one two one');
  test('keeps its other styles and its width', () => {
    const back = selecting({ line: 0, col: 4 }, { line: 0, col: 6 });
    expect(rowMarker(back, history, 1)(0, '\x1b[31mone two one\x1b[m', 11)).toBe(
      '\x1b[31mone \x1b[m\x1b[7mtwo\x1b[m\x1b[31m one\x1b[m',
    );
  });
  test('shows what was found', () => {
    const back = { ...selecting(null, { line: 0, col: 0 }), found: { text: 'one', at: 1, total: 2 } };
    expect(rowMarker(back, history, 1)(0, 'one two one\x1b[m', 11)).toBe('\x1b[1;4;7mone\x1b[m two \x1b[m\x1b[1;4;7mone\x1b[m');
  });
});
