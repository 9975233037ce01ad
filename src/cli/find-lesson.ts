/** Finds the lesson that is meant and reads it; what is wrong with it becomes one error with every problem's line. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathOfLesson } from '../journal/lesson-sessions.ts';
import { UserError } from '../model/errors.ts';
import type { HostDefinition } from '../model/host.ts';
import type { Lesson } from '../model/lesson.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { cached } from './file-cache.ts';
import { hostsFolder, knownHosts, lessonsFolder } from './places.ts';

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
  const { nearest } = await import('../lesson/text/nearest.ts');
  const meant = nearest(wanted, names);
  throw new UserError(
    'unknown-lesson',
    `There is no lesson \`${wanted}\`: neither one of ours nor a folder or file of that name.`,
    {
      tries: [
        ...(meant === undefined ? [] : [`Did you mean \`${meant}\`?`]),
        `The lessons here: ${names.join(', ')}.`,
        'A lesson of your own is named by its path: lockstep run ./my-lesson',
      ],
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
  const files = path.endsWith('.md')
    ? [path, join(dirname(path), 'lesson.yaml')]
    : [join(path, 'lesson.md'), join(path, 'lesson.yaml')];
  const read = async (): Promise<Lesson> => {
    const { readLesson } = await import('../lesson/lesson.ts');
    const result = await readLesson(path, { hosts: knownHosts() });
    if (result.ok) return result.lesson;
    throw problemError('bad-lesson', 'This lesson cannot be followed yet.', result.problems);
  };
  return cached(
    join(stateDir, 'cache'),
    basename(path),
    files,
    read,
    () => files.some(existsSync) && !files.some(namesOtherFiles),
  );
}

/** A text that lives elsewhere, or a script, is not among the files that tell whether a kept lesson still holds. */
function namesOtherFiles(file: string): boolean {
  return (
    file.endsWith('.yaml') &&
    existsSync(file) &&
    /^text\s*:|\b(?:script|background|foreground)\s*:/m.test(readFileSync(file, 'utf8'))
  );
}

/**
 * A path as one would type it here: relative where that is shorter to read.
 * @param file absolute.
 */
export function fromHere(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') ? file : path;
}

/**
 * What is typed after `lockstep run` for a lesson: the name of one of the program's own, otherwise its path.
 * @param lesson the lesson.
 */
export function wordFor(lesson: Lesson): string {
  if (dirname(lesson.dir) === lessonsFolder()) return basename(lesson.dir);
  const path = pathOfLesson(lesson);
  return path === process.cwd() ? '.' : fromHere(path);
}

/**
 * Problems as one error for people: the first in its message, the others as further lines.
 * @param code the error's.
 * @param sentence what cannot be done because of them.
 * @param problems at least one.
 */
export function problemError(code: string, sentence: string, problems: readonly Problem[]): UserError {
  const [first = '', ...more] = problems.map((problem) =>
    describeProblem({ ...problem, place: { ...problem.place, file: fromHere(problem.place.file) } }),
  );
  return new UserError(code, `${sentence}\n  ${first}`, { tries: more });
}

/**
 * The folder of a host definition: one of the program's own by its name, otherwise a path beside the lesson.
 * @param lesson the lesson that names it.
 */
export function locateHost(lesson: Lesson): string {
  const own = join(hostsFolder(), lesson.host);
  return existsSync(own) ? own : resolve(lesson.dir, lesson.host);
}

/**
 * The definition of the host that a lesson names.
 * @param lesson the lesson.
 * @param stateDir the state folder, which holds the cache.
 * @throws UserError `bad-host` with every problem.
 */
export async function loadHostDefinition(lesson: Lesson, stateDir: string): Promise<HostDefinition> {
  const dir = locateHost(lesson);
  const read = async (): Promise<HostDefinition> => {
    const { readHostDefinition } = await import('../lesson/lesson.ts');
    const result = await readHostDefinition(dir, knownHosts());
    if (result.ok) return result.definition;
    throw problemError('bad-host', "The lesson's host cannot be used.", result.problems);
  };
  return cached(join(stateDir, 'cache'), `host-${basename(dir)}`, [join(dir, 'host.yaml')], read, () => true);
}
