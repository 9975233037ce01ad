import { describe, expect, test } from 'vitest';
import { parseStatus } from './prepare.ts';

describe('a status line of setup.sh', () => {
  test('is a percentage, a tab and a sentence', () => {
    expect(parseStatus('0\tbegins')).toEqual({ fraction: 0, sentence: 'begins' });
    expect(parseStatus('32.5\tInstalling: a\tb')).toEqual({ fraction: 0.325, sentence: 'Installing: ab' });
    expect(parseStatus('250\ttoo much')).toEqual({ fraction: 1, sentence: 'too much' });
  });

  test.each(['', 'no number', '50', '50 a space', '\t', '-3\tx', '50\t'])('%j is none', (line) => {
    expect(parseStatus(line)).toBeNull();
  });

  test('cannot carry an escape sequence to the screen, nor a text without end', () => {
    const found = parseStatus(`5\t\u001b]0;title\u0007\u009b2Jred${'x'.repeat(1000)}`);
    expect(found?.sentence).toMatch(/^\]0;title2Jredx+$/);
    expect(found?.sentence.length).toBe(200);
  });
});
