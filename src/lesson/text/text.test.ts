import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanSource, decodeSource } from './decode.ts';
import { editDistance, nearest } from './nearest.ts';
import { readPattern } from './pattern.ts';
import { safeText } from './safe-text.ts';
import { createSlugger, shortTitle } from './slug.ts';
import { DURATION_PATTERN, readDuration, readSize, SIZE_PATTERN } from './units.ts';

describe('durations and sizes', () => {
  test.each([
    ['200ms', 200],
    ['3s', 3000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%s is %d milliseconds', (text, value) => {
    expect(readDuration(text)).toEqual({ ok: true, value });
    expect(text).toMatch(new RegExp(DURATION_PATTERN));
  });

  test.each([
    ['512B', 512],
    ['64KiB', 65_536],
    ['2GiB', 2_147_483_648],
    ['1.5MB', 1_500_000],
  ])('%s is %d bytes', (text, value) => {
    expect(readSize(text)).toEqual({ ok: true, value });
    expect(text).toMatch(new RegExp(SIZE_PATTERN));
  });

  test.each([
    ['3sec', '3s'],
    ['3 s', '3s'],
    ['3S', '3s'],
    ['2min', '2m'],
    ['200 msecs', '200ms'],
    ['1hour', '1h'],
    ['90', '90s'],
  ])('for %j, %s is meant', (text, meant) => {
    expect(readDuration(text)).toMatchObject({ ok: false, meant });
    expect(text).not.toMatch(new RegExp(DURATION_PATTERN));
  });

  test.each([
    ['2G', '2GiB'],
    ['64 kib', '64KiB'],
    ['10 bytes', '10B'],
    ['10', '10B'],
  ])('for %j, %s is meant', (text, meant) => {
    expect(readSize(text)).toMatchObject({ ok: false, meant });
  });

  test.each(['soon', '', '-3s', '3constructor', '1e9s', '٣s'])('%j is no duration', (text) => {
    expect(readDuration(text)).toEqual({ ok: false, noUnit: false });
  });
});

describe('the nearest name', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'abcd', 1],
    ['abc', 'bc', 1],
    ['kitten', 'sitting', 3],
  ])('%j and %j are %d slips apart', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
  });

  test('the distance is the same both ways, zero for the same word only, and never more than the longer word', () => {
    const word = fc.stringMatching(/^[abc]{0,6}$/);
    fc.assert(
      fc.property(word, word, (left, right) => {
        const distance = editDistance(left, right);
        expect(distance).toBe(editDistance(right, left));
        expect(distance === 0).toBe(left === right);
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
      }),
      { seed: 1 },
    );
  });

  test.each([
    ['fiel', 'file'],
    ['stabel_for', 'stable_for'],
    ['RUNING', 'RUNNING'],
    ['supervisord', 'supervisor'],
    ['section-1', 'section-1---configure'],
  ])('for %s, %s is meant', (written, meant) => {
    expect(nearest(written, ['file', 'stable_for', 'RUNNING', 'supervisor', 'section-1---configure', 'section-2'])).toBe(meant);
  });

  test.each(['colour', 'x', '', 'entirely different', 'a'.repeat(1000)])('for %j, nothing is near enough', (written) => {
    expect(nearest(written, ['file', 'stable_for', 'user'])).toBeUndefined();
  });
});

describe('slugs', () => {
  test('are those of GitHub', () => {
    const { slug } = createSlugger();
    expect(slug('Section 1 - Configure Supervisor')).toBe('section-1---configure-supervisor');
    expect(slug('What’s `new` in 2.0? (a_b)')).toBe('whats-new-in-20-a_b');
    expect(slug('Größe & Maß')).toBe('größe--maß');
    expect(slug('日本語 です')).toBe('日本語-です');
  });

  test('of the same heading are numbered, and no two are ever equal', () => {
    const { slug } = createSlugger();
    expect(['A', 'a', 'a-1', 'A', '!', '?'].map(slug)).toEqual(['a', 'a-1', 'a-1-1', 'a-2', 'section', 'section-1']);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ab1-]{0,4}$/)), (headings) => {
        const slugger = createSlugger();
        const slugs = headings.map((heading) => slugger.slug(heading));
        expect(new Set(slugs).size).toBe(slugs.length);
      }),
      { seed: 2 },
    );
  });
});

