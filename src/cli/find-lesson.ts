/** Finds the lesson that is meant and reads it; what is wrong with it becomes one error with every problem's line. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { describeProblem } from '../model/problem.ts';
import { recallLesson, rememberLesson } from './lesson-cache.ts';
import { hostsFolder, lessonsFolder } from './places.ts';

/** The lesson of someone who names none and has no terminal to be asked on. */
export const defaultLesson = 'uwsgi-zerg-mode';

/**
 * Where a lesson is: one of the program's own by its name, otherwise a folder or a markdown file.
 * @param wanted the name or path, as typed.
 * @throws UserError `unknown-lesson` naming the lessons there are.
 */
export async function locateLesson(wanted: string): Promise<string> {
  const own = join(lessonsFolder(), wanted);
  if (/^[\w-]+$/.test(wanted) && existsSync(own)) return own;
  const path = resolve(wanted);
  if (existsSync(path)) return path;
  const { listLessons } = await import('../lesson/lesson.ts');
  const names = (await listLessons([lessonsFolder()])).map((lesson) => lesson.id);
  throw new UserError(
    'unknown-lesson',
    `There is no lesson \`${wanted}\`: neither one of ours nor a folder or file of that name.`,
    {
      tries: [`The lessons here: ${names.join(', ')}.`, 'A lesson of your own is named by its path: lockstep run ./my-lesson'],
    },
  );
}

/**
 * Reads a lesson, from the cache where its files are unchanged.
 * @param path what `locateLesson` gave.
 * @param stateDir the state folder, which holds the cache.
 * @throws UserError `bad-lesson` with every problem, each with file:line:column.
 */
export async function loadLesson(path: string, stateDir: string): Promise<Lesson> {
  const recalled = recallLesson(path, stateDir);
  if (recalled) return recalled;
  const { readLesson } = await import('../lesson/lesson.ts');
  const result = await readLesson(path);
  if (!result.ok) {
    const [first, ...more] = result.problems.map(describeProblem);
    throw new UserError('bad-lesson', `This lesson cannot be followed yet.\n  ${first ?? path}`, { tries: more });
  }
  rememberLesson(path, stateDir, result.lesson);
  return result.lesson;
}

/**
 * The folder of a host definition: one of the program's own by its name, otherwise a path beside the lesson.
 * @param lesson the lesson that names it.
 */
export function locateHost(lesson: Lesson): string {
  const own = join(hostsFolder(), lesson.host);
  return existsSync(own) ? own : resolve(lesson.dir, lesson.host);
}
