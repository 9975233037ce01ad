/** A class from its first learner to its record, through the server's own routes. */
import { afterAll, describe, expect, test } from 'vitest';
import {
  type ClassUpdate,
  classSnapshot,
  projectorView,
  type SeatStand,
  seatPage,
} from '../../src/classroom/protocol/instructor-api.ts';
import { signedRecord } from '../../src/classroom/protocol/record.ts';
import { verifyRecordText } from '../../src/classroom/record/verify.ts';
import type { ClassServerOptions } from '../../src/classroom/server/class-server.ts';
import { openEvents } from '../support/class/events.ts';
import { ask } from '../support/class/learner.ts';
import {
  databaseKinds,
  disposeDatabases,
  newDatabase,
  openTestClass,
  type TestClass,
  testFolder,
} from '../support/class/open-class.ts';

afterAll(disposeDatabases);

const at = (): number => Date.now();
const started = () => ({ type: 'session-started', at: at(), host: 'sandbox', version: '1' }) as const;
const opened = (section: string) => ({ type: 'section-opened', at: at(), section }) as const;
const broke = () => ({ type: 'step-failed', at: at(), block: 'first:1' }) as const;
const fails = (check: string, reason: string) =>
  ({ type: 'verdict-changed', at: at(), check, verdict: { status: 'fail', reason } }) as const;

/** The newest stand of a seat in a stream of updates. */
function standIn(updates: readonly ClassUpdate[], seat: string): SeatStand | undefined {
  return updates
    .flatMap((update) => (update.type === 'snapshot' ? update.snapshot.seats : update.seats))
    .findLast((stand) => stand.seat === seat);
}

