import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompletionRecord } from '../protocol/record.ts';
import { canonicalJson } from './canonical.ts';
import { recordPage } from './record-page.ts';
import { fingerprintOf, newSigningKey, publicKeyOf, signRecord } from './sign.ts';
import { verifyRecordText } from './verify.ts';

const record: CompletionRecord = {
  format: 'lockstep-completion-record',
  version: 1,
  class: { id: 'class-0000', title: 'A class <b>' },
  learner: { seat: 'seat-0000', name: '</script><script>alert(1)' },
  lesson: { id: 'lesson', title: 'Lesson', hash: 'abc' },
  host: 'sandbox',
  startedAt: 1,
  finishedAt: 2,
  sections: [{ id: 'a', title: 'A', status: 'done', openedAt: 1, closedAt: 120_001, solvedBy: 'learner', hints: 2 }],
  journal: { id: 'a'.repeat(64), head: 'b'.repeat(64), lines: 7 },
  firstHeardAt: 1,
  signedAt: 3,
};

test('the same value is the same text, in whatever order it was put together', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a page carries its record whole, and nothing in it is markup', () => {
  const key = newSigningKey();
  const page = recordPage(signRecord(record, key));
  expect(verifyRecordText(page)).toEqual({ good: true, record, fingerprint: fingerprintOf(publicKeyOf(key)) });
  expect(page).not.toContain('<script>alert');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
});

test('any other record, key or signature is found', () => {
  const signed = signRecord(record, newSigningKey());
  const other = signRecord(record, newSigningKey());
  const good = (value: unknown) => verifyRecordText(JSON.stringify(value)).good;
  expect(good({ ...signed, record: { ...record, finishedAt: 4 } })).toBe(false);
  expect(good({ ...signed, signature: { ...signed.signature, key: other.signature.key } })).toBe(false);
  expect(good({ ...signed, signature: { ...signed.signature, value: other.signature.value } })).toBe(false);
  expect(good({ ...signed, signature: { ...signed.signature, key: 'AAAA' } })).toBe(false);
  expect(() => verifyRecordText('{}')).toThrow(/not a completion record/);
  expect(() => verifyRecordText('<html>')).toThrow(/not a completion record/);
});
