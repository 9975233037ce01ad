import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cellWidth, cutCells } from './cells.ts';
import { cleanText } from './clean.ts';
import { fitLine, type Line, lineText, lineWidth, span, spread } from './line.ts';
import { fitRow } from './row.ts';
import { chopLine, lineBreak, wrapSpans } from './wrap.ts';

const texts = (lines: readonly Line[]) => lines.map(lineText);

describe('running text', () => {
  test.each([
    ['is set between words', 'the quick brown fox', 10, ['the quick', 'brown fox']],
    ['loses spaces only at the ends of lines', 'a  b   c', 3, ['a b', 'c']],
    ['keeps a word that just fits', 'abcde fghij', 5, ['abcde', 'fghij']],
    [
      'cuts a word that is longer than a line, after a slash',
      '/srv/galaxy/venv/lib/plugins',
      14,
      ['/srv/galaxy/', 'venv/lib/', 'plugins'],
    ],
    ['parts wide characters anywhere', '日本語のテキスト', 6, ['日本語', 'のテキ', 'スト']],
    ['keeps closing punctuation with what it closes', '日本語。', 6, ['日本', '語。']],
    ['counts an emoji as two cells', '🎉🎉🎉', 4, ['🎉🎉', '🎉']],
    ['keeps a joined emoji whole', 'a 👩‍👩‍👧‍👦 b', 4, ['a 👩‍👩‍👧‍👦', 'b']],
    ['is one empty line where there is no text', '', 10, ['']],
  ])('%s', (_, text, width, expected) => {
    expect(texts(wrapSpans([span(text)], width))).toEqual(expected);
  });

  test('keeps a word together whose parts have different styles', () => {
    const lines = wrapSpans([span('see '), span('galaxy', { tone: 'accent' }), span('.conf now')], 12);
    expect(texts(lines)).toEqual(['see', 'galaxy.conf', 'now']);
  });

  test('ends a line where the author ended it', () => {
    expect(texts(wrapSpans([span('one'), span(lineBreak), span('two')], 20))).toEqual(['one', 'two']);
  });

  test('never ends for a width that nothing fits in', () => {
    expect(texts(wrapSpans([span('日本')], 1))).toEqual(['日', '本']);
  });

  test('is never wider than asked for, whatever it is made of', () => {
    const words = ['uWSGI', '日本語', '/srv/galaxy/venv/lib/uwsgi/plugins', '🎉', 'é', 'a', 'ﬁn', '🇩🇪'];
    for (let width = 2; width < 40; width += 1) {
      const text = Array.from({ length: 30 }, (_, index) => words[(index * 7 + width) % words.length]).join(' ');
      for (const line of wrapSpans([span(text)], width)) expect(lineWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

describe('code', () => {
  test('is cut without losing a character', () => {
    const text = 'uwsgi --plugin zergpool --master --zerg-pool /srv/galaxy/var/zergpool.sock:127.0.0.1:4001';
    for (let width = 3; width < 60; width += 1) {
      const lines = chopLine([span(text)], width, width - 2);
      expect(texts(lines).join('')).toBe(text);
      expect(lineWidth(lines[0] ?? [])).toBeLessThanOrEqual(width);
    }
  });

  test('is cut where it reads well if such a place is near', () => {
    expect(texts(chopLine([span('cp /usr/local/src/x /srv')], 22, 20))).toEqual(['cp /usr/local/src/x ', '/srv']);
  });
});

describe('a row', () => {
  test('is cut at cells and says so', () => {
    expect(lineText(fitLine([span('日本語'), span('abc')], 5))).toBe('日本…');
  });

  test('gives up its left part before its right one', () => {
    expect(lineText(spread([span('a long title')], [span('key')], 11))).toBe('a lon…  key');
    expect(lineText(spread([span('title')], [span('a long right part')], 11))).toBe('title');
  });

  test('that is painted already is cut without cutting its styles', () => {
    expect(fitRow('\x1b[32m日本語\x1b[0m', 5)).toBe('\x1b[32m日本\x1b[0m ');
    expect(fitRow('ab', 4)).toBe('ab\x1b[0m  ');
  });

  test('never shows half of a wide character', () => {
    expect(cutCells('日本', 3)).toEqual({ text: '日', width: 2 });
  });
});

test('what a terminal would obey never gets through', () => {
  expect(cleanText('a\x1b[31mb\x07c\x9b1md\u202Ee\tf\r\n')).toBe('a[31mbc1mde    f');
  expect(cellWidth(cleanText('\x00\x1b]0;title\x07'))).toBe(8);
});

test('what is measured quickly is measured right', () => {
  for (let code = 0x20; code < 0x2800; code += 1) {
    const character = String.fromCharCode(code);
    expect(`${code.toString(16)} ${cellWidth(character)}`).toBe(`${code.toString(16)} ${stringWidth(character)}`);
    expect(cellWidth(`a${character}b`)).toBe(stringWidth(`a${character}b`));
  }
});
