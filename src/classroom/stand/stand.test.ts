import { expect, test } from 'vitest';
import type { ClassLesson } from '../protocol/learner-api.ts';
import type { ReportedEvent } from '../protocol/report.ts';
import { clustersOf, mediansOf, projectorOf } from './class-figures.ts';
import { emptyStand, foldReport, indexLesson, type JournalStand } from './journal-stand.ts';
import { type SeatFacts, seatStandOf } from './seat-stand.ts';

const check = (id: string) => ({ id, title: id, hints: [] });
const lesson: ClassLesson = {
  id: 'lesson',
  title: 'Lesson',
  sections: [
    { id: 'a', title: 'A', kind: 'work', checks: [check('a/1'), check('a/2')] },
    { id: 'b', title: 'B', kind: 'work', checks: [check('b/1')] },
    { id: 'c', title: 'C', kind: 'reading', checks: [] },
  ],
};
const index = indexLesson(lesson);
const MINUTE = 60_000;

const fold = (events: readonly ReportedEvent[], receivedAt?: number): JournalStand =>
  events.reduce((stand, event) => foldReport(index, stand, event, receivedAt ?? event.at), emptyStand(index));
const started: ReportedEvent = { type: 'session-started', at: 0, host: 'sandbox', version: '1' };
const opened = (section: string, at: number): ReportedEvent => ({ type: 'section-opened', at, section });
const done = (section: string, at: number, by: 'learner' | 'program' = 'learner'): ReportedEvent => ({
  type: 'section-done',
  at,
  section,
  by,
});
const fails = (id: string, reason: string, at: number): ReportedEvent => ({
  type: 'verdict-changed',
  at,
  check: id,
  verdict: { status: 'fail', reason },
});
const facts = (journal: JournalStand | null, more: Partial<SeatFacts> = {}): SeatFacts => ({
  seat: 'seat-0000',
  name: 'Ada',
  joinedAt: 0,
  online: true,
  heardAt: journal?.lastReceivedAt ?? 0,
  sharing: 'no',
  handSeenAt: 0,
  journal,
  ...more,
});
const standAt = (now: number, journal: JournalStand | null, more: Partial<SeatFacts> = {}, figures = {}) =>
  seatStandOf(facts(journal, more), { index, gate: null, medians: new Map(), ...figures }, now);

test('reports are folded into sections, checks and hints; what the lesson does not have changes nothing', () => {
  const stand = fold([
    started,
    opened('a', 10),
    fails('a/1', 'file-missing', 11),
    { type: 'hint-revealed', at: 12, section: 'a', check: 'a/1' },
    opened('nowhere', 13),
    fails('nowhere/1', 'file-missing', 14),
    done('a', 20),
    opened('b', 21),
  ]);
  expect(stand.sections.map(({ status, hints }) => [status, hints])).toEqual([
    ['done', 1],
    ['open', 0],
    ['locked', 0],
  ]);
  expect([...stand.checks.keys()]).toEqual(['a/1']);
  expect(stand.open).toBe(1);
});

test('going back forgets what came after; a fresh host forgets what was before as well', () => {
  const before = [
    started,
    opened('a', 1),
    fails('a/1', 'x', 2),
    done('a', 3),
    opened('b', 4),
    fails('b/1', 'x', 5),
    done('b', 6),
    opened('c', 7),
  ];
  const kept = fold([...before, { type: 'section-rewound', at: 8, section: 'b', how: 'snapshot' }]);
  expect(kept.sections.map(({ status }) => status)).toEqual(['done', 'open', 'locked']);
  expect([...kept.checks.keys()]).toEqual(['a/1']);
  const fresh = fold([...before, { type: 'section-rewound', at: 8, section: 'b', how: 'fresh' }]);
  expect(fresh.sections.map(({ status }) => status)).toEqual(['locked', 'open', 'locked']);
  expect([...fresh.checks.keys()]).toEqual([]);
});

test('a seat has not started, works, waits, is offline, is done', () => {
  const working = fold([started, opened('a', MINUTE)]);
  expect(standAt(MINUTE, null).state).toBe('not-started');
  expect(standAt(2 * MINUTE, working).state).toBe('working');
  expect(standAt(10 * MINUTE, working).state).toBe('waiting');
  expect(standAt(2 * MINUTE, working, { online: false }).state).toBe('offline');
  const held = fold([started, opened('a', 1), done('a', 2)]);
  expect(standAt(3, held).state).toBe('working');
  expect(standAt(3, held, {}, { gate: 1 }).state).toBe('waiting');
  expect(standAt(3, held, {}, { gate: 2 }).state).toBe('working');
  const finished = fold([started, { type: 'lesson-finished', at: 9 }]);
  expect(standAt(10, finished, { online: false })).toMatchObject({ state: 'done', open: null });
});

test('pace is the time on the section over the median, whatever the learner’s clock says', () => {
  const year = 365 * 24 * 60 * MINUTE;
  const skewed = fold([opened('a', year), { type: 'other', at: year + MINUTE }], 5 * MINUTE);
  const figures = { medians: new Map([[0, 2 * MINUTE]]) };
  expect(standAt(8 * MINUTE, skewed, {}, figures).pace).toBe(2);
  expect(standAt(8 * MINUTE, skewed).pace).toBeNull();
  // A clock that was set forward by a year while the section was open: a day at the most.
  const jumped = fold([opened('a', 0), { type: 'other', at: year }], 0);
  expect(standAt(0, jumped, {}, figures).pace).toBeLessThanOrEqual(99);
});

