import { describe, expect, test } from 'vitest';
import { parseIni } from './parse-ini.ts';
import { hasValue } from './same-value.ts';

function entries(text: string, section: string) {
  const found = parseIni(text).sections.find(({ name }) => name === section);
  return found?.entries.map(({ key, bare }) => [key, bare]);
}

describe('uWSGI sections', () => {
  const text = `[uwsgi]
; basics
processes = 2
master-fifo = /srv/new.fifo
# fifo '1'
master-fifo = /srv/run.fifo
if-exists = /srv/run.fifo
  hook-accepting1-once = writefifo:/srv/run.fifo 2q
endif =
\thook-accepting1-once = spinningfifo:/srv/new.fifo 1
`;

  test('keep repeated keys in their order and take indented lines as keys', () => {
    expect(entries(text, 'uwsgi')).toEqual([
      ['processes', '2'],
      ['master-fifo', '/srv/new.fifo'],
      ['master-fifo', '/srv/run.fifo'],
      ['if-exists', '/srv/run.fifo'],
      ['hook-accepting1-once', 'writefifo:/srv/run.fifo 2q'],
      ['endif', ''],
      ['hook-accepting1-once', 'spinningfifo:/srv/new.fifo 1'],
    ]);
  });

  test('know on which line a key stands', () => {
    expect(parseIni(text).sections[0]?.entries.map(({ line }) => line)).toEqual([3, 4, 6, 7, 8, 9, 10]);
  });

  test('separate by the equals sign only', () => {
    expect(entries('[uwsgi]\nroute: x = y', 'uwsgi')).toEqual([['route: x', 'y']]);
  });

  test('may begin indented', () => {
    expect(entries('[app:main]\nuse = x\n  [uwsgi]\nmaster = 1', 'uwsgi')).toBeUndefined();
    expect(entries('[uwsgi]\nuse = x\n  [uwsgi:b]\nmaster = 1', 'uwsgi:b')).toEqual([['master', '1']]);
  });
});

describe('supervisord sections', () => {
  test('continue a value on indented lines, even with an equals sign in them', () => {
    const text = '[program:web]\nenvironment = A="1",\n    B="2" ; second\nuser = galaxy';
    expect(entries(text, 'program:web')).toEqual([
      ['environment', 'A="1",\nB="2"'],
      ['user', 'galaxy'],
    ]);
  });

  test('separate by a colon too, whichever comes first', () => {
    expect(entries('[program:web]\nuser: galaxy\ncommand = uwsgi --socket :3031', 'program:web')).toEqual([
      ['user', 'galaxy'],
      ['command', 'uwsgi --socket :3031'],
    ]);
  });

  test('end a value where white space and a semicolon come', () => {
    expect(entries('[program:web]\nuser = galaxy ; not root\ncommand = a;b', 'program:web')).toEqual([
      ['user', 'galaxy'],
      ['command', 'a;b'],
    ]);
  });

  test('comment lines in the middle of a value do not end it', () => {
    expect(entries('[group:gx]\nprograms = a,\n; not b\n  c', 'group:gx')).toEqual([['programs', 'a,\nc']]);
  });

  test('the same section twice is one', () => {
    expect(entries('[program:a]\nx = 1\n[program:b]\n[program:a]\ny = 2', 'program:a')).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });
});

describe('any file', () => {
  test('survives a byte order mark, Windows line ends and lines before the first section', () => {
    expect(entries('\uFEFFstray = 1\r\n[ server:main ] ; the server\r\nport = 8080\r\n', 'server:main')).toEqual([
      ['port', '8080'],
    ]);
  });

  test('a line without a separator is a key without a value', () => {
    expect(entries('[a]\nflag\n[b', 'a')).toEqual([
      ['flag', ''],
      ['[b', ''],
    ]);
  });

  test('keys in comments are known with their section', () => {
    expect(parseIni('[uwsgi]\n;zerg = /x\n').comments).toEqual([{ key: 'zerg', section: 'uwsgi', line: 2 }]);
  });

  test('of nothing has nothing', () => {
    expect(parseIni('')).toEqual({ sections: [], comments: [] });
    expect(parseIni('\n\0\n[]\n').sections).toEqual([]);
  });
});

describe('a value is the one asked for', () => {
  const entry = (value: string, bare = value) => ({ key: 'k', value, bare, line: 1 });

  test.each([
    ['True', 'true', 'uwsgi', true],
    ['true', '1', 'uwsgi', true],
    ['false', 'off', 'supervisor', true],
    ['1', 'true', 'uwsgi', false],
    ['2', '2', 'uwsgi', true],
    ['true', 'false', 'paste', false],
    ['unexpected', 'true', 'supervisor', false],
    ['a,b', 'a, b', 'supervisor', true],
    ['a, b', 'a,b', 'supervisor', true],
    ['a,b', 'a,\nb', 'supervisor', true],
    ['a,b', 'a, b', 'uwsgi', false],
    ['a,b', 'b,a', 'supervisor', false],
    [' x ', 'x', 'uwsgi', true],
  ] as const)('%j asked, %j given to %s: %s', (text, value, flavour, expected) => {
    expect(hasValue({ text }, entry(value), flavour)).toBe(expected);
  });

  test('with or without what looks like an inline comment', () => {
    expect(hasValue({ text: 'a ;b' }, entry('a ;b', 'a'), 'uwsgi')).toBe(true);
    expect(hasValue({ text: 'a' }, entry('a ;b', 'a'), 'supervisor')).toBe(true);
  });

  test('or is found by a regular expression', () => {
    expect(hasValue({ regex: '^uwsgi .*--master', flags: '' }, entry('uwsgi --plugin x --master'), 'supervisor')).toBe(true);
    expect(hasValue({ regex: '^uwsgi$', flags: '' }, entry('uwsgi --master'), 'supervisor')).toBe(false);
  });
});
