import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newHeader } from '../../journal/record.ts';
import type { DurableEvent } from '../../session/events.ts';
import { report } from '../protocol/report.ts';
import { reportOf, withoutContents } from './report-of.ts';

const hash = 'a'.repeat(64);
const at = 1_700_000_000_000;

/** What must never leave the learner's machine, wherever in an event it stands. */
const secret = 'sudo rm -rf /home/ada/thesis.tex';

type Samples = { readonly [T in DurableEvent['type']]: Extract<DurableEvent, { type: T }> };

/** One of each kind, with the secret in every place that can hold words. The type makes the table whole. */
const samples = (words: string): Samples => ({
  'session-started': { type: 'session-started', at, lesson: words, hash: words, host: 'sandbox', version: '1.0.0' },
  'session-resumed': { type: 'session-resumed', at, hash: words, host: 'ssh', version: '1.0.0' },
  'section-opened': { type: 'section-opened', at, section: 's1' },
  'section-prepared': { type: 'section-prepared', at, section: 's1' },
  'section-done': { type: 'section-done', at, section: 's1', by: 'program' },
  'section-skipped': { type: 'section-skipped', at, section: 's1' },
  'step-started': { type: 'step-started', at, block: 's1:1', by: 'learner' },
  'step-finished': { type: 'step-finished', at, block: 's1:1' },
  'step-failed': { type: 'step-failed', at, block: 's1:1', sentence: words },
  'file-written': { type: 'file-written', at, block: 's1:2', path: words, backup: words, by: 'learner' },
  'verdict-changed': {
    type: 'verdict-changed',
    at,
    check: 's1/1',
    verdict: { status: 'fail', reason: 'wrong-owner', expected: words, actual: words, sentence: words },
    held: at,
    after: words,
  },
  'question-answered': { type: 'question-answered', at, check: 's1/1', given: [words], right: false, by: 'learner' },
  'hint-revealed': { type: 'hint-revealed', at, section: 's1', check: 's1/1' },
  'monitor-summed': { type: 'monitor-summed', at, section: 's1', served: 10, failed: 1, slowestMs: 12.5 },
  'snapshot-taken': { type: 'snapshot-taken', at, section: 's1', tookMs: 3 },
  'baseline-taken': { type: 'baseline-taken', at, section: 's1', holds: [words] },
  'section-rewound': { type: 'section-rewound', at, section: 's1', how: 'snapshot', tookMs: 3 },
  'catch-up-started': { type: 'catch-up-started', at, to: 's3' },
  'catch-up-ended': { type: 'catch-up-ended', at, to: 's3', sentence: words },
  'rewind-begun': { type: 'rewind-begun', at, section: 's1', how: 'snapshot' },
  'rewind-failed': { type: 'rewind-failed', at, section: 's1', sentence: words },
  'count-restarted': { type: 'count-restarted', at, section: 's1' },
  'lesson-finished': { type: 'lesson-finished', at },
  'hand-raised': { type: 'hand-raised', at, note: 'I am stuck' },
  'hand-lowered': { type: 'hand-lowered', at },
  'message-shown': { type: 'message-shown', at, message: 'm-12345678', kind: 'hint', check: 's1/1', text: words },
  'message-read': { type: 'message-read', at, message: 'm-12345678' },
});

const told = Object.entries(samples(secret)).map(([type, body]) => [type, reportOf({ seq: 7, hash, body }).event] as const);

test.each(told)('%s is told as the protocol has it, without a word of what was on the screen', (_, event) => {
  expect(report.safeParse({ seq: 7, hash, event }).success).toBe(true);
  expect(JSON.stringify(event)).not.toContain(secret);
});

