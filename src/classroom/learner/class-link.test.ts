/** The link against a server that fails as it is told, with a real journal on a real disk. */
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ScriptedClass } from '../../../test/support/scripted-class.ts';
import { type Journal, openJournal, resetJournal } from '../../journal/journal.ts';
import type { PassingClassEvent } from '../../session/class-events.ts';
import type { DurableEvent } from '../../session/events.ts';
import { type ClassLink, startClassLink } from './class-link.ts';
import type { PicturedTerminal } from './screen-sharer.ts';
import { forgetSeat, readSeat, type Seat, seatPath, writeSeat } from './seat-file.ts';

let folder = '';
let path = '';
let server: ScriptedClass;
let journal: Journal;
const links: ClassLink[] = [];

/** One run of a learner's program. */
interface Learner {
  readonly link: ClassLink;
  readonly told: PassingClassEvent[];
  readonly remembered: Seat[];
  readonly status: () => string;
}

let picture: PicturedTerminal | null = null;

function connect(seat: Seat = server.seat): Learner {
  const told: PassingClassEvent[] = [];
  const remembered: Seat[] = [];
  const link = startClassLink({
    seat,
    journal: {
      path,
      get savedBytes() {
        return journal.savedBytes;
      },
      onSaved: (listener) => journal.onSaved(listener),
    },
    lesson: { id: 'l', hash: 'h' },
    tell: (news) => told.push(news),
    remember: (next) => remembered.push(next),
    picture: () => picture,
    now: () => 1234,
    wait: (tries) => Math.min(80, 5 * tries),
    deadlineMs: 400,
    silenceMs: 400,
  });
  links.push(link);
  const status = () => {
    const last = told.findLast((news) => news.type === 'class-link-changed');
    return last?.type === 'class-link-changed' ? `${last.status} ${last.waiting}` : 'unknown';
  };
  return { link, told, remembered, status };
}

let seconds = 0;

function happen(count: number): void {
  for (let n = 0; n < count; n += 1) {
    seconds += 1;
    const event: DurableEvent = { type: 'step-started', at: seconds * 1000, block: `s1:${seconds}`, by: 'learner' };
    journal.append(event);
  }
}

function begin(): void {
  journal.append({ type: 'session-started', at: 1, lesson: 'l', hash: 'h', host: 'sandbox', version: '1' });
}

const open = () => openJournal({ path, onTrouble: () => {} });

/** Every line of the journal has come exactly once, in order, with its hash. */
async function everythingArrived(): Promise<void> {
  await journal.flush();
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const hashes = lines.map((line) => (JSON.parse(line) as { hash: string }).hash);
  await vi.waitFor(
    () => {
      const reports = [...server.journals.values()].at(-1) ?? [];
      expect(reports.map(({ seq }) => seq)).toEqual(hashes.map((_, index) => index));
      expect(reports.map(({ hash }) => hash)).toEqual(hashes);
    },
    { timeout: 10_000, interval: 10 },
  );
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-class-'));
  path = join(folder, 'journal.jsonl');
  server = await new ScriptedClass().start();
  journal = await open();
  begin();
  picture = null;
});