describe.each(databaseKinds)('%s', (kind) => {
  const openClass = async (options: Partial<ClassServerOptions> = {}): Promise<TestClass> =>
    openTestClass({ database: await newDatabase(kind), ...options });

  test('learners join, report, and stand in the snapshot as the protocol has it', async () => {
    const room = await openClass();
    const ada = await room.join('  Ada \u202e\u0007 Lovelace ');
    expect(ada.answer.name).toBe('Ada Lovelace');
    expect((await ada.does(started(), opened('first'), fails('first/2', 'wrong-owner'))).body).toEqual({ next: 4 });

    const snapshot = classSnapshot.parse((await room.teach('GET', '/class')).body);
    expect(snapshot.seats).toEqual([
      expect.objectContaining({ name: 'Ada Lovelace', host: 'sandbox', open: 'first', online: false, state: 'offline' }),
    ]);
    expect(snapshot.seats[0]?.checks['first/2']?.verdict).toEqual({ status: 'fail', reason: 'wrong-owner' });
    const page = seatPage.parse((await room.teach('GET', `/seats/${ada.seat}`)).body);
    expect(page.journals[0]?.reports.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    const seat = (await ada.ask('GET', '/seat')).body;
    expect(seat).toMatchObject({ seat: ada.seat, journals: { [ada.journal.id]: 4 } });
  });

  test('what is known is taken again, a hole is refused with the number that is wanted, another journal is refused', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    ada.journal.add(started(), opened('first'), opened('second'));
    expect(await ada.ask('POST', '/reports', ada.journal.request(0, 2))).toMatchObject({ status: 200, body: { next: 2 } });
    expect(await ada.ask('POST', '/reports', ada.journal.request(0, 3))).toMatchObject({ status: 200, body: { next: 3 } });
    expect(await ada.ask('POST', '/reports', ada.journal.request(0, 1))).toMatchObject({ status: 200, body: { next: 3 } });
    ada.journal.add(started());
    expect(await ada.ask('POST', '/reports', ada.journal.request(4))).toMatchObject({
      status: 409,
      body: { error: 'gap', next: 3 },
    });
    const forged = structuredClone(ada.journal.request(1, 2)) as { reports: { hash: string }[] };
    forged.reports[0]!.hash = 'f'.repeat(64);
    expect(await ada.ask('POST', '/reports', forged)).toMatchObject({ status: 409, body: { error: 'other-journal' } });
    expect((await ada.ask('GET', '/seat')).body.journals).toEqual({ [ada.journal.id]: 3 });
  });

  test('a dashboard sees who is there, who is stuck and who raises a hand as it happens', async () => {
    const room = await openClass();
    const dashboard = await openEvents<ClassUpdate>(`${room.base}/api/v1/class/stream`, room.secret);
    const [ada, bob] = [await room.join('Ada'), await room.join('Bob')];
    const streams = [await ada.stream(), await bob.stream()];
    for (const learner of [ada, bob]) await learner.does(started(), opened('first'), broke(), fails('first/2', 'wrong-owner'));
    await bob.does({ type: 'hand-raised', at: at(), note: 'what is chown?' });
    await dashboard.until(() => standIn(dashboard.events, bob.seat)?.hand?.note === 'what is chown?');
    expect(standIn(dashboard.events, ada.seat)).toMatchObject({ online: true, state: 'working', open: 'first', hand: null });
    const last = dashboard.events.at(-1)!;
    expect(last.type === 'changed' && last.clusters).toEqual([
      { check: 'first/2', reason: 'wrong-owner', seats: [ada.seat, bob.seat], of: 2 },
    ]);
    expect(standIn(dashboard.events, bob.seat)!.need).toBeGreaterThan(standIn(dashboard.events, ada.seat)!.need);

    expect((await room.teach('POST', `/seats/${bob.seat}/hand-seen`)).status).toBe(204);
    await streams[1]!.until(({ type }) => type === 'hand-seen');
    await dashboard.until(() => standIn(dashboard.events, bob.seat)?.hand === null);
    streams[0]!.close();
    await dashboard.until(() => standIn(dashboard.events, ada.seat)?.state === 'offline');
    for (const stream of [dashboard, streams[1]!]) stream.close();
  });

  test('what is said reaches one, a cluster or all, again until it was shown', async () => {
    const room = await openClass();
    const [ada, bob, cleo] = [await room.join('Ada'), await room.join('Bob'), await room.join('Cleo')];
    const streams = await Promise.all([ada, bob, cleo].map((learner) => learner.stream()));
    for (const learner of [ada, bob]) await learner.does(started(), opened('first'), broke(), fails('first/2', 'wrong-owner'));
    const hint = { kind: 'hint', check: 'first/2', text: 'Look at chown.' };
    const sent = await room.teach('POST', '/messages', {
      ...hint,
      to: { type: 'cluster', check: 'first/2', reason: 'wrong-owner' },
    });
    expect(sent.body).toEqual({ sent: 2 });
    const news = await streams[0]!.until(({ type }) => type === 'message');
    await streams[1]!.until(({ type }) => type === 'message');
    expect(streams[2]!.events.some(({ type }) => type === 'message')).toBe(false);
    for (const stream of streams) stream.close();

    const id = news.type === 'message' ? news.message.id : '';
    await ada.does({ type: 'message-shown', at: 77, message: id });
    const again = [await ada.stream(), await bob.stream()];
    await again[1]!.until((own) => own.type === 'message' && own.message.id === id);
    expect(again[0]!.events.some(({ type }) => type === 'message')).toBe(false);
    const page = seatPage.parse((await room.teach('GET', `/seats/${ada.seat}`)).body);
    expect(page.messages).toEqual([expect.objectContaining({ id, shownAt: 77 })]);
    expect(
      (await room.teach('POST', '/messages', { ...hint, check: null, kind: 'message', to: { type: 'all' } })).body.sent,
    ).toBe(3);
    for (const stream of again) stream.close();
  });

  test('the gate is told to everybody, and who is before it waits', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    const stream = await ada.stream();
    expect((await room.teach('POST', '/gate', { section: 'nowhere' })).status).toBe(404);
    expect((await room.teach('POST', '/gate', { section: 'second' })).status).toBe(204);
    await stream.until((news) => news.type === 'class' && news.class.gate === 'second');
    await ada.does(started(), opened('first'), { type: 'section-done', at: at(), section: 'first', by: 'learner' });
    const waiting = classSnapshot.parse((await room.teach('GET', '/class')).body);
    expect(waiting.seats[0]?.state).toBe('waiting');
    await room.teach('POST', '/gate', { section: null });
    await stream.until((news) => news.type === 'class' && stream.events.length > 2 && news.class.gate === null);
    stream.close();
  });

  test('a screen is seen only while its learner allows it', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    const stream = await ada.stream();
    const frame = { cols: 80, rows: [[{ text: '$ ls' }]], cursor: null };
    expect((await room.teach('GET', `/seats/${ada.seat}/screen`)).status).toBe(409);
    expect((await ada.ask('POST', '/seat/screen', { ...frame, request: 'x'.repeat(22) })).status).toBe(403);
    const { request } = (await room.teach('POST', `/seats/${ada.seat}/share`, {})).body;
    await stream.until((news) => news.type === 'share-asked' && news.request === request);
    const screen = await openEvents<{ end?: string }>(`${room.base}/api/v1/seats/${ada.seat}/screen`, room.secret);
    expect((await ada.ask('POST', '/seat/screen', { ...frame, request })).status).toBe(204);
    expect(await screen.until(() => true)).toMatchObject(frame);
    expect((await ada.ask('POST', '/seat/screen', { ...frame, request, end: 'ended' })).status).toBe(204);
    await screen.until(({ end }) => end === 'ended');
    await screen.ended;
    expect((await ada.ask('POST', '/seat/screen', { ...frame, request })).body.error).toBe('not-shared');
    stream.close();
  });

  test('a removed seat is told so, and its token is worth nothing from then on', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    const stream = await ada.stream();
    await ada.does(started());
    expect((await room.teach('DELETE', `/seats/${ada.seat}`)).status).toBe(204);
    await stream.until(({ type }) => type === 'removed');
    await stream.ended;
    expect((await ada.does(opened('first'))).body.error).toBe('unknown-seat');
    expect((await room.teach('GET', `/seats/${ada.seat}`)).status).toBe(404);
  });

  test('a server that starts again goes on with the same class, code, secret and seats', async () => {
    const [folder, database] = [testFolder(), await newDatabase(kind)];
    const first = await openClass({ folder, database });
    const ada = await first.join('Ada');
    await ada.does(started(), opened('first'));
    const stream = await ada.stream();
    await first.close();
    await stream.ended;

    const second = await openClass({ folder, database });
    expect(second).toMatchObject({ id: first.id, code: first.code, secret: first.secret, resumedSeats: 1 });
    const snapshot = classSnapshot.parse((await second.teach('GET', '/class')).body);
    expect(snapshot.seats[0]).toMatchObject({ seat: ada.seat, open: 'first' });
    await second.close();
    const third = await openClass({ folder, database, newSecrets: true });
    expect(third.id).toBe(first.id);
    expect([third.code, third.secret]).not.toEqual([first.code, first.secret]);
    expect((await ask(`${third.base}/api/v1/class`, { token: first.secret })).status).toBe(403);
    await third.close();
    const fresh = await openClass({ folder, database, fresh: true });
    expect(fresh.id).not.toBe(first.id);
    expect(fresh.resumedSeats).toBeNull();
  });

  test('a record is signed for the newest line alone, and any change of it is found', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    await ada.does(started(), opened('first'), { type: 'section-done', at: at(), section: 'first', by: 'program' });
    ada.journal.add({ type: 'lesson-finished', at: at() });
    const ask1 = { journal: ada.journal.id, head: ada.journal.head };
    expect(await ada.ask('POST', '/seat/record', ask1)).toMatchObject({ status: 409, body: { error: 'behind', next: 4 } });
    const old = { journal: ada.journal.id, head: ada.journal.reports[2]!.hash };
    await ada.does();
    expect(await ada.ask('POST', '/seat/record', old)).toMatchObject({ status: 409, body: { error: 'other-journal' } });
    const signed = signedRecord.parse((await ada.ask('POST', '/seat/record', ask1)).body);
    expect(signed.record).toMatchObject({ learner: { name: 'Ada' }, journal: { lines: 5, head: ada.journal.head } });
    expect(signed.record.sections[1]).toMatchObject({ status: 'done', solvedBy: 'program' });
    expect(verifyRecordText(JSON.stringify(signed))).toMatchObject({ good: true, fingerprint: room.fingerprint });
    const changed = structuredClone(signed);
    changed.record.learner.name = 'Bob';
    expect(verifyRecordText(JSON.stringify(changed)).good).toBe(false);
  });

  test('the wall gets progress without names, with the join code', async () => {
    const room = await openClass();
    const ada = await room.join('Ada');
    await ada.does(started(), opened('first'), { type: 'hand-raised', at: at(), note: '' });
    const { body } = await ask(`${room.base}/api/v1/projector`, { token: room.code.toLowerCase() });
    const view = projectorView.parse(body);
    expect(view).toMatchObject({ seats: 1, hands: 1, gate: null });
    expect(view.sections[1]).toMatchObject({ id: 'first', here: 1, done: 0 });
    expect(JSON.stringify(body)).not.toContain('Ada');
    expect((await ask(`${room.base}/api/v1/projector`, { token: 'AAAA-AAAA' })).status).toBe(403);
  });

  test('attendance is exported; names cannot be formulas or markup', async () => {
    const room = await openClass();
    await room.join('=HYPERLINK("x")');
    await room.join('<b>Bob</b>');
    const csv = (await room.teach('GET', '/export?format=csv')).body as string;
    expect(csv.split('\r\n')[1]).toMatch(/^"'=HYPERLINK\(""x""\)",/);
    const html = (await room.teach('GET', '/export?format=html')).body as string;
    expect(html).toContain('&lt;b&gt;Bob&lt;/b&gt;');
    expect(html).not.toContain('<b>Bob');
    expect((await room.teach('GET', '/export?format=json')).body.learners).toHaveLength(2);
    expect((await room.teach('GET', '/export?format=exe')).status).toBe(400);
  });

  test('health, metrics and headers', async () => {
    const room = await openClass();
    await room.join('Ada');
    const health = await ask(`${room.base}/healthz`);
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(health.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect((await ask(`${room.base}/metrics`)).status).toBe(401);
    const metrics = (await ask(`${room.base}/metrics`, { token: room.secret })).body as string;
    expect(metrics).toMatch(/^lockstep_seats 1$/m);
    expect(metrics).toMatch(/^lockstep_requests_total\{route="\/api\/v1\/join",status="200"\} 1$/m);
  });
});
