import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DurableEvent } from '../session/events.ts';
import { openJournal, readJournal, resetJournal, type TroubleKind } from './journal.ts';
import { type JournalFile, openJournalFile } from './journal-file.ts';

const event = (n: number): DurableEvent => ({ type: 'section-opened', at: n, section: `section-${n}` });
const numbers = (events: readonly DurableEvent[]): number[] => events.map(({ at }) => at);

async function tempJournal(): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, path: join(folder, 'sessions/lesson/journal.jsonl') };
}

async function write(path: string, ...events: readonly DurableEvent[]): Promise<void> {
  const journal = await openJournal({ path, onTrouble: failOnTrouble });
  for (const one of events) journal.append(one);
  await journal.close();
}

function failOnTrouble(sentence: string): void {
  throw new Error(`unexpected trouble: ${sentence}`);
}

/** Opens, closes, and says what was read and what was told. */
async function reopen(path: string): Promise<{ readonly events: readonly DurableEvent[]; readonly troubles: readonly string[] }> {
  const troubles: string[] = [];
  const journal = await openJournal({ path, onTrouble: (sentence, kind) => troubles.push(`${kind}: ${sentence}`) });
  await journal.close();
  return { events: journal.events, troubles };
}

/** A real file on a disk that refuses to write beyond a size, leaving behind what still fitted. */
function smallDisk(limit: { bytes: number }): (path: string) => Promise<JournalFile> {
  return async (path) => {
    const file = await openJournalFile(path);
    return {
      ...file,
      async write(bytes, position) {
        const room = Math.max(0, limit.bytes - position);
        await file.write(bytes.subarray(0, room), position);
        if (room < bytes.length) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      },
    };
  };
}

test('events come back in order after the program has gone and come again', async () => {
  const { path } = await tempJournal();
  await write(path, event(1), event(2));
  await write(path, event(3));
  expect(numbers((await reopen(path)).events)).toEqual([1, 2, 3]);
  expect(numbers(await readJournal(path))).toEqual([1, 2, 3]);
});

test('only its owner may look into what is kept', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
});

test('a journal is on the disk once flush resolves, before it is closed', async () => {
  const { path } = await tempJournal();
  const journal = await openJournal({ path, onTrouble: failOnTrouble });
  onTestFinished(() => journal.close());
  journal.append(event(1));
  journal.append(event(2));
  await journal.flush();
  expect(numbers(await readJournal(path))).toEqual([1, 2]);
});

test('cut off within its last line it opens, keeps the remains and takes new events', async () => {
  const { path, folder } = await tempJournal();
  await write(path, event(1), event(2), event(3));
  const whole = await readFile(path);
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
  const lengths = [0, 1, 2, 40, 80, 120, 160].map((back) => whole.length - 1 - back).filter((length) => length > lastLine);
  for (const length of [lastLine, ...lengths]) {
    await writeFile(path, whole);
    await truncate(path, length);
    const { events, troubles } = await reopen(path);
    const kept = length === whole.length - 1 ? [1, 2, 3] : [1, 2];
    expect(numbers(events)).toEqual(kept);
    expect(troubles.length).toBe(length === lastLine || kept.length === 3 ? 0 : 1);
    await write(path, event(4));
    expect(numbers((await reopen(path)).events)).toEqual([...kept, 4]);
  }
  const aside = (await readdir(join(folder, 'sessions/lesson'))).filter((name) => name.includes('.torn-'));
  expect(aside.length).toBe(lengths.length - 1);
});

test('a damaged journal is kept aside whole, told, and goes on from the events before the damage', async () => {
  const { path } = await tempJournal();
  await write(path, event(1), event(2), event(3));
  const damaged = (await readFile(path, 'utf8')).replace('section-2', 'section-9');
  await writeFile(path, damaged);
  const { events, troubles } = await reopen(path);
  expect(numbers(events)).toEqual([1]);
  expect(troubles).toEqual([
    expect.stringMatching(/^broken: .*damaged at line 3; it is kept as .*\.broken-1\. The one event before/),
  ]);
  expect(await readFile(`${path}.broken-1`, 'utf8')).toBe(damaged);
  await write(path, event(4));
  expect(numbers((await reopen(path)).events)).toEqual([1, 4]);
});

test('a second damaged journal does not overwrite the first one kept', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  for (const text of ['first', 'second']) {
    await writeFile(path, `${text}\nnonsense\n`);
    expect((await reopen(path)).events).toEqual([]);
  }
  expect(await readFile(`${path}.broken-1`, 'utf8')).toContain('first');
  expect(await readFile(`${path}.broken-2`, 'utf8')).toContain('second');
});

test('a journal of a newer Lockstep is refused and left as it is', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  const { createHash } = await import('node:crypto');
  const sealed = `{"seq":0,"prev":"${'0'.repeat(64)}","body":{"format":"lockstep-journal","version":99,"begun":"x"}`;
  const text = `${sealed},"hash":"${createHash('sha256').update(sealed).digest('hex')}"}\n`;
  await writeFile(path, text);
  await expect(openJournal({ path, onTrouble: failOnTrouble })).rejects.toMatchObject({ code: 'journal-newer' });
  expect(await readFile(path, 'utf8')).toBe(text);
  // It was not left locked either.
  await expect(resetJournal(path, 0)).resolves.toContain('journal-1970-01-01T000000');
});

