/** Where something stands in a file. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong with a lesson, told to its author or reader. */
export interface Problem {
  readonly place: Place;
  /** A stable name, e.g. `unknown-section`. */
  readonly rule: string;
  /** What is wrong, one sentence, without a trailing newline. */
  readonly message: string;
  /** What to try, one sentence; often names the nearest match. */
  readonly suggestion?: string;
  readonly severity: 'error' | 'warning';
}

/**
 * A place as compilers write it: `file:line:column`.
 * @param place where.
 */
export function describePlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/**
 * One line for people: `file:line:column: message suggestion`.
 * @param problem what to tell.
 */
export function describeProblem(problem: Problem): string {
  const tail = problem.suggestion === undefined ? '' : ` ${problem.suggestion}`;
  return `${describePlace(problem.place)}: ${problem.message}${tail}`;
}
