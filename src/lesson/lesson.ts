/**
 * Text in, lesson or problems out. This file finds what a path holds and hands the strings to the reader of its
 * format (`native.ts`, `plain.ts`); it knows nothing of sessions, hosts or screens. What an author or a reader can
 * get wrong comes back as problems, never as an exception.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import { DEFAULT_HOST } from './defaults.ts';
import { kindOfPath, namesIn, readSource } from './files.ts';
import { fillScripts } from './fill-scripts.ts';
import { loadKillercoda } from './killercoda/load-killercoda.ts';

export { readCourse } from './course.ts';
export { readHostDefinition } from './host-definition.ts';
export { listLessons } from './list-lessons.ts';

/** A lesson, or why there is none. */
export type LessonResult =
  | { readonly ok: true; readonly lesson: Lesson; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What else is known when a lesson is read. */
export interface ReadOptions {
  /** Names of the folders in fixtures/hosts; a lesson that names another host is a problem. Not given: not checked. */
  readonly hosts?: readonly string[];
}

/**
 * Reads a lesson.
 * @param path a folder with lesson.md (or a single .md file) and perhaps lesson.yaml, or a .md file.
 * @param options what else is known.
 */
export async function readLesson(path: string, options: ReadOptions = {}): Promise<LessonResult> {
  const kind = await kindOfPath(path);
  if (kind === 'folder') return readFolder(path, options);
  if (kind === 'file') return readFileAt(path, options);
  const messages = {
    missing: ['path-missing', 'There is nothing at this path.'],
    unreadable: ['file-unreadable', 'This path cannot be read.'],
    other: ['not-a-file', 'This is neither a file nor a folder.'],
  } as const;
  const [rule, message] = messages[kind];
  return failed(path, rule, message, 'A lesson is a folder with lesson.md, or a .md file.');
}

async function readFileAt(path: string, options: ReadOptions): Promise<LessonResult> {
  const name = basename(path);
  const folder = dirname(path);
  if (name === 'lesson.yaml') return readFolder(folder, options);
  if (!/^\.(?:md|markdown)$/i.test(extname(name))) {
    return failed(path, 'not-markdown', 'This file is not markdown.', 'A lesson is a folder with lesson.md, or a .md file.');
  }
  if (name === 'lesson.md' && (await kindOfPath(join(folder, 'lesson.yaml'))) === 'file') return readFolder(folder, options);
  // A README is its folder's; any other file has a name of its own.
  const id = /^readme\./i.test(name) ? basename(resolve(folder)) : basename(name, extname(name));
  return readPlainAt(path, id);
}

async function readFolder(folder: string, options: ReadOptions): Promise<LessonResult> {
  const names = await namesIn(folder);
  if (names.includes('lesson.yaml')) return readNativeAt(folder, options);
  if (!names.includes('lesson.md')) {
    const index = ['index.json', 'index.yaml', 'index.yml'].find((name) => names.includes(name));
    if (index !== undefined) return readScenarioAt(folder, index);
    if (names.includes('structure.json')) return refuseCourse(folder);
  }
  const markdown = names.filter((name) => /\.md$/i.test(name));
  const text =
    markdown.find((name) => name === 'lesson.md') ?? markdown.find((name) => /^readme\.md$/i.test(name)) ?? markdown[0];
  const several = markdown.length > 1 && text === markdown[0] && !/^(?:lesson|readme)\.md$/i.test(text ?? '');
  if (text === undefined || several) {
    const message = several ? 'This folder has several texts and no lesson.md.' : 'This folder has no lesson.md.';
    return failed(folder, 'no-text', message, 'A lesson is a folder with lesson.md, or a .md file.');
  }
  return readPlainAt(join(folder, text), basename(resolve(folder)));
}

async function readPlainAt(path: string, id: string): Promise<LessonResult> {
  const file = await readSource(path);
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const { readPlain } = await import('./plain.ts');
  return settle(readPlain({ text: file.source, id, dir: resolve(dirname(path)), hash: hashOf(file.bytes) }));
}

async function readScenarioAt(folder: string, index: string): Promise<LessonResult> {
  const { readScenario } = await loadKillercoda();
  return settle(await readScenario(folder, index, DEFAULT_HOST));
}

/** A course of scenarios is no lesson; its scenarios are. */
async function refuseCourse(folder: string): Promise<LessonResult> {
  const { readStructure } = await loadKillercoda();
  const file = await readSource(join(folder, 'structure.json'));
  if (!file.ok) return { ok: false, problems: [file.problem] };
  const course = readStructure(file.source);
  const paths = course.items.map(({ path }) => join(folder, path));
  const suggestion = paths.length === 0 ? 'It names none.' : `Run one of them: ${paths.join(', ')}.`;
  return failed(
    folder,
    'course',
    `This folder is a course of ${paths.length} scenarios${course.title === undefined ? '' : `, “${course.title}”`}.`,
    suggestion,
  );
}

async function readNativeAt(folder: string, options: ReadOptions): Promise<LessonResult> {
  const sheetFile = await readSource(join(folder, 'lesson.yaml'));
  if (!sheetFile.ok) return { ok: false, problems: [sheetFile.problem] };
  const { readNative, readSheet } = await import('./native.ts');
  const { sheet, problems } = readSheet(sheetFile.source, options.hosts);
  // What is wrong in lesson.yaml is told together with what is wrong in the text, so the text is read all the same.
  const textPath = join(folder, sheet?.text ?? 'lesson.md');
  const text = await readSource(textPath);
  if (!text.ok) {
    const missing = text.problem.rule === 'file-missing' && sheet?.text === undefined;
    const suggestion = 'The text of a lesson is its lesson.md. Where it has another name, say `text: NAME.md` in lesson.yaml.';
    return { ok: false, problems: [...problems, missing ? { ...text.problem, suggestion } : text.problem] };
  }
  if (sheet === undefined) return { ok: false, problems };
  const dir = resolve(folder);
  const hash = hashOf(text.bytes, sheetFile.bytes);
  const read = readNative({ sheet, text: text.source, id: basename(dir), dir, hash, resolve: (path) => resolve(dir, path) });
  if (read.lesson === undefined) return settle({ lesson: undefined, problems: [...problems, ...read.problems] });
  const filled = await fillScripts(read.lesson, async (name) => {
    const file = await readSource(join(folder, name));
    return file.ok ? file : undefined;
  });
  return settle({ lesson: filled.lesson, problems: [...problems, ...read.problems, ...filled.problems] });
}

function settle({
  lesson,
  problems,
}: {
  readonly lesson: Lesson | undefined;
  readonly problems: readonly Problem[];
}): LessonResult {
  const broken = lesson === undefined || problems.some((problem) => problem.severity === 'error');
  return broken ? { ok: false, problems } : { ok: true, lesson, warnings: problems };
}

function failed(path: string, rule: string, message: string, suggestion: string): LessonResult {
  const place = { file: path, line: 1, column: 1 };
  return { ok: false, problems: [{ place, rule, message, suggestion, severity: 'error' }] };
}

/** The parts' lengths go in as well, so that no text can pass for another by moving the border between them. */
function hashOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest('hex');
}
