import { expect, test } from 'vitest';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { heldOrder, needsHelp, sortedSeats } from './seat-order.ts';

const everything = { group: 'all', search: '', only: null } as const;

function seat(id: string, change: Partial<SeatStand> = {}): SeatStand {
  return {
    seat: id,
    name: id,
    joinedAt: 0,
    online: true,
    heardAt: 0,
    state: 'working',
    host: 'sandbox',
    hand: null,
    open: 'one',
    sections: {},
    checks: {},
    pace: 1,
    need: 0,
    sharing: 'no',
    ...change,
  };
}

const classOf = (...seats: readonly SeatStand[]) => new Map(seats.map((one) => [one.seat, one]));

test('who needs help most is first, and two who need alike stand by name', () => {
  const seats = classOf(seat('zoe'), seat('bea', { need: 5 }), seat('Ada'), seat('learner 10'), seat('learner 9'));
  expect(sortedSeats(seats, everything)).toEqual(['bea', 'Ada', 'learner 9', 'learner 10', 'zoe']);
});

test('a search finds a part of a name in any case', () => {
  const seats = classOf(seat('Ada Lovelace'), seat('Bea'));
  expect(sortedSeats(seats, { ...everything, search: 'LOVE' })).toEqual(['Ada Lovelace']);
});

test('a group and a set of seats both limit what is shown', () => {
  const hand = { at: 1, note: '' };
  const seats = classOf(seat('a', { hand }), seat('b', { hand }), seat('c'));
  expect(sortedSeats(seats, { ...everything, group: 'hand' })).toEqual(['a', 'b']);
  expect(sortedSeats(seats, { group: 'hand', search: '', only: new Set(['b', 'c']) })).toEqual(['b']);
});

test('help is needed by a raised hand, and by being twice as slow as the class, unless they are away', () => {
  expect(needsHelp(seat('a'))).toBe(false);
  expect(needsHelp(seat('a', { hand: { at: 1, note: '' } }))).toBe(true);
  expect(needsHelp(seat('a', { pace: 2 }))).toBe(true);
  expect(needsHelp(seat('a', { pace: 2, online: false }))).toBe(false);
  expect(needsHelp(seat('a', { pace: null }))).toBe(false);
});

test('an order that is held moves nobody, puts who comes at the end, and leaves out who has left', () => {
  const seats = classOf(seat('a'), seat('b', { need: 9 }), seat('new', { need: 99 }));
  expect(heldOrder(['a', 'gone', 'b'], sortedSeats(seats, everything), seats)).toEqual(['a', 'b', 'new']);
});
