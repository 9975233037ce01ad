/** The journal on a real file system that is really full: a tmpfs of a few pages, filled up by another file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openJournal, readJournal, type TroubleKind } from '../../src/journal/journal.ts';
import type { DurableEvent } from '../../src/session/events.ts';

const event = (n: number): DurableEvent => ({ type: 'section-opened', at: n, section: `section-${n} ${'x'.repeat(400)}` });
const numbers = (events: readonly DurableEvent[]): number[] => events.map(({ at }) => at);

beforeEach((context) => {
  if (process.getuid?.() !== 0) context.skip('mounting a small tmpfs needs root');
});

function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function fillUp(folder: string): string {
  const ballast = join(folder, 'ballast');
  try {
    for (let size = 4096; ; size += 4096) writeFileSync(ballast, Buffer.alloc(size));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
  return ballast;
}

test('a lesson goes on while the disk is full, and everything is saved once there is room', async () => {
  const disk = smallDisk();
  const path = join(disk, 'state/journal.jsonl');
  const troubles: TroubleKind[] = [];
  const journal = await openJournal({ path, retryMs: 20, onTrouble: (_, kind) => troubles.push(kind) });
  journal.append(event(1));
  await journal.flush();
  const ballast = fillUp(disk);

  const appended = Array.from({ length: 20 }, (_, n) => n + 2);
  for (const n of appended) {
    journal.append(event(n));
    await journal.flush();
  }
  expect(troubles).toEqual(['not-saved']);
  // What is on the disk is whole, line by line.
  const onDisk = numbers(await readJournal(path));
  expect(onDisk).toEqual([1, ...appended].slice(0, onDisk.length));
  expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);

  unlinkSync(ballast);
  await vi.waitFor(() => expect(troubles).toEqual(['not-saved', 'recovered']));
  await journal.close();
  expect(numbers(await readJournal(path))).toEqual([1, ...appended]);
});

test('a disk that is full from the beginning is a sentence, and the journal there stays as it was', async () => {
  const disk = smallDisk();
  const path = join(disk, 'state/journal.jsonl');
  const first = await openJournal({ path, onTrouble: () => {} });
  first.append(event(1));
  await first.close();
  const before = readFileSync(path);
  fillUp(disk);
  await expect(openJournal({ path, onTrouble: () => {} })).rejects.toMatchObject({
    code: 'state-not-writable',
    tries: [expect.stringContaining('Make room')],
  });
  expect(readFileSync(path)).toEqual(before);
});