afterEach(async () => {
  for (const link of links.splice(0)) await link.close();
  await journal.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('reports', () => {
  test('arrive as they happen, each once and in order', async () => {
    const learner = connect();
    happen(3);
    await everythingArrived();
    happen(450);
    await everythingArrived();
    await vi.waitFor(() => expect(learner.status()).toBe('online 0'));
    expect([...server.journals.keys()]).toHaveLength(1);
    const first = JSON.parse((await readFile(path, 'utf8')).split('\n')[0]!) as { hash: string };
    expect(server.journals.has(first.hash)).toBe(true);
  });

  test('of a whole lesson without a class are told when one is joined later', async () => {
    happen(500);
    await journal.close();
    journal = await open();
    connect();
    await everythingArrived();
  });

  test('are told from where the server left off, not from the beginning', async () => {
    const first = connect();
    happen(300);
    await everythingArrived();
    await first.link.close();
    server.bodies.length = 0;
    connect();
    happen(1);
    await everythingArrived();
    expect(server.bodies.join('').match(/"seq"/g)?.length).toBeLessThan(5);
  });

  test.each([
    ['connections that break', () => 'drop' as const],
    ['answers that never come', () => 'slow' as const],
    ['answers that are lost after all was done', () => 'lost' as const],
    ['errors of the server', () => 500],
    ['a database that is away', () => 503],
  ])('survive %s', async (_, fault) => {
    let requests = 0;
    server.fault = (path) => {
      requests += 1;
      return path !== '/seat/stream' && requests % 3 !== 0 ? fault() : null;
    };
    const learner = connect();
    happen(5);
    await everythingArrived();
    happen(205);
    await everythingArrived();
    await vi.waitFor(() => expect(learner.status()).toBe('online 0'));
  });

  test('wait while the server is away, are counted, and go when it is back', async () => {
    const learner = connect();
    await everythingArrived();
    await server.stop();
    happen(7);
    await journal.flush();
    await vi.waitFor(() => expect(learner.status()).toBe('offline 7'));
    await server.start();
    await everythingArrived();
    await vi.waitFor(() => expect(learner.status()).toBe('online 0'));
  });

  test('go on when the server is killed again and again', async () => {
    connect();
    for (let round = 0; round < 6; round += 1) {
      happen(20);
      await server.stop();
      happen(20);
      await server.start();
    }
    await everythingArrived();
  });

  test('that the server has lost are told again', async () => {
    connect();
    happen(20);
    await everythingArrived();
    for (const [id, reports] of server.journals) server.journals.set(id, reports.slice(0, 5));
    happen(1);
    await everythingArrived();
  });

  test('survive a program that is killed in the middle of a line', async () => {
    const first = connect();
    happen(20);
    await everythingArrived();
    await first.link.close();
    await journal.close();
    await appendFile(path, '{"seq":22,"prev":"');
    journal = await open();
    connect();
    happen(20);
    await everythingArrived();
  });

  test('only lines that are on the disk for good are told', async () => {
    connect();
    await everythingArrived();
    // Somebody else's bytes at the end of the file are none that the journal has saved.
    await appendFile(path, 'not of ours\n');
    happen(1);
    await everythingArrived();
  });

  test('a lesson begun anew has a journal of its own', async () => {
    const first = connect();
    happen(5);
    await everythingArrived();
    await first.link.close();
    await journal.close();
    await resetJournal(path);
    journal = await open();
    begin();
    connect();
    happen(2);
    await everythingArrived();
    expect(server.journals.size).toBe(2);
  });

  test('a journal that lost its end and went on otherwise is told anew, under another id', async () => {
    const first = connect();
    happen(9);
    await everythingArrived();
    await first.link.close();
    await journal.close();
    const lines = (await readFile(path, 'utf8')).split('\n');
    await truncate(path, Buffer.byteLength(`${lines.slice(0, 6).join('\n')}\n`));
    journal = await open();
    const again = connect();
    happen(3);
    await everythingArrived();
    expect(server.journals.size).toBe(2);
    const { journals } = again.remembered.at(-1)!;
    await again.link.close();
    // After a restart it goes on there.
    connect({ ...server.seat, journals });
    happen(1);
    await everythingArrived();
    expect(server.journals.size).toBe(2);
  });

  test('one that the server does not take loses its contents and holds up no other', async () => {
    server.refuses = ({ event }) => event.type === 'step-started' && event.block === `s1:${seconds - 5}`;
    happen(10);
    connect();
    await everythingArrived();
    expect(server.reports.filter(({ event }) => event.type === 'other')).toHaveLength(1);
  });

  test('nothing is told of a command, a path or a sentence', async () => {
    journal.append({ type: 'step-failed', at: 5, block: 's1:1', sentence: 'rm: cannot remove /home/ada/thesis' });
    journal.append({
      type: 'file-written',
      at: 6,
      block: 's1:2',
      path: '/etc/thesis.conf',
      backup: '/etc/thesis~',
      by: 'learner',
    });
    connect();
    await everythingArrived();
    expect(server.bodies.join('')).not.toContain('thesis');
  });

  test('the last ones before the end are still told', async () => {
    const { link } = connect();
    await everythingArrived();
    happen(30);
    await journal.flush();
    await link.close();
    expect(server.reports.at(-1)?.event).toMatchObject({ block: `s1:${seconds}` });
  });

  test('an end with the server away takes no time to speak of', async () => {
    const { link, status } = connect();
    await everythingArrived();
    await server.stop();
    await vi.waitFor(() => expect(status()).toMatch(/^offline/));
    happen(3);
    await journal.flush();
    const before = Date.now();
    await link.close();
    expect(Date.now() - before).toBeLessThan(1000);
  });
});

test('a record is asked for of everything that was told, and a refusal is none', async () => {
  const { link } = connect();
  happen(3);
  await everythingArrived();
  expect(await link.record()).toBeNull();
  const head = server.reports.at(-1)!.hash;
  expect(server.records).toEqual([{ journal: server.reports[0]!.hash, head }]);
});

describe('news of the class', () => {
  test('come as events of the session', async () => {
    const { told } = connect();
    await vi.waitFor(() => expect(server.online).toBe(true));
    server.hold('s3');
    const message = { id: 'm-12345678', at: 1, kind: 'hint', check: 's1/1', text: 'Look at the owner.' } as const;
    server.tell({ type: 'message', message });
    server.tell({ type: 'hand-seen', at: 99 });
    server.tell({ type: 'share-asked', request: 'r-12345678' });
    await vi.waitFor(() => expect(told.at(-1)?.type).toBe('share-asked'));
    expect(told[0]).toEqual({ type: 'class-entered', at: 1234, name: 'Ada', facts: { title: 'Zerg mode', gate: null } });
    expect(told).toContainEqual({ type: 'class-told', at: 1234, facts: { title: 'Zerg mode', gate: 's3' } });
    expect(told).toContainEqual({
      type: 'message-arrived',
      at: 1234,
      message: { id: 'm-12345678', kind: 'hint', check: 's1/1', text: 'Look at the owner.' },
    });
    expect(told).toContainEqual({ type: 'hand-seen', at: 1234, raised: 99 });
  });

  test('that make no sense are left alone', async () => {
    const { told } = connect();
    await vi.waitFor(() => expect(server.online).toBe(true));
    server.write('data: not json\n\ndata: {"type":"run","command":"id"}\n\n');
    server.hold('s2');
    await vi.waitFor(() =>
      expect(told).toContainEqual({ type: 'class-told', at: 1234, facts: { title: 'Zerg mode', gate: 's2' } }),
    );
  });

  test('are heard again after a stream has ended, or has fallen silent', async () => {
    const { told, status } = connect();
    await vi.waitFor(() => expect(status()).toBe('online 0'));
    // Nothing at all is said for longer than a stream may be silent.
    const streams = () => server.requests.filter((request) => request === 'GET /seat/stream').length;
    await vi.waitFor(() => expect(streams()).toBeGreaterThan(2), { timeout: 3000 });
    server.gate = 's4';
    await vi.waitFor(() =>
      expect(told).toContainEqual({ type: 'class-told', at: 1234, facts: { title: 'Zerg mode', gate: 's4' } }),
    );
  });

  test('the gate is remembered for a start without the server', async () => {
    const { remembered } = connect();
    await vi.waitFor(() => expect(server.online).toBe(true));
    server.hold('s3');
    await vi.waitFor(() => expect(remembered.at(-1)?.class.gate).toBe('s3'));
  });

  test('that the seat is gone ends everything, and nothing more is sent', async () => {
    const { status } = connect();
    await everythingArrived();
    server.tell({ type: 'removed' });
    await vi.waitFor(() => expect(status()).toBe('removed 0'));
    const before = server.requests.length;
    happen(3);
    await journal.flush();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(server.requests.length).toBe(before);
  });

  test('a seat that is unknown is told as such', async () => {
    server.removed = true;
    const { told, status } = connect();
    await vi.waitFor(() => expect(status()).toMatch(/^removed/));
    expect(told.at(-1)).toMatchObject({ sentence: 'Your seat is no longer in this class.' });
  });
});

describe('the terminal', () => {
  const shown = (text: string): PicturedTerminal => ({ cols: 80, rows: [[{ text }]], cursor: { row: 0, col: 3 } });

  test('is sent while it is allowed, and its end is told', async () => {
    const { link } = connect();
    picture = shown('one');
    link.terminalChanged();
    link.follow({ request: 'r-12345678', status: 'asked' });
    link.terminalChanged();
    link.follow({ request: 'r-12345678', status: 'on' });
    await vi.waitFor(() => expect(server.frames).toHaveLength(1));
    picture = shown('two');
    for (let n = 0; n < 50; n += 1) link.terminalChanged();
    await vi.waitFor(() => expect(server.frames).toHaveLength(2));
    link.follow(null);
    link.terminalChanged();
    await vi.waitFor(() => expect(server.frames).toHaveLength(3));
    expect(server.frames).toEqual([
      expect.objectContaining({ request: 'r-12345678', rows: [[{ text: 'one' }]] }),
      expect.objectContaining({ request: 'r-12345678', rows: [[{ text: 'two' }]] }),
      { request: 'r-12345678', end: 'ended', cols: 1, rows: [], cursor: null },
    ]);
  });

  test('is not sent after a no, which is told', async () => {
    const { link } = connect();
    picture = shown('secret');
    link.follow({ request: 'r-12345678', status: 'asked' });
    link.follow(null);
    await vi.waitFor(() => expect(server.frames).toEqual([expect.objectContaining({ end: 'refused', rows: [] })]));
  });

  test('is not sent any more once the server says that it has ended', async () => {
    server.shared = false;
    const { link, told } = connect();
    picture = shown('one');
    link.follow({ request: 'r-12345678', status: 'on' });
    await vi.waitFor(() => expect(told).toContainEqual({ type: 'share-ended', at: 1234, request: 'r-12345678' }));
  });

  test('sharing ends with the program', async () => {
    const { link, status } = connect();
    picture = shown('one');
    await vi.waitFor(() => expect(status()).toBe('online 0'));
    link.follow({ request: 'r-12345678', status: 'on' });
    await vi.waitFor(() => expect(server.frames).toHaveLength(1));
    await link.close();
    expect(server.frames.at(-1)).toMatchObject({ end: 'ended' });
  });
});

describe('the seat', () => {
  test('is remembered in a file that only its owner may read', async () => {
    expect(await readSeat(folder)).toBeNull();
    await writeSeat(folder, server.seat);
    expect(await readSeat(folder)).toEqual(server.seat);
    expect((await stat(seatPath(folder))).mode & 0o777).toBe(0o600);
    await forgetSeat(folder);
    expect(await readSeat(folder)).toBeNull();
  });

  test('that cannot be read is none', async () => {
    for (const text of ['', 'not json', '{"version":2}', '[]']) {
      await writeFile(seatPath(folder), text);
      expect(await readSeat(folder)).toBeNull();
    }
  });
});
