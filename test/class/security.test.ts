/** Who may do what: every route with every wrong key, codes, limits, and what one learner can do to another. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { MOST_BODY_BYTES } from '../../src/classroom/protocol/words.ts';
import { ask, FakeJournal } from '../support/class/learner.ts';
import { openTestClass, testFolder } from '../support/class/open-class.ts';

test('every route refuses everybody who has another role, before it looks at anything else', async () => {
  const room = await openTestClass();
  const ada = await room.join('Ada');
  const closed = room.routes.filter(({ role }) => role !== 'anybody');
  expect(closed.length).toBeGreaterThan(12);
  for (const { method, path, role } of closed) {
    const url = room.base + path.replace(':seat', ada.seat);
    const wrong = [null, 'nonsense', room.code, ada.seat, role === 'seat' ? room.secret : ada.token];
    for (const token of wrong) {
      const { status, body } = await ask(url, { method, token });
      expect([401, 403], `${method} ${path} with ${token}: ${status}`).toContain(status);
      expect(body).toEqual({
        error: expect.stringMatching(/^(unknown-seat|no-secret|not-instructor)$/),
        sentence: expect.any(String),
      });
    }
  }
  const open = room.routes.filter(({ role }) => role === 'anybody').map(({ path }) => path);
  expect(open.sort()).toEqual(['/api/v1/join', '/api/v1/projector', '/healthz']);
});

test('a learner can neither read nor write what is another one’s', async () => {
  const room = await openTestClass();
  const [ada, eve] = [await room.join('Ada'), await room.join('Eve')];
  await ada.does({ type: 'session-started', at: 1, host: 'ssh', version: '1' });
  // Eve knows Ada's journal, sends into it, and gets one of her own under the same name.
  expect((await eve.ask('POST', '/reports', ada.journal.request())).status).toBe(200);
  expect((await ada.ask('GET', '/seat')).body.journals).toEqual({ [ada.journal.id]: 2 });
  ada.journal.add({ type: 'lesson-finished', at: 2 });
  expect((await eve.ask('POST', '/reports', ada.journal.request())).body).toEqual({ next: 3 });
  expect((await ada.ask('GET', '/seat')).body.journals).toEqual({ [ada.journal.id]: 2 });
  const page = (await room.teach('GET', `/seats/${ada.seat}`)).body;
  expect(page.stand.state).not.toBe('done');
  const record = await eve.ask('POST', '/seat/record', { journal: ada.journal.id, head: ada.journal.head });
  expect(record.body.record.learner.name).toBe('Eve');
});

test('wrong codes are counted by address, and a right one is refused as well until a while has passed', async () => {
  const room = await openTestClass({ behindProxy: true });
  const join = (code: string, from: string) =>
    fetch(`${room.base}/api/v1/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `6.6.6.6, ${from}` },
      body: JSON.stringify({ protocol: 1, code, name: 'Ada' }),
    });
  const statuses: number[] = [];
  for (let n = 0; n < 70; n += 1) statuses.push((await join('AAAA-AAAA', '10.0.0.1')).status);
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 403));
  expect(statuses.at(-1)).toBe(429);
  const refused = await join(room.code, '10.0.0.1');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await join(room.code, '10.0.0.2')).status).toBe(200);
});

test('a code expires, and another one is made at the next start', async () => {
  const folder = testFolder();
  let now = Date.now();
  const room = await openTestClass({ folder, codeLastsMs: 60_000, now: () => now });
  const ada = await room.join('Ada');
  now += 60_001;
  const late = await ask(`${room.base}/api/v1/join`, { method: 'POST', body: { protocol: 1, code: room.code, name: 'Bob' } });
  expect(late).toMatchObject({ status: 403, body: { error: 'code-expired' } });
  // Who is in stays in.
  expect((await ada.ask('GET', '/seat')).status).toBe(200);
  await room.close();
  const next = await openTestClass({ folder, codeLastsMs: 60_000, now: () => now });
  expect(next.code).not.toBe(room.code);
  expect((await next.join('Bob')).answer.name).toBe('Bob');
});

test('neither tokens nor secrets are kept, nor names, notes or tokens logged', async () => {
  const folder = testFolder();
  const room = await openTestClass({ folder });
  const ada = await room.join('Adalgisa');
  await ada.does({ type: 'hand-raised', at: 1, note: 'private-note' });
  await ask(`${room.base}/api/v1/class`, { token: ada.token });
  await vi.waitFor(() => expect(readFileSync(join(folder, 'class.log'), 'utf8')).toContain('refused'));
  for (const name of readdirSync(folder)) expect((statSync(join(folder, name)).mode & 0o077).toString(8), name).toBe('0');
  await room.close();
  const kept = readFileSync(join(folder, 'class.db'), 'latin1');
  expect(kept).toContain('Adalgisa');
  for (const secret of [ada.token, room.secret]) expect(kept).not.toContain(secret);
  const log = readFileSync(join(folder, 'class.log'), 'utf8');
  for (const word of ['Adalgisa', 'private-note', ada.token, room.secret, room.code]) expect(log).not.toContain(word);
});

test('a body that is too large is refused, said or not said beforehand', async () => {
  const room = await openTestClass();
  const ada = await room.join('Ada');
  const large = JSON.stringify({ journal: 'x'.repeat(MOST_BODY_BYTES) });
  expect((await ada.ask('POST', '/reports', large)).status).toBe(413);
  const chunked = await new Promise<number>((resolve, reject) => {
    const sent = httpRequest(`${room.base}/api/v1/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    });
    sent.on('response', (response) => resolve(response.statusCode ?? 0)).on('error', reject);
    for (let n = 0; n < 40; n += 1) sent.write('x'.repeat(10_000));
    sent.end();
  });
  expect(chunked).toBe(413);
  expect((await ada.does({ type: 'other', at: 1 })).status).toBe(200);
});

test('one seat that sends without end is slowed down, and nobody else is', async () => {
  const room = await openTestClass();
  const [ada, bob] = [await room.join('Ada'), await room.join('Bob')];
  await ada.does();
  const statuses = await Promise.all(
    Array.from({ length: 200 }, async () => (await ada.ask('POST', '/reports', ada.journal.request())).status),
  );
  expect(statuses).toContain(429);
  expect((await bob.does({ type: 'other', at: 1 })).status).toBe(200);
});

test('a reader that does not read is cut off, and nobody waits for it', async () => {
  const room = await openTestClass();
  const ada = await room.join('Ada');
  const { request } = (await room.teach('POST', `/seats/${ada.seat}/share`, {})).body;
  const lazy = connect(room.port, '127.0.0.1');
  lazy.write(`GET /api/v1/seats/${ada.seat}/screen HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${room.secret}\r\n\r\n`);
  await new Promise((resolve) => lazy.once('data', resolve));
  lazy.pause();
  let cut = false;
  lazy
    .on('error', () => {})
    .on('close', () => {
      cut = true;
    });
  const rows = Array.from({ length: 200 }, () => [{ text: 'x'.repeat(1000) }]);
  // What the two sockets' buffers take comes before what the server would have to keep.
  await vi.waitFor(
    async () => {
      const { status } = await ada.ask('POST', '/seat/screen', { request, cols: 1000, rows, cursor: null });
      expect([204, 429]).toContain(status);
      const metrics = (await ask(`${room.base}/metrics`, { token: room.secret })).body as string;
      expect(metrics).toMatch(/^lockstep_slow_readers_total 1$/m);
    },
    { timeout: 30_000, interval: 20 },
  );
  lazy.resume();
  await vi.waitFor(() => expect(cut).toBe(true), { timeout: 5000 });
});

test('a journal of another lesson is not taken', async () => {
  const room = await openTestClass();
  const ada = await room.join('Ada');
  const other = new FakeJournal('other-lesson');
  expect((await ada.ask('POST', '/reports', other.request())).body.error).toBe('other-lesson');
});
