import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohort } from '../../../test/support/class/class-cohort.ts';
import { toldOf } from '../../../test/support/class/class-learner.ts';
import type { ClassUpdate } from '../../classroom/protocol/instructor-api.ts';
import { applyUpdate, type ClassView } from './class-view.ts';
import { createEventReader } from './event-stream.ts';
import { stayingItems } from './least-moves.ts';
import { checksOf, countClass, duration, namedClusters, paceFigure, timeOn, verdictWords } from './seat-words.ts';
import { timeline } from './timeline.ts';

const snapshot = cohort({ seats: 24 });
const view = applyUpdate(null, { type: 'snapshot', snapshot }, snapshot.now)!.view;

describe('a stream of events', () => {
  const text = ': hello\n\ndata: {"a":1}\n\nevent: x\r\ndata: one\r\ndata: two\r\n\r\ndata:three\n\n';

  test('gives the same events however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const reader = createEventReader();
        const events = at.flatMap((from, index) => reader.push(text.slice(from, at[index + 1] ?? text.length)));
        expect(events).toEqual(['{"a":1}', 'one\ntwo', 'three']);
      }),
    );
  });

  test('gives no event before it is whole', () => {
    const reader = createEventReader();
    expect(reader.push('data: one\n')).toEqual([]);
    expect(reader.push('\n')).toEqual(['one']);
  });
});

describe('the class on the screen', () => {
  const changed = (base: ClassView, more: object) =>
    applyUpdate(
      base,
      { type: 'changed', class: base.class, seats: [], removed: [], clusters: [], medians: {}, now: 5, ...more },
      3,
    );

  test('is unknown until there was a snapshot', () => {
    const { class: about, clusters, medians } = snapshot;
    const early: ClassUpdate = { type: 'changed', class: about, seats: [], removed: [], clusters, medians, now: 1 };
    expect(applyUpdate(null, early, 0)).toBeNull();
  });

  test('takes over changed seats, leaves out removed ones, and says which are to be drawn', () => {
    const [first, second] = snapshot.seats;
    const after = changed(view, { seats: [{ ...first!, name: 'Renamed' }], removed: [second!.seat] })!;
    expect(after.view.seats.get(first!.seat)?.name).toBe('Renamed');
    expect(after.view.seats.has(second!.seat)).toBe(false);
    expect(after.view.seats.size).toBe(snapshot.seats.length - 1);
    expect(after.changed).toEqual(new Set([first!.seat, second!.seat]));
    expect(after.view.clockAhead).toBe(2);
  });

  test('counts everybody once', () => {
    const counts = countClass(view.seats.values());
    expect(Object.values(counts.states).reduce((sum, count) => sum + count, 0)).toBe(24);
    expect(counts.all).toBe(24);
  });
});

describe('words', () => {
  test.each([
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_900_000, '1 h 05'],
    [180_000_000, '2 d'],
  ])('%i ms is %s', (ms, words) => expect(duration(ms)).toBe(words));

  test.each([
    [0.14, '0.1×'],
    [9.94, '9.9×'],
    [12.4, '12×'],
    [4_000, '99×'],
  ])('a pace of %d is %s', (pace, words) => expect(paceFigure(pace)).toBe(words));

  test('a verdict says why', () => {
    expect(verdictWords({ status: 'fail', reason: 'wrong-owner' })).toBe('not yet: wrong owner');
    expect(verdictWords({ status: 'pass' })).toBe('passed');
  });

  test('checks nothing was told of have not been looked at', () => {
    const seat = { ...snapshot.seats[0]!, checks: {} };
    const checks = checksOf(snapshot.lesson.sections[2]!, seat);
    expect(checks.map(({ verdict }) => verdict.status)).toEqual(['pending', 'pending', 'pending']);
  });

  test('a learner whose clock is ahead has been on a section for no time, not for less', () => {
    const seat = { ...snapshot.seats[0]!, sections: { one: { status: 'open', openedAt: 500, hints: 0 } as const } };
    expect(timeOn(seat, 'one', 100)).toBe(0);
    expect(timeOn(seat, 'one', 700)).toBe(200);
    expect(timeOn(seat, 'two', 700)).toBeNull();
  });

  test('clusters are named by the lesson, largest first, and one of another lesson is left out', () => {
    const strange = { check: 'of-another-lesson', reason: 'holds', seats: ['x'], of: 1 };
    const named = namedClusters({ ...view, clusters: [strange, ...view.clusters] });
    expect(named[0]).toMatchObject({ title: 'plugin is owned by galaxy', section: 'Install a plugin', reason: 'wrong-owner' });
    expect(named.map(({ seats }) => seats.length)).toEqual(named.map(({ seats }) => seats.length).sort((a, b) => b - a));
    expect(named.some(({ check }) => check === 'of-another-lesson')).toBe(false);
  });

  test('a timeline tells the newest first, in the words of the lesson', () => {
    const seat = snapshot.seats.find(({ hand }) => hand !== null)!;
    const lines = timeline(snapshot.lesson, toldOf(seat, snapshot.now).journals[0]!.reports);
    expect(lines.at(-1)?.words).toMatch(/^began, on /);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort((a, b) => b - a));
    expect(lines.some(({ words, tone }) => words.startsWith('raised a hand') && tone === 'hand')).toBe(true);
    expect(lines.some(({ words }) => words.includes('“nginx is installed” passed'))).toBe(true);
  });
});

describe('an order that changes', () => {
  test('one item that goes to the end moves alone', () => {
    expect(stayingItems(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'])).toEqual(new Set(['b', 'c', 'd']));
    expect(stayingItems([], ['a'])).toEqual(new Set());
  });

  test('who stays is in the same order before and after, and nobody more could stay of two', () => {
    const shuffled = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    fc.assert(
      fc.property(shuffled, shuffled, (before, after) => {
        const staying = stayingItems(before, after);
        const kept = (list: readonly string[]) => list.filter((item) => staying.has(item));
        expect(kept(before)).toEqual(kept(after));
        const both = after.filter((item) => before.includes(item));
        expect(staying.size).toBeGreaterThanOrEqual(Math.min(1, both.length));
        for (const item of both.filter((one) => !staying.has(one))) {
          const more = new Set([...staying, item]);
          const with1 = (list: readonly string[]) => list.filter((one) => more.has(one));
          expect(with1(before)).not.toEqual(with1(after));
        }
      }),
    );
  });
});