describe('short titles', () => {
  test.each([
    ['Section 3 - Configure uWSGI', 'Configure uWSGI'],
    ['Task 2: Go on', 'Go on'],
    ['Step 1. Begin', 'Begin'],
    ['Part IV – The end', 'The end'],
    ['Exercise B) Try', 'Try'],
    ['3. Notes', 'Notes'],
    ['4.2 - Notes', 'Notes'],
    ['2 - Look', 'Look'],
  ])('%s: %s', (heading, short) => {
    expect(shortTitle(heading)).toBe(short);
  });

  test.each(['Further reading', 'Section 3', 'Step by step', '3D printing', '2 hosts', 'Sectional - a'])(
    '%s stays',
    (heading) => {
      expect(shortTitle(heading)).toBe(heading);
    },
  );
});

describe('patterns', () => {
  test.each([
    ['plain', { text: 'plain' }],
    ['', { text: '' }],
    ['/srv/galaxy/', { text: '/srv/galaxy/' }],
    ['/srv/galaxy/var', { text: '/srv/galaxy/var' }],
    ['/etc/supervisor/conf.d/*.conf', { text: '/etc/supervisor/conf.d/*.conf' }],
    ['/', { text: '/' }],
    ['//', { text: '//' }],
    ['/^uwsgi .*zerg/', { regex: '^uwsgi .*zerg', flags: '' }],
    ['/a\\/b/im', { regex: 'a\\/b', flags: 'im' }],
    ['/[/]x/', { regex: '[/]x', flags: '' }],
  ])('%j', (written, pattern) => {
    expect(readPattern(written)).toEqual({ ok: true, pattern });
  });

  test.each([
    ['/a(/', 'bad-regex'],
    ['/a+/q', 'bad-regex'],
    ['/a+/ii', 'bad-regex'],
    ['/a/b.*c/', 'ambiguous-pattern'],
  ])('%j is refused', (written, rule) => {
    expect(readPattern(written)).toMatchObject({ ok: false, rule });
  });
});

describe('what could steer a terminal', () => {
  test('is removed: control characters, direction overrides, invisible characters', () => {
    expect(safeText('a\u001b[31mb\u0007\u009bc\u202e\u2066d\u200be\ufefff\u{e0041}g\r\u2028h')).toBe('a[31mbcdefg h');
  });

  test('tabs, newlines, letters of all scripts and emoji stay', () => {
    const text = 'a\tb\nä 日本 हिन्दी فارسی می‌خواهم 👩‍💻 ✔️';
    expect(safeText(text)).toBe(text);
  });

  test('nothing that is left can start an escape sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x10_ffff)), (codes) => {
        const text = String.fromCodePoint(...codes, ...codes.map((code) => code % 256));
        expect(safeText(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('the author is told of the first such character', () => {
    const { source, warnings } = cleanSource({ file: 'a.md', text: 'one\ntwo \u001b[1m' });
    expect(source.text).toBe('one\ntwo [1m');
    expect(warnings).toMatchObject([{ rule: 'control-character', place: { line: 2, column: 5 }, severity: 'warning' }]);
  });
});

describe('bytes', () => {
  const decode = (bytes: Uint8Array | string) => decodeSource('a.md', typeof bytes === 'string' ? Buffer.from(bytes) : bytes);

  test('a byte order mark and line ends of other systems go', () => {
    expect(decode('\ufeffa\r\nb\rc')).toEqual({ source: { file: 'a.md', text: 'a\nb\nc' } });
  });

  test.each([
    ['a zero byte', Buffer.from('a\n\0'), 'binary-file', 2, 1],
    ['UTF-16', Buffer.from('\ufeffa', 'utf16le'), 'not-utf8', 1, 1],
    ['a byte of Latin-1', Buffer.from('a\nStra\u00dfe', 'latin1'), 'not-utf8', 2, 5],
    ['a cut character', Buffer.from('a\u00df').subarray(0, 2), 'not-utf8', 1, 2],
  ])('%s is told with its place', (_, bytes, rule, line, column) => {
    expect(decode(bytes)).toMatchObject({ problem: { rule, place: { file: 'a.md', line, column } } });
  });

  test('a file of more than 4 MiB is refused', () => {
    expect(decode(new Uint8Array(4 * 1024 * 1024 + 1))).toMatchObject({ problem: { rule: 'file-too-large' } });
  });
});
