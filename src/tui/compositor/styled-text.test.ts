import { describe, expect, test } from 'vitest';
import { clipStyled, onlyStyled, padStyled, sliceStyled, styledWidth } from './styled-text.ts';

const red = '\x1b[31m';
const bold = '\x1b[1m';
const reset = '\x1b[m';

describe('width', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    [`${red}abc${reset}`, 3],
    ['端末', 4],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['👩‍🚒', 2],
    ['1\ufe0f\u20e3', 2],
    [`a${red}\u0301b`, 2],
  ])('%j takes %i cells', (text, cells) => {
    expect(styledWidth(text)).toBe(cells);
  });
});

describe('cutting', () => {
  test.each([
    ['abcdef', 1, 4, `bcd${reset}`],
    [`a${red}bcd${reset}ef`, 2, 5, `${red}cd${reset}e${reset}`],
    [`${bold}${red}abc`, 1, 2, `${bold}${red}b${reset}`],
    [`${bold}a${reset}${red}bc`, 1, 3, `${red}bc${reset}`],
    [`${red}a\x1b[0;1mb`, 1, 2, `\x1b[0;1mb${reset}`],
    [`${red}ab${bold}cd`, 0, 4, `${red}ab${bold}cd${reset}`],
    [`a${red}`, 0, 3, `a  ${reset}`],
    [`${red}a`, 0, 3, `${red}a${reset}  ${reset}`],
    ['端末x', 0, 3, `端 ${reset}`],
    ['端末x', 1, 4, ` 末${reset}`],
    ['端末x', 1, 3, `  ${reset}`],
    ['端末x', 2, 5, `末x${reset}`],
    ['e\u0301x', 0, 1, `e\u0301${reset}`],
    ['e\u0301x', 1, 2, `x${reset}`],
    ['', 0, 2, `  ${reset}`],
    ['abc', 5, 7, `  ${reset}`],
    ['abc', 1, 1, reset],
  ])('%j from %i to %i is %j', (text, from, to, part) => {
    expect(sliceStyled(text, from, to)).toBe(part);
    expect(styledWidth(part)).toBe(to - from);
  });

  test('clipping leaves shorter text alone', () => {
    expect(clipStyled(`${red}ab${reset}`, 5)).toBe(`${red}ab${reset}`);
    expect(clipStyled(`${red}abcdef${reset}`, 2)).toBe(`${red}ab${reset}`);
    expect(clipStyled('abc', 0)).toBe(reset);
  });

  test('padding makes exactly as many cells', () => {
    for (const text of ['', 'a', '端末端末', `${red}x`, 'e\u0301', '👩‍🚒👍']) {
      for (const cols of [0, 1, 2, 3, 8]) expect(styledWidth(padStyled(text, cols)), `${text} ${cols}`).toBe(cols);
    }
  });

  test('both halves of any cut give the whole', () => {
    const text = `${bold}ab${red}端c${reset}de\u0301f👍g`;
    const plain = (styled: string) => styled.replaceAll(/\x1b\[[0-9;]*m/g, '');
    for (let at = 0; at <= 11; at++) {
      const whole = plain(sliceStyled(text, 0, at)) + plain(sliceStyled(text, at, 11));
      expect([...whole.replaceAll(/[端👍 ]/gu, '')].join('')).toBe('abcde\u0301fg');
    }
  });
});

describe('nothing but styles gets through', () => {
  test.each([
    ['plain', 'plain'],
    [`${red}a${reset}`, `${red}a${reset}`],
    ['a\x1b[2Jb', 'ab'],
    ['a\x1b[10;10Hb', 'ab'],
    ['a\x1b]0;title\x07b', 'ab'],
    ['a\x1b]52;c;aGk=\x1b\\b', 'ab'],
    ['a\x1bPq#0\x1b\\b', 'ab'],
    ['a\x1bcb', 'ab'],
    ['a\x1b(0b', 'ab'],
    ['a\x9b31mb\x85', 'a31mb'],
    ['a\r\nb\tc\0\x07\x7f', 'abc'],
    ['a\x1b[?25lb', 'ab'],
    ['a\x1b[31;', 'a'],
    ['a\x1b', 'a'],
    ['a\x1b]0;never ends', 'a'],
    ['a\x1b\x1b[31mb', 'a\x1b[31mb'],
  ])('%j becomes %j', (text, safe) => {
    expect(onlyStyled(text)).toBe(safe);
  });
  test('also from text that is cut', () => {
    expect(sliceStyled('ab\x1b[2Jcd', 1, 3)).toBe(`bc${reset}`);
  });
});
