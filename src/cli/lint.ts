/** `lockstep lint [DIR…]`: everything an author should mend, each with its place. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { failReasons } from '../checks/reasons.ts';
import { readCourse } from '../lesson/course.ts';
import { readWrongAnswers } from '../lesson/read-wrong-answers.ts';
import { inOrder, lintLesson } from '../lint/lint.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import { type ProblemFormat, problemFormats, problemText } from '../report/problem-lines.ts';
import { locateHost } from './find-lesson.ts';
import { lessonPaths } from './lesson-paths.ts';
import { oneOf } from './options.ts';
import { knownHosts } from './places.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns 0 when there are no errors, 1 when there are; with `--strict` warnings count as errors.
 */
export async function lint(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('lint', {
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, strict: { type: 'boolean', default: false } },
  });
  const format: ProblemFormat = oneOf('format', values.format, problemFormats);
  const paths = await lessonPaths(positionals);
  const problems: Problem[] = [];
  for (const folder of positionals.length > 0 ? positionals : ['.']) {
    const course = await readCourse(folder);
    if (course?.ok === false) problems.push(...course.problems.map(fromHere));
  }
  for (const path of paths) problems.push(...(await problemsOf(path)).map(fromHere));
  const text = problemText(problems, format);
  if (text !== '') console.log(text);
  if (format === 'text') console.log(summary(paths.length, problems));
  return problems.some(({ severity }) => severity === 'error' || values.strict) ? 1 : 0;
}

/** What reading tells comes first; a lesson that cannot be read is told nothing else. */
async function problemsOf(path: string): Promise<readonly Problem[]> {
  const { readLesson, readHostDefinition } = await import('../lesson/lesson.ts');
  const result = await readLesson(path, { hosts: knownHosts() });
  if (!result.ok) return result.problems;
  const { lesson, warnings } = result;
  const host = await readHostDefinition(locateHost(lesson), knownHosts());
  const { problems: wrong } = await readWrongAnswers({ lesson, reasons: Object.keys(failReasons) });
  return inOrder([...warnings, ...(host.ok ? [] : host.problems), ...rulesFor(lesson), ...wrong]);
}

function rulesFor(lesson: Lesson): readonly Problem[] {
  const files = [...new Set(lesson.sections.map(({ place }) => place.file))];
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    const exists = (path: string): boolean => existsSync(join(dirname(file), path));
    const sections = lesson.sections.filter(({ place }) => place.file === file);
    return lintLesson({ lesson: { ...lesson, sections }, text, file, exists });
  });
}

/** Paths as an editor in this folder opens them. */
function fromHere(problem: Problem): Problem {
  const short = relative(process.cwd(), resolve(problem.place.file));
  const file = short === '' || short.startsWith('..') ? problem.place.file : short;
  return { ...problem, place: { ...problem.place, file } };
}

function summary(lessons: number, problems: readonly Problem[]): string {
  if (lessons === 0) throw new UserError('unknown-lesson', 'There is no lesson here.', { tries: ['lockstep lint DIR'] });
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const of = `in ${lessons} ${lessons === 1 ? 'lesson' : 'lessons'}`;
  return problems.length === 0
    ? `Nothing to mend ${of}.`
    : `${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} ${problems.length - errors === 1 ? 'warning' : 'warnings'} ${of}.`;
}
