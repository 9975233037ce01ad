/** A check from its question and the keys that every check takes. */

import { titleOfQuestion } from '../../lesson/checks/title-of-question.ts';
import type { Check, Question, Timing } from '../../model/check.ts';
import type { Place } from '../../model/problem.ts';

/** How long one answer may take where the check does not say. */
const DEFAULT_TIMEOUT_MS = 5000;

/** A check before it has its number in a section. */
export type CheckDraft = Omit<Check, 'id'>;

/** What the common keys of lesson.yaml say; durations in milliseconds. */
export interface CommonKeys {
  readonly title?: string;
  readonly hint?: string;
  readonly user?: string;
  readonly timeout?: number;
  readonly once?: boolean;
  readonly stable_for?: number;
  readonly within?: number;
  readonly never?: boolean;
  readonly invariant?: boolean;
  readonly on_event?: boolean;
}

/**
 * A check, with title and timeout where none are given.
 * @param question what is asked.
 * @param keys what else was said.
 * @param place where.
 */
export function checkDraft(question: Question, keys: CommonKeys, place: Place): CheckDraft {
  const timing = timingOf(keys);
  return {
    title: keys.title?.trim() ?? titleOfQuestion(question, timing),
    ...(keys.hint === undefined ? {} : { hint: keys.hint.trim() }),
    ...(keys.user === undefined ? {} : { user: keys.user }),
    timeoutMs: keys.timeout ?? DEFAULT_TIMEOUT_MS,
    question,
    timing,
    place,
  };
}

function timingOf(keys: CommonKeys): Timing {
  return {
    ...(keys.once ? { once: true } : {}),
    ...(keys.stable_for === undefined ? {} : { stableForMs: keys.stable_for }),
    ...(keys.within === undefined ? {} : { withinMs: keys.within }),
    ...(keys.never ? { never: true } : {}),
    ...(keys.invariant ? { invariant: true } : {}),
    ...(keys.on_event ? { onEvent: true } : {}),
  };
}
