/** What lessons there are: their titles and summaries, without reading them whole. */
import { basename, join, resolve } from 'node:path';
import { readCourse } from './course.ts';
import { kindOfPath, namesIn, readSource } from './files.ts';
import { safeText } from './text/safe-text.ts';

/** A lesson in a list. */
interface ListedLesson {
  readonly id: string;
  readonly title: string;
  /** The path to read it from. */
  readonly path: string;
  /** One sentence. */
  readonly summary?: string;
  readonly minutes?: number;
}

/**
 * The lessons in some folders, those of the first folder first, each folder's by name, or in the order of its
 * course.yaml where it has one that can be read. A broken lesson is listed
 * under its folder's name: reading it tells what is wrong.
 * @param roots folders of lessons; one that is itself a lesson counts as one. Missing ones are empty.
 */
export async function listLessons(roots: readonly string[]): Promise<readonly ListedLesson[]> {
  const lessons: ListedLesson[] = [];
  for (const root of roots) lessons.push(...(await lessonsIn(root)));
  return lessons;
}

async function lessonsIn(root: string): Promise<readonly ListedLesson[]> {
  const names = await namesIn(root);
  if (isLesson(names)) return [await listed(root)];
  const course = await readCourse(root);
  const found = course?.ok ? course.course.lessons : (await lessonFolders(root, names)).map((path) => ({ path }));
  return Promise.all(found.map(async (entry) => ({ ...(await listed(entry.path)), ...entry })));
}

async function lessonFolders(root: string, names: readonly string[]): Promise<readonly string[]> {
  const paths = names.filter((name) => !name.startsWith('.')).map((name) => join(root, name));
  const are = await Promise.all(
    paths.map(async (path) => (await kindOfPath(path)) === 'folder' && isLesson(await namesIn(path))),
  );
  return paths.filter((_, index) => are[index]);
}

function isLesson(names: readonly string[]): boolean {
  return names.includes('lesson.md') || names.includes('lesson.yaml');
}

async function listed(folder: string): Promise<ListedLesson> {
  const sheet = await topOfSheet(join(folder, 'lesson.yaml'));
  const id = sheet.id ?? basename(resolve(folder));
  const title = sheet.title ?? (await titleOfText(join(folder, sheet.text ?? 'lesson.md'))) ?? (await titleOfIndex(folder)) ?? id;
  return {
    id,
    title,
    path: folder,
    ...(sheet.summary === undefined ? {} : { summary: sheet.summary.trim() }),
    ...(sheet.minutes === undefined ? {} : { minutes: sheet.minutes }),
  };
}

interface TopOfSheet {
  readonly id?: string;
  readonly title?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly minutes?: number;
}

async function topOfSheet(path: string): Promise<TopOfSheet> {
  const file = await readSource(path);
  if (!file.ok) return {};
  const { readTop } = await import('./sheet/read-top.ts');
  return readTop(file.source);
}

/** The first `# ` heading, its inline marks taken off; markdown is not read for it. */
async function titleOfText(path: string): Promise<string | undefined> {
  const file = await readSource(path);
  const heading = file.ok ? /^ {0,3}# +(\S.{0,300})/m.exec(file.source.text)?.[1] : undefined;
  const title = heading?.replace(/ +#+ *$/, '').replace(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1');
  return title === undefined ? undefined : safeText(title).trim() || undefined;
}

/** A scenario's title, where its index has it as JSON; the first `title` is the scenario's own. */
async function titleOfIndex(folder: string): Promise<string | undefined> {
  const file = await readSource(join(folder, 'index.json'));
  const written = file.ok ? /"title"\s*:\s*("(?:[^"\\\n]|\\.){1,300}")/.exec(file.source.text)?.[1] : undefined;
  if (written === undefined) return undefined;
  try {
    return (
      safeText(String(JSON.parse(written)))
        .replace(/\s+/g, ' ')
        .trim() || undefined
    );
  } catch {
    return undefined;
  }
}
