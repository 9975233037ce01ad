/** Ten thousand bad requests made from the protocol's own schema: every one is refused, and nobody else notices. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { classSnapshot, gateRequest, sendRequest } from '../../src/classroom/protocol/instructor-api.ts';
import { joinRequest, recordRequest, reportsRequest, screenFrame } from '../../src/classroom/protocol/learner-api.ts';
import { fitting, spoiled } from '../support/class/from-schema.ts';
import { ask } from '../support/class/learner.ts';
import { databaseKinds, disposeDatabases, newDatabase, openTestClass } from '../support/class/open-class.ts';

afterAll(disposeDatabases);

/** Requests for each database; two databases make ten thousand. */
const REQUESTS = 5000;

const targets = [
  { path: '/join', schema: joinRequest, role: 'anybody' },
  { path: '/reports', schema: reportsRequest, role: 'seat' },
  { path: '/seat/screen', schema: screenFrame, role: 'seat' },
  { path: '/seat/record', schema: recordRequest, role: 'seat' },
  { path: '/messages', schema: sendRequest, role: 'instructor' },
  { path: '/gate', schema: gateRequest, role: 'instructor' },
] as const;

/** What is no JSON of the schema: a spoiled value, or no JSON at all. */
const badBody = (schema: z.ZodType): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: spoiled(z.toJSONSchema(schema, { io: 'input' })).map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
    { weight: 1, arbitrary: fitting(z.toJSONSchema(schema, { io: 'input' })).map((value) => JSON.stringify(value).slice(0, -1)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'null', '[]', '{"__proto__":{}}', `${'['.repeat(50_000)}`, '"\\u0000"', '1e999'),
    },
  );

describe.each(databaseKinds)('%s', (kind) => {
  test('no bad request is taken, none makes a 500, and others go on', async () => {
    const room = await openTestClass({ database: await newDatabase(kind), behindProxy: true });
    const good = await room.join('Good');
    const bad = await Promise.all(Array.from({ length: 40 }, (_, n) => room.join(`Bad ${n}`)));
    const stream = await good.stream();
    const requests = targets.flatMap(({ path, schema, role }, at) =>
      fc
        .sample(
          badBody(schema).filter((body) => !isValid(schema, body)),
          { numRuns: Math.ceil(REQUESTS / targets.length), seed: 7 + at },
        )
        .map((body) => ({ path, role, body })),
    );
    const counts = new Map<number, number>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let n = next++; n < requests.length; n = next++) {
        const { path, role, body } = requests[n]!;
        const token = { anybody: null, seat: bad[n % bad.length]!.token, instructor: room.secret }[role];
        const response = await fetch(`${room.base}/api/v1${path}`, {
          method: 'POST',
          headers: {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
          },
          body,
        });
        const text = await response.text();
        counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
        expect([400, 413, 429], `${path} ${response.status} ${text} for ${body.slice(0, 300)}`).toContain(response.status);
        expect(JSON.parse(text)).toMatchObject({ error: expect.any(String), sentence: expect.any(String) });
        if (n % 50 === 0) expect((await good.does({ type: 'other', at: n })).status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 10 }, work));
    expect(counts.get(400)).toBeGreaterThan(REQUESTS * 0.8);
    const snapshot = classSnapshot.parse((await room.teach('GET', '/class')).body);
    expect(snapshot.seats).toHaveLength(41);
    expect(snapshot.class.gate).toBeNull();
    expect(snapshot.seats.find(({ seat }) => seat === good.seat)).toMatchObject({ online: true });
    expect((await good.ask('GET', '/seat')).body.journals).toEqual({ [good.journal.id]: good.journal.reports.length });
    for (const { seat } of bad) expect((await room.teach('GET', `/seats/${seat}`)).body.journals).toEqual([]);
    expect(stream.events.map(({ type }) => type)).toEqual(['class']);
    stream.close();
  }, 120_000);

  test('replayed, reordered, doubled and forged reports leave exactly the journal that there is', async () => {
    const room = await openTestClass({ database: await newDatabase(kind) });
    const learners = await Promise.all(Array.from({ length: 8 }, (_, n) => room.join(`Learner ${n}`)));
    const shuffled = fc.sample(
      fc.array(fc.record({ from: fc.nat(59), length: fc.integer({ min: 1, max: 20 }), forged: fc.boolean() }), {
        minLength: 60,
        maxLength: 60,
      }),
      { numRuns: learners.length, seed: 11 },
    );
    await Promise.all(
      learners.map(async (learner, n) => {
        for (let at = 1; at < 60; at += 1)
          learner.journal.add({ type: 'section-opened', at, section: at % 2 ? 'first' : 'second' });
        for (const { from, length, forged } of shuffled[n]!) {
          const body = structuredClone(learner.journal.request(from, from + length)) as { reports: { hash: string }[] };
          if (forged) body.reports[0]!.hash = 'e'.repeat(64);
          const { status } = await learner.ask('POST', '/reports', body);
          expect([200, 409, 429]).toContain(status);
          if (forged) break;
        }
      }),
    );
    for (const learner of learners) {
      const known = (await learner.ask('GET', '/seat')).body.journals[learner.journal.id] ?? 0;
      const page = (await room.teach('GET', `/seats/${learner.seat}`)).body;
      const kept = page.journals.find(({ id }: { id: string }) => id === learner.journal.id)?.reports ?? [];
      expect(kept.map(({ seq, hash }: { seq: number; hash: string }) => ({ seq, hash }))).toEqual(
        learner.journal.reports.slice(0, known).map(({ seq, hash }) => ({ seq, hash })),
      );
    }
  });

  test('addresses that lead nowhere, and odd methods, are refused', async () => {
    const room = await openTestClass({
      database: await newDatabase(kind),
      pages: new URL('../support', import.meta.url).pathname,
    });
    for (const path of [
      '/../class.db',
      '/%2e%2e/class.db',
      '/..%2fclass.db',
      '/class/..%2f..%2fclass.db',
      '/api/v1/nothing',
      '/%00',
      '/reporter.ts',
    ]) {
      expect((await ask(room.base + path)).status, path).toBe(404);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect((await ask(`${room.base}/api/v1/class`, { method, token: room.secret })).status, method).toBe(404);
    }
  });
});

function isValid(schema: z.ZodType, body: string): boolean {
  try {
    return schema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}
