import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { decodeNews, encodeNews } from '../store/news.ts';
import { planAppend } from '../store/plan-append.ts';
import { Buckets, limitKey } from './limits.ts';
import { openLog } from './log.ts';
import { qrLines } from './qr-lines.ts';
import { newJoinCode, newToken, sameCode } from './secrets.ts';

test('a bucket gives its burst, then as many as a second brings', () => {
  const buckets = new Buckets({ burst: 3, perSecond: 2 });
  expect([0, 0, 0, 0].map((now) => buckets.take('a', now))).toEqual([0, 0, 0, 1]);
  expect(buckets.take('b', 0)).toBe(0);
  expect([buckets.take('a', 499), buckets.take('a', 500), buckets.take('a', 501)]).toEqual([1, 0, 1]);
  // Long after, it is full and no fuller.
  expect([1, 2, 3, 4].map(() => buckets.take('a', 1_000_000))).toEqual([0, 0, 0, 1]);
});

test('an address stands for its network where that is one customer’s', () => {
  expect(limitKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(limitKey('2001:db8:1:2:3:4:5:6')).toBe(limitKey('2001:db8:1:2::1'));
  expect(limitKey('2001:db8:1:3::1')).not.toBe(limitKey('2001:db8:1:2::1'));
});

test('codes are easy to say and are taken in any writing; tokens are never the same', () => {
  const code = newJoinCode();
  expect(code).toMatch(/^[ACFHJKPRTUWXY34679]{4}-[ACFHJKPRTUWXY34679]{4}$/);
  expect(sameCode(` ${code.toLowerCase().replace('-', ' ')}`, code)).toBe(true);
  expect(sameCode(code.slice(1), code)).toBe(false);
  expect(sameCode('', code)).toBe(false);
  expect(new Set(Array.from({ length: 100 }, newToken)).size).toBe(100);
});

test('a batch fits, overlaps, leaves a hole, is another journal’s, or is out of order', () => {
  const report = (seq: number, mark = 'a') => ({ seq, hash: mark.repeat(64), event: { type: 'other', at: 1 } as const });
  const known = {
    next: 3,
    hashes: new Map([
      [1, 'a'.repeat(64)],
      [2, 'a'.repeat(64)],
    ]),
  };
  expect(planAppend(known, [report(3), report(4)])).toMatchObject({ type: 'fits', next: 5, add: [{ seq: 3 }, { seq: 4 }] });
  expect(planAppend(known, [report(1), report(2), report(3)])).toMatchObject({ type: 'fits', next: 4, add: [{ seq: 3 }] });
  expect(planAppend(known, [report(1)])).toMatchObject({ type: 'fits', next: 3, add: [] });
  expect(planAppend(known, [report(4)])).toEqual({ type: 'gap', next: 3 });
  expect(planAppend(known, [report(1, 'b'), report(2)])).toEqual({ type: 'other-journal' });
  expect(planAppend(known, [report(3), report(5)])).toEqual({ type: 'out-of-order' });
  expect(planAppend(known, [report(3), report(3)])).toEqual({ type: 'out-of-order' });
});

test('news of many seats go in texts that PostgreSQL takes, and only others of the same class are heard', () => {
  const seats = Array.from({ length: 1000 }, (_, n) => `${'x'.repeat(18)}${String(n).padStart(4, '0')}`);
  const texts = encodeNews('me', { type: 'reports', class: 'c', seats });
  expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(7000);
  const heard = texts.map((text) => decodeNews(text, 'other', 'c'));
  expect(heard.flatMap((news) => (news && 'seats' in news ? news.seats : []))).toEqual(seats);
  expect(decodeNews(texts[0] ?? '', 'me', 'c')).toBeNull();
  expect(decodeNews(texts[0] ?? '', 'other', 'd')).toBeNull();
  expect(decodeNews('nonsense', 'other', 'c')).toBeNull();
});

test('a QR code is as wide as high, in half blocks', () => {
  const lines = qrLines('http://192.0.2.17:7070/#ACFH-3467');
  const width = lines[0]?.length ?? 0;
  expect(lines.every((line) => line.length === width)).toBe(true);
  expect(lines.length).toBe(Math.ceil(width / 2));
  expect(lines.join('')).toMatch(/^[ █▀▄]+$/);
});

test('lines of the log stand in the order in which they were logged, and can be waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { log, written } = openLog(join(folder, 'class.log'));
  for (let number = 0; number < 500; number += 1) log('counted', { number });
  await written();
  log('last');
  await written();
  const lines = readFileSync(join(folder, 'class.log'), 'utf8').trimEnd().split('\n');
  expect(lines.slice(0, -1).map((line) => JSON.parse(line).number)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  expect(JSON.parse(lines.at(-1) ?? '').event).toBe('last');
});

test('a log that cannot be written is dropped', async () => {
  const { log, written } = openLog(join(tmpdir(), 'no-such-folder-of-lockstep', 'class.log'));
  log('lost');
  await expect(written()).resolves.toBeUndefined();
});
