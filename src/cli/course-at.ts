/** A course where a lesson was expected: it is recognised by its file's name, without reading anything else. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Shelf } from './choose-lesson.ts';
import { problemError } from './find-lesson.ts';

/**
 * The course that a path is.
 * @param path what `locateLesson` gave.
 * @returns null where it is a lesson, or anything else.
 * @throws UserError `bad-course` for one that cannot be read.
 */
export async function courseAt(path: string): Promise<(Shelf & { readonly paths: readonly string[] }) | null> {
  const has = (name: string) => existsSync(join(path, name));
  const lesson = ['lesson.md', 'lesson.yaml', 'index.json', 'index.yaml', 'index.yml'].some(has);
  if (lesson || !(has('course.yaml') || has('structure.json'))) return null;
  const { readCourse } = await import('../lesson/lesson.ts');
  const result = await readCourse(path);
  if (result === null) return null;
  if (!result.ok) throw problemError('bad-course', 'This course cannot be followed yet.', result.problems);
  const { title, summary, lessons } = result.course;
  if (lessons.length === 0) throw new UserError('bad-course', `“${title}” is a course without lessons.`);
  return { title, ...(summary === undefined ? {} : { summary }), folder: path, paths: lessons.map((each) => each.path) };
}

/**
 * Without anybody to ask, one of its lessons must be named.
 * @param course the course.
 */
export function courseNeedsChoice({ title, paths }: Shelf & { readonly paths: readonly string[] }): UserError {
  const from = (path: string) => {
    const short = relative(process.cwd(), path);
    return short === '' || short.startsWith('..') ? path : short;
  };
  const sentence =
    paths.length === 1
      ? `“${title}” is a course of one lesson, and there is no terminal to ask whether it is that one. Name it.`
      : `“${title}” is a course of ${paths.length} lessons, and there is no terminal to ask which one on. Name one of them.`;
  return new UserError('course', sentence, {
    tries: paths.slice(0, 12).map((path) => `lockstep run ${from(path)}`),
    exitCode: 2,
  });
}
