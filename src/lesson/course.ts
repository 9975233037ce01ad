/** A course: a folder with course.yaml (or a scenario course's structure.json), which puts lessons in an order. */
import { basename, join, resolve } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { kindOfPath, namesIn, readSource } from './files.ts';
import { loadKillercoda } from './killercoda/load-killercoda.ts';
import type { CourseEntry } from './sheet/course-shape.ts';
import { safeText } from './text/safe-text.ts';

/** A course as its folder has it. */
export interface Course {
  readonly title: string;
  readonly summary?: string;
  /** Paths to read the lessons from, with the titles that the course gives them. */
  readonly lessons: readonly { readonly path: string; readonly title?: string }[];
}

/** A course, or why there is none. */
export type CourseResult =
  | { readonly ok: true; readonly course: Course }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a course.
 * @param folder where course.yaml may be.
 * @returns null where neither is.
 */
export async function readCourse(folder: string): Promise<CourseResult | null> {
  const names = await namesIn(folder);
  if (!names.includes('course.yaml')) return names.includes('structure.json') ? readScenarioCourse(folder) : null;
  const file = await readSource(join(folder, 'course.yaml'));
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const { readCourseSheet } = await import('./sheet/course-shape.ts');
  const { sheet, problems } = readCourseSheet(file.source);
  if (sheet === undefined || problems.length > 0) return { ok: false, problems };
  const missing = await Promise.all(sheet.lessons.value.map((entry) => missingLesson(folder, entry)));
  const found = missing.flat();
  if (found.length > 0) return { ok: false, problems: found };
  return {
    ok: true,
    course: {
      title: safeText(sheet.title).trim(),
      ...(sheet.summary === undefined ? {} : { summary: safeText(sheet.summary).trim() }),
      lessons: sheet.lessons.value.map(({ path, title }) => ({
        path: resolve(folder, path),
        ...(title === undefined ? {} : { title: safeText(title) }),
      })),
    },
  };
}

/** A course of scenarios has no rules of ours to keep: what it names is there or is not. */
async function readScenarioCourse(folder: string): Promise<CourseResult> {
  const file = await readSource(join(folder, 'structure.json'));
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const { readStructure } = await loadKillercoda();
  const { title = basename(resolve(folder)), items } = readStructure(file.source);
  const lessons = items.map(({ path, ...named }) => ({ path: resolve(folder, path), ...named }));
  return { ok: true, course: { title, lessons } };
}

async function missingLesson(folder: string, { path, at }: CourseEntry): Promise<readonly Problem[]> {
  const kind = await kindOfPath(resolve(folder, path));
  if (kind === 'folder' || kind === 'file') return [];
  const message = `There is no lesson \`${path}\` beside ${basename(at.file)}.`;
  const suggestion = 'A lesson is named by its folder, relative to course.yaml.';
  return [{ place: at, rule: 'unknown-lesson', message, suggestion, severity: 'error' }];
}
