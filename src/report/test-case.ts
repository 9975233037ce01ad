/**
 * What `lockstep test` finds out, as data: one case for each thing that was tried. Reporters beside this file turn cases
 * into text, JUnit, TAP or JSON; none of them knows how a case came about.
 */
import type { Place } from '../model/problem.ts';

/** How a section was tried: in the course of the whole lesson, alone from its snapshot, or with a wrong answer. */
export type TestMode = 'whole' | 'alone' | 'wrong';

/**
 * What was tried. `before`: a check must fail while nothing was done; `step`: a block is done; `after`: a check must
 * pass; `budget`: the section ends in its time; `wrong`: a wrong answer must be found out; `host`: the host comes up.
 */
export type TestPhase = 'host' | 'before' | 'step' | 'after' | 'budget' | 'wrong';

/** One thing that was tried. */
export interface TestCase {
  /** The lesson's name. */
  readonly lesson: string;
  /** The section's id; null for what concerns the whole lesson. */
  readonly section: string | null;
  /** Which repetition, from 1. */
  readonly run: number;
  readonly mode: TestMode;
  readonly phase: TestPhase;
  /** What was expected, as a sentence without a full stop. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  /** Why it failed or was skipped. */
  readonly sentence?: string;
  /** Where the author wrote it. */
  readonly place?: Place;
}

/** Phases that contain the others: a check's time is part of its section's. */
const wholes: readonly TestPhase[] = ['host', 'budget', 'wrong'];

/** Cases counted. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly durationMs: number;
}

/**
 * How many passed, failed and were skipped, and how long they took in all.
 * @param cases any.
 */
export function totalsOf(cases: readonly TestCase[]): TestTotals {
  const count = (status: TestCase['status']): number => cases.filter((each) => each.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    durationMs: cases.filter(({ phase }) => wholes.includes(phase)).reduce((sum, each) => sum + each.durationMs, 0),
  };
}

/** A case that came out now one way, now another, when it was repeated. */
export interface FlakyCase {
  readonly lesson: string;
  readonly section: string | null;
  readonly mode: TestMode;
  readonly name: string;
  readonly failed: number;
  /** Runs in which it was tried at all. */
  readonly runs: number;
  /** `failed` of `runs`, 0 to 1. */
  readonly rate: number;
}

/**
 * The cases that neither always passed nor always failed. What was skipped was not tried and does not count. One fault is
 * one case: a section that was not done is named only where none of its own cases that are named failed in the same run.
 * @param cases of all repetitions.
 */
export function flakyCases(cases: readonly TestCase[]): readonly FlakyCase[] {
  const groups = new Map<string, TestCase[]>();
  for (const each of cases.filter(({ status }) => status !== 'skipped')) {
    const key = JSON.stringify([each.lesson, each.section, each.mode, each.phase, each.name]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const flaky = [...groups.values()].filter((group) => group.some(hasFailed) && !group.every(hasFailed));
  const parts = new Set(flaky.flatMap((group) => group.filter(hasFailed).filter(endsSection).map(turnOf)));
  const isTold = (each: TestCase): boolean => each.phase === 'budget' && parts.has(turnOf(each));
  return flaky.flatMap((group) => {
    const [first] = group;
    const failures = group.filter(hasFailed);
    if (first === undefined || failures.every(isTold)) return [];
    const { lesson, section, mode, name } = first;
    const failed = failures.length;
    return [{ lesson, section, mode, name, failed, runs: group.length, rate: failed / group.length }];
  });
}

const hasFailed = ({ status }: TestCase): boolean => status === 'failed';

/** A section whose step or check fails is not done. */
const endsSection = ({ phase }: TestCase): boolean => phase === 'step' || phase === 'after';

/** One section tried once. */
function turnOf({ lesson, section, mode, run }: TestCase): string {
  return JSON.stringify([lesson, section, mode, run]);
}

/**
 * A sentence for each flaky case, for reports that have no place of their own for it.
 * @param cases of all repetitions.
 */
export function flakySentences(cases: readonly TestCase[]): readonly string[] {
  return flakyCases(cases).map(({ lesson, section, mode, name, failed, runs, rate }) => {
    const where = `${lesson}${section === null ? '' : ` > ${section}`}${mode === 'alone' ? ', alone' : ''}`;
    return `Flaky: ${where}: ${name}: failed in ${failed} of ${runs} runs (${Math.round(rate * 100)} %).`;
  });
}

/**
 * A duration for people: `340 ms`, `2.1 s`, `3 min 5 s`.
 * @param ms milliseconds.
 */
export function readableDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
