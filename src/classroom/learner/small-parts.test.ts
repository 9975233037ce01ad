import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { screenFrame } from '../protocol/learner-api.ts';
import { backoff } from './backoff.ts';
import { readClassAddress } from './class-address.ts';
import { ClassTrouble, unreachable } from './class-trouble.ts';
import { createEventStreamReader } from './event-stream.ts';
import { frameOf } from './screen-sharer.ts';

describe('the address of a class', () => {
  test.each([
    ['http://192.0.2.7:8090', 'http://192.0.2.7:8090', null],
    ['https://class.example/#ZERG-42', 'https://class.example', 'ZERG-42'],
    ['https://uni.example/course/#zerg%2042', 'https://uni.example/course', 'zerg 42'],
    [' 192.0.2.7:8090/#ABC ', 'http://192.0.2.7:8090', 'ABC'],
    ['laptop.local:8090', 'http://laptop.local:8090', null],
    ['https://class.example/#%zz', 'https://class.example', null],
  ])('%s is understood', (text, url, code) => {
    expect(readClassAddress(text)).toEqual({ url, code });
  });

  test.each(['', 'ftp://class.example', 'https://', 'https://ada:secret@class.example', 'not an address'])(
    '%j is none',
    (text) => {
      expect(() => readClassAddress(text)).toThrow('is no address of a class');
    },
  );
});

describe('waiting before the next try', () => {
  test('grows, never beyond half a minute, and is spread', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((tries) => backoff(tries, 1));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(backoff(4, 0)).toBe(2000);
  });

  test('is at least as long as the server asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
        expect(backoff(tries, random, 60_000)).toBeGreaterThan(60_000);
      }),
    );
  });
});

describe('a stream of events', () => {
  const text = ': hello\n\ndata: {"a":1}\n\nevent: x\ndata: one\ndata: two\r\n\r\n:\n\ndata:{}\n\n';

  test('is read the same however it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: text.length })), (cuts) => {
        const reader = createEventStreamReader();
        const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
        const read = places.flatMap((place, index) => reader.push(text.slice(places[index - 1] ?? 0, place)));
        expect(read).toEqual(['{"a":1}', 'one\ntwo', '{}']);
      }),
    );
  });

  test('without an end is not kept for ever', () => {
    const reader = createEventStreamReader();
    expect(() => {
      for (let n = 0; n < 100; n += 1) reader.push(`data: ${'x'.repeat(10_000)}\n`);
    }).toThrow(RangeError);
  });
});

describe('trouble with a class is told so that it can be mended', () => {
  const url = 'https://class.example';
  const coded = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  test.each([
    ['ECONNREFUSED', 'no class server runs there now'],
    ['ENOTFOUND', 'its name is not known here'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'a certificate that this machine does not trust'],
    ['CERT_HAS_EXPIRED', 'out of date'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'https and http are mixed up'],
    ['EHOSTUNREACH', 'cannot be reached (EHOSTUNREACH)'],
  ])('%s', (code, words) => {
    const trouble = unreachable(url, coded(code));
    expect(trouble.message).toContain(words);
    expect(trouble.asUserError().tries.length).toBeGreaterThan(0);
  });

  test('several addresses tried in vain are one trouble', () => {
    const both = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]);
    expect(unreachable(url, new TypeError('fetch failed', { cause: both })).message).toContain('Nothing answers');
  });

  test.each(['wrong-code', 'code-expired', 'unknown-seat', 'other-lesson', 'too-many', 'cannot-keep', 'what-else'])(
    'refused: %s',
    (word) => {
      const trouble = new ClassTrouble({ kind: 'refused', status: 403, word, retryAfterMs: 0 });
      expect(trouble.message).toMatch(/^[A-Z].*\.$/);
      expect(trouble.asUserError().tries.length).toBeGreaterThan(0);
    },
  );
});

describe('a frame of the terminal', () => {
  test('is always one that the protocol takes', () => {
    const run = { text: 'x', fg: 3, bold: true as const };
    const busy = Array.from({ length: 500 }, () => Array.from({ length: 1200 }, () => run));
    const frame = frameOf('r-12345678', { cols: 1200, rows: busy, cursor: { row: 499, col: 3 } });
    expect(screenFrame.safeParse(frame).success).toBe(true);
    expect(frame.rows).toHaveLength(400);
    expect(frame.cursor).toEqual({ row: 399, col: 3 });
    expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(1024 * 1024);
  });

  test('keeps looks where there is room for them', () => {
    const rows = [[{ text: 'ubuntu', fg: 2, bold: true as const }, { text: ':~$ ' }]];
    expect(frameOf('r-12345678', { cols: 80, rows, cursor: null }).rows).toEqual(rows);
  });
});
