import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFlood, nextStretch } from './flood.ts';

test.each([
  ['is as long as what took two milliseconds', 10_000, 2, 10_000],
  ['is shorter where taking was slow', 32_768, 8, 8_192],
  ['never ends after less than one full read', 32_768, 1_000, 4_096],
  ['never grows past what one piece may have', 32_768, 0.1, 32_768],
  ['does not mind a clock that stands still', 4_096, 0, 32_768],
])('a stretch of reading %s', (_name, bytes, ms, next) => {
  expect(nextStretch(bytes, ms)).toBe(next);
});

test('all that is read is handed over, in order and whole, and nothing once nobody wants it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-flood-'));
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  writeFileSync(join(folder, 'bytes'), content);
  const fd = openSync(join(folder, 'bytes'), 'r');
  try {
    const pieces: Buffer[] = [];
    let wanted = true;
    const readOn = createFlood(
      fd,
      (bytes) => pieces.push(Buffer.from(bytes)),
      () => wanted,
    );
    // A read that was not full says that nothing more is there.
    readOn(100);
    expect(pieces).toEqual([]);
    while (Buffer.concat(pieces).length < content.length) readOn(4096);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    wanted = false;
    const taken = pieces.length;
    readOn(4096);
    expect(pieces.length).toBe(taken);
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  }
});
