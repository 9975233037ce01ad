/**
 * What a lesson's author would want to know before a learner does: each rule looks at a lesson that could be read and
 * finds problems with their places. Pure; what must be looked up (the text, what files there are) is given. It knows
 * nothing of the format that the lesson was read from.
 */
import type { Problem } from '../model/problem.ts';
import { checksWithoutHint, duplicateTitles } from './check-rules.ts';
import { endlessCommands } from './endless-commands.ts';
import { deadLinks } from './link-rules.ts';
import type { LintRule, LintSubject } from './rule.ts';
import { beyondSandbox } from './sandbox-limits.ts';
import { nothingCanFail, notSolvable } from './section-rules.ts';

const rules: readonly LintRule[] = [
  deadLinks,
  checksWithoutHint,
  duplicateTitles,
  nothingCanFail,
  notSolvable,
  endlessCommands,
  beyondSandbox,
];

/**
 * Every problem that the rules find, in the order of files and lines.
 * @param subject the lesson and what is around it.
 */
export function lintLesson(subject: LintSubject): readonly Problem[] {
  return inOrder(rules.flatMap((rule) => rule(subject)));
}

/**
 * Problems in the order of files and lines.
 * @param problems in any order.
 */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    ({ place: left }, { place: right }) =>
      left.file.localeCompare(right.file, 'en') || left.line - right.line || left.column - right.column,
  );
}