describe('what is told', () => {
  test('of each kind of event', () => {
    expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
      {
        "baseline-taken": {
          "at": 1700000000000,
          "type": "other",
        },
        "catch-up-ended": {
          "at": 1700000000000,
          "to": "s3",
          "type": "catch-up-ended",
        },
        "catch-up-started": {
          "at": 1700000000000,
          "to": "s3",
          "type": "catch-up-started",
        },
        "count-restarted": {
          "at": 1700000000000,
          "type": "other",
        },
        "file-written": {
          "at": 1700000000000,
          "block": "s1:2",
          "type": "file-written",
        },
        "hand-lowered": {
          "at": 1700000000000,
          "type": "hand-lowered",
        },
        "hand-raised": {
          "at": 1700000000000,
          "note": "I am stuck",
          "type": "hand-raised",
        },
        "hint-revealed": {
          "at": 1700000000000,
          "check": "s1/1",
          "section": "s1",
          "type": "hint-revealed",
        },
        "lesson-finished": {
          "at": 1700000000000,
          "type": "lesson-finished",
        },
        "message-read": {
          "at": 1700000000000,
          "type": "other",
        },
        "message-shown": {
          "at": 1700000000000,
          "message": "m-12345678",
          "type": "message-shown",
        },
        "monitor-summed": {
          "at": 1700000000000,
          "failed": 1,
          "section": "s1",
          "served": 10,
          "slowestMs": 12.5,
          "type": "monitor-summed",
        },
        "question-answered": {
          "at": 1700000000000,
          "check": "s1/1",
          "type": "verdict-changed",
          "verdict": {
            "reason": "wrong-answer",
            "status": "fail",
          },
        },
        "rewind-begun": {
          "at": 1700000000000,
          "type": "other",
        },
        "rewind-failed": {
          "at": 1700000000000,
          "type": "other",
        },
        "section-done": {
          "at": 1700000000000,
          "by": "program",
          "section": "s1",
          "type": "section-done",
        },
        "section-opened": {
          "at": 1700000000000,
          "section": "s1",
          "type": "section-opened",
        },
        "section-prepared": {
          "at": 1700000000000,
          "section": "s1",
          "type": "section-prepared",
        },
        "section-rewound": {
          "at": 1700000000000,
          "how": "snapshot",
          "section": "s1",
          "type": "section-rewound",
        },
        "section-skipped": {
          "at": 1700000000000,
          "section": "s1",
          "type": "section-skipped",
        },
        "session-resumed": {
          "at": 1700000000000,
          "host": "ssh",
          "type": "session-resumed",
          "version": "1.0.0",
        },
        "session-started": {
          "at": 1700000000000,
          "host": "sandbox",
          "type": "session-started",
          "version": "1.0.0",
        },
        "snapshot-taken": {
          "at": 1700000000000,
          "type": "other",
        },
        "step-failed": {
          "at": 1700000000000,
          "block": "s1:1",
          "type": "step-failed",
        },
        "step-finished": {
          "at": 1700000000000,
          "block": "s1:1",
          "type": "step-finished",
        },
        "step-started": {
          "at": 1700000000000,
          "block": "s1:1",
          "by": "learner",
          "type": "step-started",
        },
        "verdict-changed": {
          "at": 1700000000000,
          "check": "s1/1",
          "type": "verdict-changed",
          "verdict": {
            "reason": "wrong-owner",
            "status": "fail",
          },
        },
      }
    `);
  });

  test('of the first line', () => {
    expect(reportOf({ seq: 0, hash, body: newHeader(at) })).toEqual({ seq: 0, hash, event: { type: 'journal-begun', at } });
  });

  test('who solved a section is always said', () => {
    const { event } = reportOf({ seq: 1, hash, body: { type: 'section-done', at, section: 's1' } });
    expect(event).toEqual({ type: 'section-done', at, section: 's1', by: 'learner' });
  });
});

test('whatever a journal holds becomes a report that a server takes', () => {
  const types = fc.constantFrom(...Object.keys(samples('')), 'unheard-of', 'toString', '__proto__');
  const body = fc
    .record({ type: types, at: fc.oneof(fc.integer(), fc.double()) })
    .chain((base) =>
      fc
        .dictionary(fc.constantFrom('section', 'check', 'block', 'note', 'host', 'version', 'verdict', 'to', 'by'), fc.anything())
        .map((more) => ({ ...more, ...base })),
    );
  fc.assert(
    fc.property(body, (event) => {
      const made = reportOf({ seq: 1, hash, body: event as DurableEvent });
      expect(report.safeParse(made).success).toBe(true);
    }),
  );
});

test('no words of commands, paths, outputs or sentences are in any report', () => {
  const words = fc
    .string({ minLength: 12, unit: 'grapheme' })
    .filter((text) => text.trim().length > 10 && !/^[a-z0-9-]+$/.test(text));
  fc.assert(
    fc.property(words, (text) => {
      const lines = Object.values(samples(text)).map((body) => JSON.stringify(reportOf({ seq: 1, hash, body })));
      expect(lines.filter((line) => line.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
    }),
  );
});

test('a reason that is a sentence is not passed on', () => {
  const verdict = { status: 'error', reason: secret, sentence: secret } as const;
  const { event } = reportOf({ seq: 1, hash, body: { type: 'verdict-changed', at, check: 's1/1', verdict } });
  expect(event).toMatchObject({ verdict: { status: 'error', reason: 'other' } });
});

test('an id that is too long for the protocol costs its line its contents, not its number', () => {
  const made = reportOf({ seq: 1, hash, body: { type: 'section-opened', at, section: 'x'.repeat(300) } });
  expect(made).toEqual({ seq: 1, hash, event: { type: 'other', at } });
});

test('without contents there is the number, the hash and the time', () => {
  const made = reportOf({ seq: 1, hash, body: { type: 'section-opened', at, section: 's1' } });
  expect(withoutContents(made)).toEqual({ seq: 1, hash, event: { type: 'other', at } });
});
