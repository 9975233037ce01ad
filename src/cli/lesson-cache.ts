/**
 * Keeps lessons as they were read, so that a second start shows its first frame without loading a markdown and a
 * YAML library. What is kept belongs to exact files and an exact version; anything else is read anew.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lesson } from '../model/lesson.ts';

/** The files a lesson is read from; a missing one counts as empty. */
function filesOf(path: string): readonly string[] {
  return path.endsWith('.md') ? [path, join(dirname(path), 'lesson.yaml')] : [join(path, 'lesson.md'), join(path, 'lesson.yaml')];
}

function keyOf(path: string): string {
  // The program itself belongs to the key: another build may read the same files otherwise.
  const program = statSync(fileURLToPath(import.meta.url)).mtimeMs;
  const hash = createHash('sha256').update(`${program}\0${path}`);
  for (const file of filesOf(path)) hash.update('\0').update(read(file));
  return hash.digest('hex').slice(0, 32);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function placeOf(path: string, stateDir: string): string {
  return join(stateDir, 'cache', `${basename(path)}-${keyOf(path)}.json`);
}

/**
 * The lesson as it was read before; null where its files, their place or the program have changed since.
 * @param path the lesson's folder or file.
 * @param stateDir the state folder.
 */
export function recallLesson(path: string, stateDir: string): Lesson | null {
  try {
    return JSON.parse(readFileSync(placeOf(path, stateDir), 'utf8')) as Lesson;
  } catch {
    // Not kept, or kept badly: it is read from its files.
    return null;
  }
}

/**
 * Keeps a lesson for the next start. Trouble with that is no trouble: the next start reads the files.
 * @param path the lesson's folder or file.
 * @param stateDir the state folder.
 * @param lesson what was read.
 */
export function rememberLesson(path: string, stateDir: string, lesson: Lesson): void {
  // A text that lives elsewhere is not among the files the key is made of.
  if (/^text\s*:/m.test(read(filesOf(path)[1] ?? '').toString('utf8'))) return;
  try {
    const place = placeOf(path, stateDir);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(`${place}.${process.pid}`, JSON.stringify(lesson), { mode: 0o600 });
    renameSync(`${place}.${process.pid}`, place);
  } catch {
    // See above.
  }
}
