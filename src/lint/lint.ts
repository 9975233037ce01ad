/**
 * What a lesson's author would want to know before a learner does: each rule looks at a lesson that could be read and
 * finds problems with their places. Pure; what must be looked up (the text, what files there are) is given. It knows
 * nothing of the format that the lesson was read from.
 */
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import { checksWithoutHint, duplicateTitles } from './check-rules.ts';
import { endlessCommands } from './endless-commands.ts';
import { deadLinks } from './link-rules.ts';
import { nothingCanFail, notSolvable } from './section-rules.ts';

/** A lesson, and what is known around it. */
export interface LintSubject {
  readonly lesson: Lesson;
  /** The text that the sections' places name, without a byte order mark. */
  readonly text: string;
  /** The text's file, as problems name it. */
  readonly file: string;
  /** Whether a path relative to the text's folder leads to something. */
  readonly exists: (path: string) => boolean;
}

/** A rule: a lesson in, problems out. */
export type LintRule = (subject: LintSubject) => readonly Problem[];

const rules: readonly LintRule[] = [deadLinks, checksWithoutHint, duplicateTitles, nothingCanFail, notSolvable, endlessCommands];

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
