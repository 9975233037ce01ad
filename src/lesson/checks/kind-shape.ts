/** How a kind of check is described: its own key, the keys that go with it, and the question that they make. */

import type { Report } from '../../lesson/sheet/report.ts';
import { on, pattern } from '../../lesson/sheet/scalars.ts';
import { type Fields, type InferFields, needed, oneOrMore, optional, type Shape } from '../../lesson/sheet/shape.ts';
import type { Question } from '../../model/check.ts';
import type { Place } from '../../model/problem.ts';

/** One kind of check. */
export interface Kind {
  readonly description: string;
  /** Its own key, whose value is what is asked about, and the keys that go with it. */
  readonly fields: Fields;
  /** Common keys that mean nothing to it. */
  readonly without: readonly string[];
  /**
   * The question, or undefined after telling the report what does not go together.
   * @param values what the keys read.
   * @param at where the check stands.
   */
  readonly question: (values: Readonly<Record<string, unknown>>, at: Place, report: Report) => Question | undefined;
}

/**
 * A kind of check.
 * @param name its own key.
 * @param description what it asks, for editors and the reference.
 * @param subject what stands behind its own key.
 * @param keys the keys that go with it.
 * @param question the question they make; undefined after telling the report what does not go together.
 * @param without common keys that mean nothing to it.
 */
export function kind<S, F extends Fields>(
  name: Question['kind'],
  description: string,
  subject: Shape<S>,
  keys: F,
  question: (subject: S, keys: InferFields<F>, at: Place, report: Report) => Question | undefined,
  without: readonly string[] = [],
): Kind {
  return {
    description,
    without,
    fields: { [name]: needed(subject, description), ...keys },
    question(values, at, report) {
      const own = Object.entries(values).filter(([key]) => key !== name && Object.hasOwn(keys, key));
      return question(values[name] as S, Object.fromEntries(own) as InferFields<F>, at, report);
    },
  };
}

/** For what must not be there. */
export const absent = optional(on(), 'It must not be there.');
/** One text or pattern, or several. */
export const patterns = oneOrMore(pattern);
