/** What goes wrong with servers, disks, databases and clocks: nothing that was acknowledged is lost, nothing is doubled. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type ClassUpdate, classSnapshot } from '../../src/classroom/protocol/instructor-api.ts';
import { openBalancer } from '../support/class/balancer.ts';
import { openEvents } from '../support/class/events.ts';
import { ask, FakeJournal, TestLearner } from '../support/class/learner.ts';
import { databaseKinds, disposeDatabases, newDatabase, openTestClass, testFolder } from '../support/class/open-class.ts';
import { startPostgres } from '../support/class/postgres.ts';
import { type ServedClass, serveClass } from '../support/class/served-class.ts';

afterAll(disposeDatabases);

/** Sends a journal that grows, a few lines at a time, through whatever happens; counts what was acknowledged. */
class StubbornLearner {
  readonly learner: TestLearner;
  readonly journal: FakeJournal;
  acknowledged = 0;
  #working = true;
  readonly #done: Promise<void>;

  constructor(learner: TestLearner, journal = learner.journal) {
    this.learner = learner;
    this.journal = journal;
    this.#done = this.#work();
  }

  /** No new lines any more; resolves when everything is acknowledged. */
  async finish(): Promise<void> {
    this.#working = false;
    await this.#done;
  }

  async #work(): Promise<void> {
    while (this.#working || this.acknowledged < this.journal.reports.length) {
      if (this.#working) this.journal.add({ type: 'other', at: Date.now() });
      try {
        const { status, body } = await this.learner.ask(
          'POST',
          '/reports',
          this.journal.request(this.acknowledged, this.acknowledged + 5),
        );
        if (status === 200) {
          if (body.next < this.acknowledged)
            throw new Error(`an acknowledged report is lost: ${body.next} < ${this.acknowledged}`);
          this.acknowledged = body.next;
        } else if (status === 409) throw new Error(`refused: ${JSON.stringify(body)}`);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      await pause(10);
    }
  }
}

/** Every learner's journal, as the server has it, is exactly the learner's. */
async function expectWhole(base: string, secret: string, learners: readonly StubbornLearner[]): Promise<void> {
  for (const { learner, journal } of learners) {
    const { body } = await ask(`${base}/api/v1/seats/${learner.seat}`, { token: secret });
    const kept = body.journals.find(({ id }: { id: string }) => id === journal.id)?.reports ?? [];
    const plain = kept.map(({ seq, hash, event }: { seq: number; hash: string; event: object }) => ({ seq, hash, event }));
    expect(plain).toEqual(journal.reports);
  }
}

test.each(databaseKinds)(
  'a server that is killed twenty times under load loses nothing that it has acknowledged: %s',
  async (kind) => {
    const database = await newDatabase(kind);
    const server = await serveClass(testFolder(), { args: database.type === 'sqlite' ? [] : ['--database', database.address] });
    onTestFinished(() => server.kill());
    const learners = await join12([server], server.base);
    for (let kill = 0; kill < 20; kill += 1) {
      await pause(100 + Math.random() * 200);
      await server.kill();
      await server.start();
    }
    await Promise.all(learners.map((learner) => learner.finish()));
    const sent = learners.reduce((sum, { journal }) => sum + journal.reports.length, 0);
    expect(sent).toBeGreaterThan(500);
    await expectWhole(server.base, server.secret, learners);
  },
  180_000,
);

test('one of two servers is killed again and again; behind an address that stays learners go on with the other', async () => {
  const database = await newDatabase('postgres');
  if (database.type !== 'postgres') throw new Error('no PostgreSQL');
  const args = ['--database', database.address];
  const first = await serveClass(testFolder(), { args });
  const servers = [first, await serveClass(testFolder(), { args: [...args, '--code', first.code] })] as const;
  onTestFinished(async () => {
    for (const server of servers) await server.kill();
  });
  const address = await openBalancer(servers.map(({ base }) => Number(new URL(base).port)));
  onTestFinished(() => address.close());
  const learners = await join12(servers, address.base);
  for (let kill = 0; kill < 6; kill += 1) {
    const [dying, living] = kill % 2 === 0 ? servers : ([servers[1], servers[0]] as const);
    await dying.kill();
    const before = learners.map(({ acknowledged }) => acknowledged);
    // With one of them gone everybody gets on.
    await expect.poll(() => learners.every(({ acknowledged }, n) => acknowledged > (before[n] ?? 0) + 5)).toBe(true);
    expect((await ask(`${living.base}/healthz`)).status).toBe(200);
    await dying.start();
  }
  await Promise.all(learners.map((learner) => learner.finish()));
  for (const server of servers) await expectWhole(server.base, server.secret, learners);
}, 180_000);

/** Twelve learners who work at an address. */
async function join12(servers: readonly ServedClass[], base: string): Promise<StubbornLearner[]> {
  const [first] = servers;
  if (!first) throw new Error('no server');
  const joined = await Promise.all(Array.from({ length: 12 }, (_, n) => TestLearner.join(base, first.code, `Learner ${n}`)));
  return joined.map((learner) => new StubbornLearner(learner, new FakeJournal(first.lesson)));
}

test('a server that is asked to stop answers who is in the middle, says goodbye, and ends with 0', async () => {
  const server = await serveClass(testFolder());
  onTestFinished(() => server.kill());
  const learner = await TestLearner.join(server.base, server.code, 'Ada');
  const stream = await learner.stream();
  const stubborn = new StubbornLearner(learner, new FakeJournal(server.lesson));
  await expect.poll(() => stubborn.acknowledged).toBeGreaterThan(3);
  expect(await server.stop()).toBe(0);
  await stream.ended;
  await server.start();
  await stubborn.finish();
  await expectWhole(server.base, server.secret, [stubborn]);
  await expect(serveClass(testFolder(), { args: ['--code-expires', 'soon'] })).rejects.toThrow(/--code-expires cannot be/);
});

test('a full disk is told, and everything is taken once there is room', async (context) => {
  if (process.getuid?.() !== 0) context.skip('mounting a small tmpfs needs root');
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-class-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const room = await openTestClass({ folder, log: join(testFolder(), 'class.log') });
  const learner = await room.join('Ada');
  await learner.does();
  const ballast = join(folder, 'ballast');
  const fill = (): void => {
    try {
      for (let size = 4096; ; size += 4096) writeFileSync(ballast, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  };
  fill();
  const journal = learner.journal;
  let acknowledged = 1;
  let refused = 0;
  for (let at = 1; refused < 3; at += 1) {
    journal.add(...Array.from({ length: 100 }, () => ({ type: 'hand-raised', at, note: 'x'.repeat(200) }) as const));
    const { status, body } = await learner.ask('POST', '/reports', journal.request(acknowledged, acknowledged + 200));
    if (status === 200) acknowledged = body.next;
    else {
      expect([status, body.error]).toEqual(at > 0 && status === 429 ? [429, 'too-many'] : [503, 'cannot-keep']);
      if (status === 503) refused += 1;
    }
    // What little room is left, e.g. in the log's file, is used up.
    expect(at).toBeLessThan(200);
  }
  expect((await ask(`${room.base}/api/v1/class`, { token: room.secret })).status).toBe(200);
  expect((await learner.ask('GET', '/seat')).body.journals[journal.id]).toBe(acknowledged);
  unlinkSync(ballast);
  await expect
    .poll(
      async () => {
        const { status, body } = await learner.ask('POST', '/reports', journal.request(acknowledged, acknowledged + 200));
        if (status === 200) acknowledged = body.next;
        return acknowledged;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(journal.reports.length);
  const page = (await room.teach('GET', `/seats/${learner.seat}`)).body;
  expect(page.journals[0].reports.map(({ hash }: { hash: string }) => hash)).toEqual(
    journal.reports.slice(-2000).map(({ hash }) => hash),
  );
});

test('a database that crashes and comes back is written to again, and listened to', async () => {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.dispose());
  const database = { type: 'postgres', address: cluster.newDatabase() } as const;
  const one = await openTestClass({ database, folder: testFolder() });
  const two = await openTestClass({ database, folder: testFolder(), code: one.code });
  const dashboard = await openEvents<ClassUpdate>(`${two.base}/api/v1/class/stream`, two.secret);
  const learners = (await Promise.all(Array.from({ length: 6 }, (_, n) => one.join(`Learner ${n}`)))).map(
    (own) => new StubbornLearner(own),
  );
  for (let crash = 0; crash < 3; crash += 1) {
    await pause(300);
    await cluster.crash();
    const refused = await one.teach('POST', '/gate', { section: 'second' });
    expect([refused.status, refused.body.error]).toEqual([503, 'cannot-keep']);
    await cluster.start();
  }
  await Promise.all(learners.map((own) => own.finish()));
  await expectWhole(one.base, one.secret, learners);
  const { learner } = learners[0]!;
  await expect.poll(async () => (await one.teach('POST', '/gate', { section: 'second' })).status, { timeout: 20_000 }).toBe(204);
  learners[0]!.journal.add({ type: 'hand-raised', at: 9, note: 'after the crash' });
  const from = learners[0]!.acknowledged;
  expect((await learner.ask('POST', '/reports', learners[0]!.journal.request(from))).status).toBe(200);
  await expect
    .poll(async () => (await two.teach('GET', `/seats/${learner.seat}`)).body.stand.hand?.note, { timeout: 20_000 })
    .toBe('after the crash');
  await expect
    .poll(() => dashboard.events.some((own) => own.type === 'changed' && own.class.gate === 'second'), { timeout: 20_000 })
    .toBe(true);
  dashboard.close();
}, 120_000);

test('clocks that jump, here or there, make no nonsense', async () => {
  let now = Date.UTC(2026, 0, 1);
  const room = await openTestClass({ now: () => now, codeLastsMs: null });
  const learner = await room.join('Ada');
  const year = 365 * 86_400_000;
  await learner.does(
    { type: 'session-started', at: now + year, host: 'sandbox', version: '1' },
    { type: 'section-opened', at: now + year, section: 'first' },
  );
  for (const jump of [year, -2 * year, year]) {
    now += jump;
    expect((await learner.does({ type: 'step-started', at: 5, block: 'first:1', by: 'learner' })).status).toBe(200);
    const { seats, medians } = classSnapshot.parse((await room.teach('GET', '/class')).body);
    expect(seats[0]).toMatchObject({ open: 'first', pace: null });
    expect(seats[0]!.need).toBeLessThan(200);
    expect(medians).toEqual({});
  }
  await learner.does({ type: 'section-done', at: 1, section: 'first', by: 'learner' });
  expect(classSnapshot.parse((await room.teach('GET', '/class')).body).medians).toEqual({});
});

test('a learner who was away for the whole lesson tells it at once', async () => {
  const room = await openTestClass();
  const learner = await room.join('Ada');
  const { journal } = learner;
  journal.add({ type: 'session-started', at: 1, host: 'sandbox', version: '1' });
  for (let at = 2; at < 1500; at += 1) journal.add({ type: 'section-opened', at, section: at % 2 ? 'first' : 'second' });
  journal.add({ type: 'lesson-finished', at: 1500 });
  for (let from = 0; from < journal.reports.length; from += 200) {
    expect((await learner.ask('POST', '/reports', journal.request(from, from + 200))).status).toBe(200);
  }
  const snapshot = classSnapshot.parse((await room.teach('GET', '/class')).body);
  expect(snapshot.seats[0]).toMatchObject({ state: 'done', online: false });
});
