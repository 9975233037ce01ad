/** What a rule is: what it is given, and what it gives. */
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';

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
