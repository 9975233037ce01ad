/** Two servers, one PostgreSQL, one class: whoever is told something, the other one's learners and screens know it. */
import { afterAll, expect, test } from 'vitest';
import type { ClassUpdate, SeatStand } from '../../src/classroom/protocol/instructor-api.ts';
import { exportFromStore } from '../../src/classroom/server/export-from-store.ts';
import { openClassStore } from '../../src/classroom/store/class-store.ts';
import { openDatabase } from '../../src/classroom/store/open-database.ts';
import type { ClassRow } from '../../src/classroom/store/rows.ts';
import { openEvents } from '../support/class/events.ts';
import { ask, type TestLearner } from '../support/class/learner.ts';
import {
  databaseKinds,
  disposeDatabases,
  newDatabase,
  openTestClass,
  type TestClass,
  testFolder,
} from '../support/class/open-class.ts';
import { testLesson } from '../support/class/test-lesson.ts';

afterAll(disposeDatabases);

async function openTwo(): Promise<readonly [TestClass, TestClass]> {
  const database = await newDatabase('postgres');
  const first = await openTestClass({ database, folder: testFolder() });
  return [first, await openTestClass({ database, folder: testFolder(), code: first.code })];
}

const newest = (updates: readonly ClassUpdate[], seat: string): SeatStand | undefined =>
  updates
    .flatMap((update) => (update.type === 'snapshot' ? update.snapshot.seats : update.seats))
    .findLast((stand) => stand.seat === seat);

test('both have the class, its code and their own secrets', async () => {
  const [one, two] = await openTwo();
  expect(two).toMatchObject({ id: one.id, code: one.code, fingerprint: one.fingerprint });
  expect(two.secret).not.toBe(one.secret);
  for (const secret of [one.secret, two.secret]) {
    for (const { base } of [one, two]) {
      await expect.poll(async () => (await ask(`${base}/api/v1/class`, { token: secret })).status).toBe(200);
    }
  }
});

test('of first servers that start at the same instant one begins the class, and the others are told of it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const database = await newDatabase('postgres');
    const began = await Promise.allSettled(Array.from({ length: 4 }, () => openTestClass({ database, folder: testFolder() })));
    const [first, ...more] = began.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(more).toEqual([]);
    for (const each of began) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'whose-class' });
    expect((await openTestClass({ database, folder: testFolder(), code: first?.code ?? '' })).id).toBe(first?.id);
  }
});

test.each(databaseKinds)('a first class is added once, whoever tries at once (%s)', async (kind) => {
  const place = await newDatabase(kind);
  const databases = await Promise.all(Array.from({ length: kind === 'postgres' ? 8 : 1 }, () => openDatabase(place, () => {})));
  const stores = await Promise.all(databases.map((database, n) => openClassStore(database, `process-${n}`)));
  const tries = Array.from({ length: 8 }, (_, n) => ({ store: stores[n % stores.length], row: classRowOf(`class-${n}`) }));
  const added = await Promise.all(tries.map(({ store, row }) => store?.addFirstClass(row)));
  expect(added.filter((one) => one === true)).toHaveLength(1);
  const [store] = stores;
  expect(await store?.classesOn(testLesson.id)).toMatchObject([{ id: `class-${added.indexOf(true)}` }]);
  // Another lesson is nobody's yet, and whoever asks for another class gets it.
  const other = { ...classRowOf('other'), lesson: { ...testLesson, id: 'other' } };
  expect(await store?.addFirstClass(other)).toBe(true);
  await store?.addClass(classRowOf('second'));
  expect(await store?.classesOn(testLesson.id)).toHaveLength(2);
  await Promise.all(databases.map((database) => database.close()));
});

const classRowOf = (id: string): ClassRow => ({
  id,
  lesson: testLesson,
  title: 'A class',
  code: `CODE-${id}`,
  codeExpiresAt: null,
  gate: null,
  startedAt: 1,
  signingKey: 'key',
});

test('what is reported to one is on the other’s dashboard, with who is there', async () => {
  const [one, two] = await openTwo();
  const dashboard = await openEvents<ClassUpdate>(`${one.base}/api/v1/class/stream`, one.secret);
  const ada = await two.join('Ada');
  const stream = await ada.stream();
  await dashboard.until(() => newest(dashboard.events, ada.seat)?.online === true);
  await ada.does(
    { type: 'session-started', at: 1, host: 'ssh', version: '1' },
    { type: 'section-opened', at: 2, section: 'first' },
    { type: 'verdict-changed', at: 3, check: 'first/2', verdict: { status: 'fail', reason: 'wrong-owner' } },
  );
  await dashboard.until(() => newest(dashboard.events, ada.seat)?.checks['first/2']?.verdict.status === 'fail');
  stream.close();
  await dashboard.until(() => newest(dashboard.events, ada.seat)?.online === false);
  dashboard.close();
});

