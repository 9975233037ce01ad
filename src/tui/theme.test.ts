import { expect, test } from 'vitest';
import { span } from './text/line.ts';
import { createTheme } from './theme.ts';

const line = [span('a', { tone: 'accent', bold: true }), span('b', { tone: 'good' }), span('c', { dim: true }), span('d')];

test('two accents of the terminal’s own colours, bold and dim', () => {
  expect(createTheme({}).paint(line, 6)).toBe('\x1b[1;36ma\x1b[0m\x1b[32mb\x1b[0m\x1b[2mc\x1b[0md  \x1b[0m');
});

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('no colour at all where it is not wanted: %j', (env) => {
  expect(createTheme(env).paint(line, 4)).toBe('\x1b[1ma\x1b[0mb\x1b[2mc\x1b[0md\x1b[0m');
});

test('an empty NO_COLOR means nothing', () => {
  expect(createTheme({ NO_COLOR: '' }).text([span('b', { tone: 'good' })])).toBe('\x1b[32mb\x1b[0m');
});
