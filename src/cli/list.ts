/** `lockstep list [DIR]`: the lessons there are, and how far you are. */
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { stateFolder } from '../journal/state-folder.ts';
import type { Course } from '../lesson/course.ts';
import { UserError } from '../model/errors.ts';
import { words } from '../words/words.ts';
import { problemError } from './find-lesson.ts';
import { type LessonProgress, lessonsWithProgress, progressWords } from './lesson-progress.ts';
import { lessonsFolder } from './places.ts';
import { readArguments } from './read-arguments.ts';
import { tell } from './tell.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function list(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'list',
    {
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    },
    1,
  );
  const folder = positionals[0] === undefined ? lessonsFolder() : resolve(positionals[0]);
  const course = await courseOf(folder);
  const rows = await lessonsWithProgress(stateFolder(process.env), folder);
  if (values.json) {
    console.log(
      JSON.stringify(
        rows.map(({ path: _, ...row }) => row),
        null,
        2,
      ),
    );
    return 0;
  }
  if (rows.length === 0)
    throw new UserError(
      'unknown-lesson',
      existsSync(folder) ? `There are no lessons in ${folder}.` : `There is no folder ${folder}.`,
    );
  // Of those that come with the program the title is the program’s own.
  const title = folder === lessonsFolder() ? words().program.ownLessons : course?.title;
  if (course) tell(`${[title, ...(course.summary === undefined ? [] : [course.summary])].join('\n')}\n`);
  // What leads to it from the folder: two lessons of a course may have the same name.
  const word = (path: string): string => relative(folder, path) || basename(path);
  const width = Math.max(...rows.map(({ path }) => word(path).length));
  for (const row of rows) {
    const minutes = row.minutes === null ? '' : ` · ${row.minutes} min`;
    tell(`${word(row.path).padEnd(width)}  ${row.title} (${progressWords(row)}${minutes})`);
    if (row.summary !== null) tell(`${' '.repeat(width)}  ${row.summary}`);
  }
  // Of none that can be followed, each has said what to do.
  if (rows.some(({ status }) => status !== 'broken'))
    tell(`\n${words().program.followOne(`lockstep run ${wordOf(positionals[0], rows)}`)}`);
  return 0;
}

/** What is to be typed for one of the lessons; a folder that is a lesson itself is named as it was. */
function wordOf(given: string | undefined, rows: readonly LessonProgress[]): string {
  const lesson = words().program.lessonWord;
  if (given === undefined) return lesson;
  return rows.length === 1 && rows[0]?.path === resolve(given) ? given : join(given, lesson);
}

/** The course that the folder is, if it is one. */
async function courseOf(folder: string): Promise<Course | null> {
  const { readCourse } = await import('../lesson/lesson.ts');
  const result = await readCourse(folder);
  if (result === null) return null;
  if (!result.ok) throw problemError('bad-course', 'This course cannot be listed yet.', result.problems);
  return result.course;
}
