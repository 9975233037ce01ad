/** Plain markdown as a lesson: no checks, its commands are its steps. Strings in; knows nothing of files. */
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import { assembleLesson } from './assemble.ts';
import { DEFAULT_HOST, DEFAULT_USER } from './defaults.ts';
import { readManuscript } from './manuscript.ts';
import { createReport, inOrder } from './sheet/report.ts';
import type { Source } from './text/decode.ts';

/** What a lesson is made of besides its text. */
export interface PlainParts {
  readonly text: Source;
  readonly id: string;
  readonly dir: string;
  readonly hash: string;
}

/**
 * A lesson from a text alone.
 * @param parts what it is made of.
 */
export function readPlain(parts: PlainParts): { readonly lesson: Lesson | undefined; readonly problems: readonly Problem[] } {
  const { text, id, dir, hash } = parts;
  const read = readManuscript(text, { name: id });
  if (!read.ok) return { lesson: undefined, problems: read.problems };
  const report = createReport();
  const title = read.manuscript.title ?? id;
  const frame = { id, title, dir, host: DEFAULT_HOST, user: DEFAULT_USER, hash };
  const lesson = assembleLesson(frame, read.manuscript, new Map(), report);
  return { lesson, problems: inOrder([...read.warnings, ...report.problems]) };
}
