/** Gathers the problems of one file while it is read. */

import { nearest } from '../../lesson/text/nearest.ts';
import type { Place, Problem } from '../../model/problem.ts';

/** Where problems go. */
export interface Report {
  readonly problems: readonly Problem[];
  /**
   * Notes an error.
   * @param at where.
   * @param rule its stable name.
   * @param message what is wrong, one sentence.
   * @param suggestion what to try, one sentence.
   */
  error(at: Place, rule: string, message: string, suggestion?: string): void;
  /** As `error`, for what does not stop the lesson. */
  warning(at: Place, rule: string, message: string, suggestion?: string): void;
}

/** An empty report. */
export function createReport(): Report {
  const problems: Problem[] = [];
  const add = (severity: Problem['severity']) => (place: Place, rule: string, message: string, suggestion?: string) => {
    problems.push({ place, rule, message, severity, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  return { problems, error: add('error'), warning: add('warning') };
}

/**
 * A suggestion for a name that is not known: the nearest one, or all where none is near.
 * @param written what stands there.
 * @param known the names that would be right.
 */
export function suggestName(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  return known.length === 0 ? 'There are none.' : `Known: ${known.map((name) => `\`${name}\``).join(', ')}.`;
}

/**
 * Problems in the order of the file's lines.
 * @param problems in any order.
 */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (left, right) =>
      left.place.file.localeCompare(right.place.file, 'en') ||
      left.place.line - right.place.line ||
      left.place.column - right.place.column,
  );
}
