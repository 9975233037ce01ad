/**
 * What a check's answers make over time: it held once, it has held long enough, it must never have held, there is still
 * time. A pure machine over plain data; it has no clock and asks nobody.
 */
import type { Check, Timing, Verdict } from '../model/check.ts';

/** What is remembered of one check. Plain data. */
export interface CheckSeries {
  /** A `once` check passed; it stays passed. */
  readonly passedOnce?: true;
  /** Time for which it has been seen to hold without a break, milliseconds. */
  readonly heldMs?: number;
  /** When it was last seen to hold; absent when the newest answer was another one. */
  readonly heldAt?: number;
  /** When a `never` check was first seen to hold. */
  readonly happenedAt?: number;
}

/** What is remembered of all checks, by id. Plain data: it can be written as JSON and read back. */
export type Series = Readonly<Record<string, CheckSeries>>;

/** Two answers further apart than this say nothing about the time between them (the machine slept), milliseconds. */
const blindMs = 60_000;

/** The series before any answer. */
export function createSeries(): Series {
  return {};
}

/**
 * A series in which these checks have already held once.
 * @param passedOnce ids of checks.
 */
export function restore(passedOnce: Iterable<string>): Series {
  return Object.fromEntries([...passedOnce].map((id) => [id, { passedOnce: true } as const]));
}

/**
 * Takes one answer in.
 * @param series what is remembered so far; not changed.
 * @param check which check.
 * @param raw how it is at this moment.
 * @param at when it was asked, ms since the epoch.
 * @param openedAt when its section was opened, ms since the epoch.
 * @returns what to remember from now on, and the verdict to show.
 */
export function advance(
  series: Series,
  check: Check,
  raw: Verdict,
  at: number,
  openedAt: number,
): { readonly series: Series; readonly verdict: Verdict } {
  const before = series[check.id] ?? {};
  const { timing } = check;
  const step = timing.never ? advanceNever(before, raw, at) : advanceHolding(before, timing, raw, at);
  const verdict = timing.never ? step.verdict : withTime(step.verdict, timing, at, openedAt);
  return { series: { ...series, [check.id]: step.memory }, verdict };
}

interface Step {
  readonly memory: CheckSeries;
  readonly verdict: Verdict;
}

function advanceNever(before: CheckSeries, raw: Verdict, at: number): Step {
  const happenedAt = before.happenedAt ?? (raw.status === 'pass' ? at : undefined);
  if (happenedAt !== undefined) {
    const when = clock(happenedAt);
    return {
      memory: { ...before, happenedAt },
      verdict: {
        status: 'fail',
        reason: 'happened',
        expected: 'never while this section is open',
        actual: `at ${when}`,
        sentence: `This must not happen while the section is open, but it did at ${when}.`,
      },
    };
  }
  return { memory: before, verdict: raw.status === 'fail' ? { status: 'pass' } : raw };
}

function advanceHolding(before: CheckSeries, timing: Timing, raw: Verdict, at: number): Step {
  if (timing.once && before.passedOnce) return { memory: before, verdict: { status: 'pass' } };
  const step = timing.stableForMs === undefined ? { memory: before, verdict: raw } : hold(before, timing.stableForMs, raw, at);
  if (!timing.once || step.verdict.status !== 'pass') return step;
  return { memory: { passedOnce: true }, verdict: step.verdict };
}

/** An answer that could not be had (`error`) neither breaks the time held so far nor adds to it. */
function hold(before: CheckSeries, stableForMs: number, raw: Verdict, at: number): Step {
  if (raw.status === 'fail') return { memory: {}, verdict: raw };
  const { heldMs = 0, heldAt } = before;
  if (raw.status !== 'pass') return { memory: { heldMs }, verdict: raw };
  const sinceLast = heldAt === undefined ? 0 : Math.max(0, at - heldAt);
  const held = heldMs + (sinceLast > blindMs ? 0 : sinceLast);
  const memory = { heldMs: held, heldAt: at };
  if (held >= stableForMs) return { memory, verdict: { status: 'pass' } };
  return {
    memory,
    verdict: {
      status: 'pending',
      sentence: `It has held for ${seconds(held)} so far; it must hold for ${seconds(stableForMs)}.`,
    },
  };
}

/** Within its time, "not yet" is no failure. */
function withTime(verdict: Verdict, { withinMs }: Timing, at: number, openedAt: number): Verdict {
  if (withinMs === undefined || verdict.status !== 'fail') return verdict;
  const left = openedAt + withinMs - at;
  if (left <= 0) return verdict;
  return { status: 'pending', sentence: `Not yet: ${verdict.sentence} There is time for another ${seconds(left)}.` };
}

function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)} s`;
}

/** Time of day where the learner is. */
function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => `${part}`.padStart(2, '0')).join(':');
}