test('messages, the gate, a seen hand and a removal reach learners of the other server', async () => {
  const [one, two] = await openTwo();
  const ada = await two.join('Ada');
  await ada.does({ type: 'hand-raised', at: 5, note: 'help' });
  const stream = await ada.stream();
  // The first server may not have heard of a seat that is some ms old.
  await expect.poll(async () => (await one.teach('GET', `/seats/${ada.seat}`)).body.stand?.hand?.note).toBe('help');
  await one.teach('POST', '/messages', { to: { type: 'all' }, kind: 'message', check: null, text: 'Break at ten.' });
  await one.teach('POST', '/gate', { section: 'second' });
  await one.teach('POST', `/seats/${ada.seat}/hand-seen`);
  await stream.until((news) => news.type === 'message' && news.message.text === 'Break at ten.');
  await stream.until((news) => news.type === 'class' && news.class.gate === 'second');
  await stream.until((news) => news.type === 'hand-seen' && news.at === 5);
  await one.teach('DELETE', `/seats/${ada.seat}`);
  await stream.until(({ type }) => type === 'removed');
  expect((await ada.ask('GET', '/seat')).status).toBe(401);
});

test('a screen that is shared with one server is seen through the other', async () => {
  const [one, two] = await openTwo();
  const ada = await two.join('Ada');
  const stream = await ada.stream();
  await expect.poll(async () => (await one.teach('GET', `/seats/${ada.seat}`)).status).toBe(200);
  const { request } = (await one.teach('POST', `/seats/${ada.seat}/share`, {})).body;
  await stream.until((news) => news.type === 'share-asked' && news.request === request);
  const screen = await openEvents<{ rows: unknown[]; end?: string }>(`${one.base}/api/v1/seats/${ada.seat}/screen`, one.secret);
  const frame = { request, cols: 80, rows: [[{ text: '$ ls' }]], cursor: null };
  expect((await ada.ask('POST', '/seat/screen', frame)).status).toBe(204);
  await screen.until(({ rows }) => rows.length === 1);
  await ada.ask('POST', '/seat/screen', { ...frame, end: 'ended' });
  await screen.until(({ end }) => end === 'ended');
  stream.close();
});

test('one journal told to both at once is kept once', async () => {
  const [one, two] = await openTwo();
  const ada = await one.join('Ada');
  for (let at = 1; at < 100; at += 1) ada.journal.add({ type: 'other', at });
  const other = Object.create(ada, { base: { value: two.base } }) as TestLearner;
  await expect.poll(async () => (await other.ask('GET', '/seat')).status).toBe(200);
  const sends = Array.from({ length: 20 }, (_, n) =>
    (n % 2 ? ada : other).ask('POST', '/reports', ada.journal.request(0, 5 + n * 5)),
  );
  for (const { status } of await Promise.all(sends)) expect(status).toBe(200);
  for (const learner of [ada, other]) {
    await expect.poll(async () => (await learner.ask('GET', '/seat')).body.journals).toEqual({ [ada.journal.id]: 100 });
  }
  const page = (await two.teach('GET', `/seats/${ada.seat}`)).body;
  expect(page.journals[0].reports.map(({ seq }: { seq: number }) => seq)).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test('two instructors’ classes on lessons of one name, in one database, stay apart, also after a start', async () => {
  const [database, mine, yours] = [await newDatabase('postgres'), testFolder(), testFolder()];
  const monday = await openTestClass({ database, folder: mine });
  const ada = await monday.join('Ada');
  await expect(openTestClass({ database, folder: yours })).rejects.toMatchObject({ code: 'whose-class' });
  await expect(openTestClass({ database, folder: yours, code: 'AAAA-AAAA' })).rejects.toMatchObject({ code: 'whose-class' });
  const other = { ...testLesson, title: 'Another one', sections: testLesson.sections.slice(0, 1) };
  const tuesday = await openTestClass({ database, folder: yours, lesson: other, fresh: true });
  const bo = await tuesday.join('Bo');
  expect(tuesday.id).not.toBe(monday.id);
  const [own, foreign] = [ada.seat, bo.seat];
  expect((await tuesday.teach('GET', `/seats/${own}`)).status).toBe(404);
  expect((await ask(`${tuesday.base}/api/v1/class`, { token: monday.secret })).status).toBe(403);
  expect((await ask(`${tuesday.base}/api/v1/seat`, { token: ada.token })).status).toBe(401);
  const wanted = { lesson: testLesson.id, code: null };
  await expect(exportFromStore(database, { ...wanted, folder: testFolder() }, 'csv')).rejects.toMatchObject({
    code: 'whose-class',
  });
  expect(await exportFromStore(database, { ...wanted, folder: mine }, 'csv')).not.toContain('Bo');
  await monday.close();
  // The newest class in the database is the other one's.
  const again = await openTestClass({ database, folder: mine });
  expect(again).toMatchObject({
    id: monday.id,
    code: monday.code,
    secret: monday.secret,
    title: testLesson.title,
    resumedSeats: 1,
  });
  expect((await again.teach('GET', `/seats/${foreign}`)).status).toBe(404);
  // Told once, a machine remembers the class, also when its code is no more.
  const helping = testFolder();
  const helper = await openTestClass({ database, folder: helping, code: tuesday.code.toLowerCase(), lesson: other });
  await helper.close();
  const stale = await openTestClass({ database, folder: helping, code: 'AAAA-AAAA', lesson: other });
  expect(stale.id).toBe(tuesday.id);
});
