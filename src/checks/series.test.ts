import { describe, expect, test } from 'vitest';
import type { Check, Timing, Verdict } from '../model/check.ts';
import { advance, createSeries, restore, type Series } from './series.ts';

const holds: Verdict = { status: 'pass' };
const fails: Verdict = {
  status: 'fail',
  reason: 'wrong-state',
  expected: 'RUNNING',
  actual: 'STARTING',
  sentence: 'It is STARTING.',
};
const untold: Verdict = { status: 'error', reason: 'timed-out', sentence: 'No answer.' };

function checkWith(timing: Timing, id = 'section/1'): Check {
  const place = { file: 'lesson.yaml', line: 1, column: 1 };
  return { id, title: 'a check', timeoutMs: 1000, question: { kind: 'port', port: 80 }, timing, place };
}

/** Feeds answers at their times (ms after the section opened at 1000) and gives the verdicts' statuses. */
function play(timing: Timing, answers: readonly (readonly [at: number, Verdict])[], from: Series = createSeries()) {
  let series = from;
  return answers.map(([at, raw]) => {
    const step = advance(series, checkWith(timing), raw, 1000 + at, 1000);
    series = JSON.parse(JSON.stringify(step.series)) as Series;
    return step.verdict;
  });
}

const statuses = (verdicts: readonly Verdict[]): string => verdicts.map(({ status }) => status).join(' ');

describe('a check without times', () => {
  test('says what is so at the moment', () => {
    expect(
      play({}, [
        [0, fails],
        [1, holds],
        [2, untold],
        [3, fails],
      ]),
    ).toEqual([fails, holds, untold, fails]);
  });

  test('does not change the series it was given', () => {
    const series = Object.freeze(createSeries());
    advance(series, checkWith({ once: true }), holds, 0, 0);
    expect(series).toEqual({});
  });
});

describe('once', () => {
  test('stays passed after it held, whatever comes', () => {
    expect(
      statuses(
        play({ once: true }, [
          [0, fails],
          [1, holds],
          [2, fails],
          [3, untold],
        ]),
      ),
    ).toBe('fail pass pass pass');
  });

  test('is not satisfied by an answer that could not be had', () => {
    expect(
      statuses(
        play({ once: true }, [
          [0, untold],
          [1, fails],
        ]),
      ),
    ).toBe('error fail');
  });

  test('stays passed when restored, and only where it was', () => {
    expect(statuses(play({ once: true }, [[0, fails]], restore(['section/1'])))).toBe('pass');
    expect(statuses(play({ once: true }, [[0, fails]], restore(['section/2'])))).toBe('fail');
  });

  test('a check without once is not kept alive by being restored', () => {
    expect(statuses(play({}, [[0, fails]], restore(['section/1'])))).toBe('fail');
  });

  test('together with stable_for it needs the whole time once', () => {
    const timing = { once: true, stableForMs: 1000 };
    expect(
      statuses(
        play(timing, [
          [0, holds],
          [500, fails],
          [600, holds],
          [1600, holds],
          [1700, fails],
        ]),
      ),
    ).toBe('pending fail pending pass pass');
  });
});

describe('stable_for', () => {
  test('is pending with the time held until it has held long enough', () => {
    const [first, second, third] = play({ stableForMs: 3000 }, [
      [0, holds],
      [1250, holds],
      [3000, holds],
    ]);
    expect(first).toEqual({ status: 'pending', sentence: 'It has held for 0 s so far; it must hold for 3 s.' });
    expect(second).toEqual({ status: 'pending', sentence: 'It has held for 1.2 s so far; it must hold for 3 s.' });
    expect(third).toEqual(holds);
  });

  test('starts over after it did not hold', () => {
    expect(
      statuses(
        play({ stableForMs: 1000 }, [
          [0, holds],
          [900, fails],
          [1000, holds],
          [1900, holds],
          [2000, holds],
        ]),
      ),
    ).toBe('pending fail pending pending pass');
  });

  test('an answer that could not be had neither breaks it nor counts as held', () => {
    const verdicts = play({ stableForMs: 1000 }, [
      [0, holds],
      [500, holds],
      [700, untold],
      [5000, holds],
      [5499, holds],
      [5500, holds],
    ]);
    expect(statuses(verdicts)).toBe('pending pending error pending pending pass');
  });

  test('a machine that slept between two answers has not been seen to hold', () => {
    expect(
      statuses(
        play({ stableForMs: 1000 }, [
          [0, holds],
          [3_600_000, holds],
          [3_601_000, holds],
        ]),
      ),
    ).toBe('pending pending pass');
  });

  test('stays passed while it holds and fails at once when it does not', () => {
    expect(
      statuses(
        play({ stableForMs: 100 }, [
          [0, holds],
          [100, holds],
          [200, holds],
          [300, fails],
        ]),
      ),
    ).toBe('pending pass pass fail');
  });

  test('a clock that goes back adds nothing', () => {
    expect(
      statuses(
        play({ stableForMs: 1000 }, [
          [5000, holds],
          [0, holds],
          [999, holds],
          [1000, holds],
        ]),
      ),
    ).toBe('pending pending pending pass');
  });
});

describe('within', () => {
  test('a failure is pending until the time after the opening is over', () => {
    const [first, last] = play({ withinMs: 90_000 }, [
      [56_000, fails],
      [90_000, fails],
    ]);
    expect(first).toEqual({ status: 'pending', sentence: 'Not yet: It is STARTING. There is time for another 34 s.' });
    expect(last).toEqual(fails);
  });

  test('passes as soon as it holds, and an answer that could not be had stays one', () => {
    expect(
      statuses(
        play({ withinMs: 1000 }, [
          [0, holds],
          [1, untold],
          [2, fails],
        ]),
      ),
    ).toBe('pass error pending');
  });
});

describe('never', () => {
  test('passes as long as it does not hold', () => {
    expect(
      statuses(
        play({ never: true }, [
          [0, fails],
          [1000, fails],
        ]),
      ),
    ).toBe('pass pass');
  });

  test('stays failed after it held, and says when', () => {
    const at = new Date(2026, 0, 2, 14, 5, 7).getTime();
    const step = advance(createSeries(), checkWith({ never: true }), holds, at, at);
    const later = advance(step.series, checkWith({ never: true }), fails, at + 60_000, at);
    expect(later.verdict).toMatchObject({ status: 'fail', reason: 'happened', actual: 'at 14:05:07' });
    expect(later.verdict).toEqual(step.verdict);
  });

  test('an answer that could not be had is no violation and no pass', () => {
    expect(
      statuses(
        play({ never: true }, [
          [0, untold],
          [1, fails],
        ]),
      ),
    ).toBe('error pass');
  });

  test('is not softened by within', () => {
    expect(statuses(play({ never: true, withinMs: 1000 }, [[0, holds]]))).toBe('fail');
  });
});

test('checks do not share what is remembered', () => {
  const one = advance(createSeries(), checkWith({ once: true }, 'a'), holds, 0, 0);
  const other = advance(one.series, checkWith({ once: true }, 'b'), fails, 1, 0);
  expect(other.verdict.status).toBe('fail');
  expect(advance(other.series, checkWith({ once: true }, 'a'), fails, 2, 0).verdict.status).toBe('pass');
});