test('a second program is refused with the number of the first, and let in after it', async () => {
  const { path } = await tempJournal();
  const first = await openJournal({ path, onTrouble: failOnTrouble });
  await expect(openJournal({ path, onTrouble: failOnTrouble })).rejects.toMatchObject({
    code: 'journal-locked',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  first.append(event(0));
  await first.flush();
  await expect(resetJournal(path)).rejects.toMatchObject({ code: 'journal-locked' });
  await first.close();
  await first.close();
  await write(path, event(1));
});

test('the lock of a program that was killed is taken over', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const stat = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const { hostname } = await import('node:os');
  const identity = { pid: child.pid, started: `${boot}/${stat[19]}`, machine: hostname() };
  await writeFile(`${path}.lock`, JSON.stringify(identity));
  await expect(openJournal({ path, onTrouble: failOnTrouble })).rejects.toMatchObject({ code: 'journal-locked' });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(numbers((await reopen(path)).events)).toEqual([1]);
  expect(await readdir(join(path, '..'))).toEqual(['journal.jsonl']);
});

test('a lock whose process number now belongs to another program is taken over', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  const { hostname } = await import('node:os');
  await writeFile(`${path}.lock`, JSON.stringify({ pid: process.pid, started: 'earlier-boot/1', machine: hostname() }));
  expect(numbers((await reopen(path)).events)).toEqual([1]);
});

test('a lock from another machine holds, since nobody here can see whether it is alive', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  await writeFile(`${path}.lock`, JSON.stringify({ pid: 1, started: null, machine: 'elsewhere.example' }));
  await expect(openJournal({ path, onTrouble: failOnTrouble })).rejects.toThrow(/on elsewhere\.example/);
});

test('half a lock, as no program leaves it, does not keep anybody out', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  await writeFile(`${path}.lock`, '{"pid":');
  expect(numbers((await reopen(path)).events)).toEqual([1]);
});

test('of many programs that find a dead lock at once exactly one gets it', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  await writeFile(`${path}.lock`, '{"pid":');
  const script = `
    import { acquireLock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).pathname)};
    try { await acquireLock(${JSON.stringify(path)}); console.log('got'); process.stdin.resume(); } catch (e) { console.log(e.code); }`;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const program = join(path, '../race.mjs');
  await writeFile(program, outputFiles[0]!.text);
  const children = Array.from({ length: 6 }, () => spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  onTestFinished(() => children.forEach((child) => void child.kill('SIGKILL')));
  const said = await Promise.all(
    children.map((child) => new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())))),
  );
  expect(said.toSorted()).toEqual(['got', ...Array.from({ length: 5 }, () => 'journal-locked')]);
});

test('a full disk is told once, loses nothing and damages nothing; with room again all is saved', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  const { size } = await stat(path);
  const disk = { bytes: size + 150 };
  const troubles: TroubleKind[] = [];
  const journal = await openJournal({
    path,
    retryMs: 5,
    openFile: smallDisk(disk),
    onTrouble: (_, kind) => troubles.push(kind),
  });
  for (const n of [2, 3, 4]) journal.append(event(n));
  await journal.flush();
  expect(troubles).toEqual(['not-saved']);
  expect(numbers(await readJournal(path))).toEqual([1]);
  journal.append(event(5));
  disk.bytes = 1_000_000;
  await vi.waitFor(() => expect(troubles).toEqual(['not-saved', 'recovered']));
  await journal.close();
  expect(numbers((await reopen(path)).events)).toEqual([1, 2, 3, 4, 5]);
});

test('what cannot be saved even at the end is told, and what was saved stays whole', async () => {
  const { path } = await tempJournal();
  await write(path, event(1));
  const { size } = await stat(path);
  const troubles: string[] = [];
  const journal = await openJournal({
    path,
    openFile: smallDisk({ bytes: size + 150 }),
    onTrouble: (sentence, kind) => troubles.push(`${kind}: ${sentence}`),
  });
  journal.append(event(2));
  journal.append(event(3));
  await journal.close();
  expect(troubles.at(-1)).toMatch(/^lost: 2 events could not be saved/);
  const { events, troubles: later } = await reopen(path);
  expect(numbers(events)).toEqual([1]);
  expect(later).toEqual([]);
});

test('a journal that is deleted while it is open is written again, whole', async () => {
  const { path } = await tempJournal();
  const troubles: TroubleKind[] = [];
  const journal = await openJournal({ path, onTrouble: (_, kind) => troubles.push(kind) });
  journal.append(event(1));
  await journal.flush();
  await unlink(path);
  await rm(join(path, '..'), { recursive: true });
  journal.append(event(2));
  await journal.close();
  expect(troubles).toEqual(['vanished']);
  expect(numbers((await reopen(path)).events)).toEqual([1, 2]);
});

test('reset moves the journal aside under its date, twice in a second under two names', async () => {
  const { path } = await tempJournal();
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);
  expect(await resetJournal(path, now)).toBeNull();
  await write(path, event(1));
  expect(await resetJournal(path, now)).toBe(join(path, '../journal-2026-01-02T030405.jsonl'));
  await write(path, event(2));
  expect(await resetJournal(path, now)).toBe(join(path, '../journal-2026-01-02T030405-2.jsonl'));
  expect(numbers(await readJournal(join(path, '../journal-2026-01-02T030405.jsonl')))).toEqual([1]);
  expect((await reopen(path)).events).toEqual([]);
});

test('a folder that cannot be made is a sentence with what to try', async () => {
  const { folder } = await tempJournal();
  await writeFile(join(folder, 'file'), '');
  const path = join(folder, 'file/journal.jsonl');
  await expect(openJournal({ path, onTrouble: failOnTrouble })).rejects.toMatchObject({
    code: 'state-not-writable',
    tries: [expect.stringContaining('LOCKSTEP_STATE')],
  });
});
