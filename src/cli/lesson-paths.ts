/** Which lessons a command is about that takes several: those named, the ones here, or the program's own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locateLesson } from './find-lesson.ts';
import { lessonsFolder } from './places.ts';

/**
 * Paths to read lessons from. A folder of lessons stands for all of them.
 * @param wanted names and paths, as typed; none: the lesson or lessons in this folder, otherwise the program's own.
 * @throws UserError `unknown-lesson` for one that there is not.
 */
export async function lessonPaths(wanted: readonly string[]): Promise<readonly string[]> {
  const { listLessons } = await import('../lesson/lesson.ts');
  if (wanted.length === 0) {
    const here = await listLessons([process.cwd()]);
    return (here.length > 0 ? here : await listLessons([lessonsFolder()])).map(({ path }) => path);
  }
  const paths: string[] = [];
  for (const each of wanted) {
    const path = await locateLesson(each);
    // A folder that is no lesson itself is one of lessons, if there are any in it.
    const inside = existsSync(join(path, 'lesson.md')) ? [] : (await listLessons([path])).map((lesson) => lesson.path);
    paths.push(...(inside.length > 0 ? inside : [path]));
  }
  return paths;
}
