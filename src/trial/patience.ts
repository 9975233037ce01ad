/** How long a section's checks are waited for once its last block has ended. Pure. */
import type { Check, Question } from '../model/check.ts';
import type { Lesson, Section } from '../model/lesson.ts';

/**
 * The longest that any check of the section may need: what its author gave it (`within`, or `timeout` for one answer) or
 * the trial's own patience, whichever is longer; and on top of that the time that it must hold.
 * @param section whose checks.
 * @param settleMs how long a check without a time of its own is waited for, milliseconds.
 * @returns milliseconds.
 */
export function patienceOf({ checks, monitor }: Section, settleMs: number): number {
  return checksPatience(checks, settleMs, monitor?.everyMs);
}

/**
 * The same for some checks alone.
 * @param checks which.
 * @param settleMs as above.
 * @param everyMs between two requests of the section's monitor, where it runs; milliseconds.
 */
export function checksPatience(checks: readonly Check[], settleMs: number, everyMs = 0): number {
  return Math.max(settleMs, ...checks.map((check) => checkPatience(check, settleMs, everyMs)));
}

function checkPatience({ question, timing, timeoutMs }: Check, settleMs: number, everyMs: number): number {
  const { withinMs = 0, stableForMs = 0 } = timing;
  return Math.max(settleMs, withinMs, timeoutMs) + stableForMs + ripeningMs(question, everyMs);
}

/**
 * What to tell somebody who asked for less patience than checks of the lesson need: their own time is not cut, since
 * what is not given time to come true, or to be answered, would be told as wrong. Null where nothing needs longer.
 * @param lesson whose checks.
 * @param settleMs the patience that was asked for, milliseconds.
 */
export function settleNote({ sections }: Lesson, settleMs: number): string | null {
  const longer = sections
    .flatMap(({ checks }) => checks)
    .filter(({ question }) => question.kind !== 'answer')
    .map(({ title, timing: { withinMs = 0 }, timeoutMs }) =>
      withinMs > timeoutMs ? { title, ms: withinMs, key: 'within' } : { title, ms: timeoutMs, key: 'timeout' },
    )
    .filter(({ ms }) => ms > settleMs);
  if (longer.length === 0) return null;
  const longest = longer.reduce((most, each) => (each.ms > most.ms ? each : most));
  const seconds = (ms: number): string => `${ms / 1_000} s`;
  const whose = `the \`${longest.key}\` of "${longest.title}"`;
  const others = longer.length === 1 ? '' : `, the longest of ${longer.length} such checks`;
  return `--settle ${seconds(settleMs)} is shorter than ${whose}${others}: it is waited for ${seconds(longest.ms)}.`;
}

/** Time that must pass before the question can be answered well, whatever was done. */
function ripeningMs(question: Question, everyMs: number): number {
  switch (question.kind) {
    case 'supervisor':
      return question.minUptimeMs ?? 0;
    case 'monitor':
      return question.minServed * everyMs;
    case 'all':
    case 'any':
      return Math.max(0, ...question.of.map((each) => ripeningMs(each, everyMs)));
    default:
      return 0;
  }
}