test('who raised a hand comes first, the longest waiting before; who is slow before who is not; who is done last', () => {
  const figures = { medians: new Map([[0, 2 * MINUTE]]) };
  const now = 20 * MINUTE;
  const slow = fold([started, opened('a', 15 * MINUTE)]);
  const quick = fold([started, opened('a', 19 * MINUTE)]);
  const early = fold([started, opened('a', 1), { type: 'hand-raised', at: 2 * MINUTE, note: '' }]);
  const late = fold([started, opened('a', 1), { type: 'hand-raised', at: 19 * MINUTE, note: '' }]);
  const finished = fold([started, { type: 'lesson-finished', at: 1 }]);
  const need = (journal: JournalStand) => standAt(now, journal, { heardAt: now }, figures).need;
  const needs = [early, late, slow, quick].map(need);
  expect(needs).toEqual([...needs].sort((a, b) => b - a));
  expect(new Set(needs).size).toBe(4);
  expect(need(finished)).toBe(0);
});

test('a hand that was seen to is down; one that was raised after that is up', () => {
  const raised = fold([started, { type: 'hand-raised', at: 50, note: 'help' }]);
  expect(standAt(60, raised).hand).toEqual({ at: 50, note: 'help' });
  expect(standAt(60, raised, { handSeenAt: 50 }).hand).toBeNull();
  expect(standAt(60, raised, { handSeenAt: 49 }).hand).not.toBeNull();
});

test('medians are of those who solved a section themselves, with clocks that went forward', () => {
  const took = (ms: number, by: 'learner' | 'program' = 'learner') => fold([opened('a', 100), done('a', 100 + ms, by)]);
  expect(mediansOf(index, [took(10), took(30), took(50), took(1, 'program'), took(-50)])).toEqual(new Map([[0, 30]]));
  expect(mediansOf(index, [took(10), took(30)])).toEqual(new Map([[0, 20]]));
  expect(mediansOf(index, [])).toEqual(new Map());
});

const tried = (at: number): ReportedEvent => ({ type: 'step-failed', at, block: 'a:1' });

test('a cluster is at least two who are there and stuck at the same of their open section for the same reason', () => {
  const seat = (name: string, events: readonly ReportedEvent[], online = true) => facts(fold(events), { seat: name, online });
  const seats = [
    seat('one', [opened('a', 1), tried(2), fails('a/1', 'file-missing', 2), fails('a/2', 'wrong-owner', 2)]),
    seat('two', [opened('a', 1), tried(2), fails('a/1', 'file-missing', 2), fails('a/2', 'wrong-mode', 2)]),
    seat('three', [opened('a', 1), tried(2)]),
    seat('away', [opened('a', 1), tried(2), fails('a/1', 'file-missing', 2)], false),
    seat('further', [opened('a', 1), done('a', 3), opened('b', 4), tried(5), fails('b/1', 'x', 5)]),
  ];
  const at = { now: 6, medians: new Map<number, number>() };
  expect(clustersOf(index, seats, at)).toEqual([{ check: 'a/1', reason: 'file-missing', seats: ['one', 'two'], of: 3 }]);
  expect(clustersOf(index, seats, { ...at, fewest: 1 })).toHaveLength(4);
});

test('who has just begun is in no cluster; who tried and does not go on, takes long or asks for help is', () => {
  const SECOND = 1000;
  const begun = [opened('a', 0), fails('a/1', 'file-missing', 1)];
  const steps: Record<string, readonly ReportedEvent[]> = {
    running: [...begun, { type: 'step-started', at: 2, block: 'a:1', by: 'learner' }],
    through: [...begun, { type: 'step-finished', at: 2, block: 'a:1' }],
    broke: [...begun, tried(2)],
    asking: [...begun, { type: 'hint-revealed', at: 2, section: 'a', check: null }],
    hand: [...begun, { type: 'hand-raised', at: 2, note: '' }],
    begun,
  };
  const seats = Object.entries(steps).map(([name, events]) => facts(fold(events), { seat: name }));
  const stuck = (now: number, medians = new Map<number, number>()) =>
    clustersOf(index, seats, { now, medians, fewest: 1 })[0]?.seats ?? [];
  expect(stuck(SECOND)).toEqual(['broke', 'asking', 'hand']);
  expect(stuck(20 * SECOND)).toEqual(['through', 'broke', 'asking', 'hand']);
  expect(stuck(2 * MINUTE)).not.toContain('begun');
  expect(stuck(2 * MINUTE, new Map([[0, MINUTE]]))).toHaveLength(6);
  expect(stuck(3 * MINUTE)).toHaveLength(6);
});

test('the wall shows how many are where', () => {
  const seats = [
    facts(fold([opened('a', 1), done('a', 2), opened('b', 3)])),
    facts(fold([opened('a', 1), { type: 'hand-raised', at: 5, note: '' }]), { online: false }),
    facts(null),
  ];
  expect(projectorOf(index, seats, { title: 'Class', gate: 'b' })).toEqual({
    title: 'Class',
    seats: 3,
    online: 2,
    hands: 1,
    gate: 'b',
    sections: [
      { id: 'a', title: 'A', here: 1, done: 1 },
      { id: 'b', title: 'B', here: 1, done: 0 },
      { id: 'c', title: 'C', here: 0, done: 0 },
    ],
  });
});
