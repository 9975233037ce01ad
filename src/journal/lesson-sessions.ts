/**
 * Finds a lesson's session among those that there are, and remembers which lesson a session belongs to: one small file
 * for each in the state folder's `lessons`. A file that is lost or damaged costs nobody their progress.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lesson } from '../model/lesson.ts';
import { makePrivateFolder } from './private-folder.ts';
import { readContents } from './read-journal.ts';
import {
  type ChosenSession,
  chooseSession,
  type KnownSession,
  type LessonMark,
  markOf,
  sessionNames,
  takesOver,
} from './session-identity.ts';
import { sessionFolder } from './state-folder.ts';

/** Version of the files; one of another version is left alone and not believed. */
const VERSION = 1;

/**
 * The session of a lesson, without changing anything.
 * @param stateDir the state folder.
 * @param lesson the lesson.
 */
export function findSession(stateDir: string, lesson: Lesson): ChosenSession {
  return chooseSession(markOf(lesson, placeOf(lesson)), knownSessions(stateDir, lesson));
}

/**
 * The session of a lesson that is about to be followed; it is remembered as this lesson's.
 * @param stateDir the state folder.
 * @param lesson the lesson.
 */
export async function claimSession(stateDir: string, lesson: Lesson): Promise<ChosenSession> {
  const own = markOf(lesson, placeOf(lesson));
  const known = knownSessions(stateDir, lesson);
  const chosen = chooseSession(own, known);
  const before = known.find(({ session }) => session === chosen.session);
  if (takesOver(own, before) && JSON.stringify(before?.mark) !== JSON.stringify(own)) {
    await remember(stateDir, chosen.session, own);
  }
  return chosen;
}

/**
 * Where a lesson lies: its folder, or its file where the folder is not named like it.
 * @param lesson the lesson.
 */
export function pathOfLesson({ dir, id, named }: Lesson): string {
  if (named || basename(dir) === id) return dir;
  return [`${id}.md`, `${id}.markdown`].map((name) => join(dir, name)).find((path) => existsSync(path)) ?? dir;
}

/** The same place has one name, whatever links lead to it. */
function placeOf(lesson: Lesson): string {
  const path = pathOfLesson(lesson);
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function recordsFolder(stateDir: string): string {
  return join(stateDir, 'lessons');
}

function knownSessions(stateDir: string, lesson: Lesson): readonly KnownSession[] {
  const marked = namesIn(recordsFolder(stateDir)).flatMap((name) => {
    const read = name.endsWith('.json') ? readRecord(join(recordsFolder(stateDir), name)) : null;
    return read === null ? [] : [{ ...read, stillThere: existsSync(read.mark.path), journal: null }];
  });
  // What an earlier version made has the id as its name; where a record was lost the name tells as well.
  const named = new Set(marked.map(({ session }) => session));
  const folders = namesIn(join(stateDir, 'sessions'));
  const unmarked = sessionNames(markOf(lesson, placeOf(lesson))).flatMap((session) => {
    const name = basename(sessionFolder(stateDir, session));
    const own = folders.filter((folder) => folder === name || folder.startsWith(`${name}--`));
    if (named.has(session) || own.length === 0) return [];
    return [
      { session, mark: null, stillThere: false, journal: journalOf(own.map((folder) => join(stateDir, 'sessions', folder))) },
    ];
  });
  return [...marked, ...unmarked];
}

/** What the journals of a session say, whichever host it was on. */
function journalOf(folders: readonly string[]): KnownSession['journal'] {
  const files = folders.map((folder) => join(folder, 'journal.jsonl')).filter((file) => existsSync(file));
  if (files.length === 0) return null;
  const events = files.flatMap((file) => readContents(readFileSync(file)).events);
  return {
    hashes: events.flatMap((event) => (event.type === 'session-started' || event.type === 'session-resumed' ? [event.hash] : [])),
    sections: [...new Set(events.flatMap((event) => (event.type === 'section-opened' ? [event.section] : [])))],
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readRecord(path: string): { readonly session: string; readonly mark: LessonMark } | null {
  try {
    const { version, session, lesson } = JSON.parse(readFileSync(path, 'utf8'));
    return version === VERSION && typeof session === 'string' && isMark(lesson) ? { session, mark: lesson } : null;
  } catch {
    return null;
  }
}

function isMark(value: unknown): value is LessonMark {
  const { id, named, path, title, sections, hash } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const texts = [id, path, title, hash].every((each) => typeof each === 'string');
  return texts && typeof named === 'boolean' && Array.isArray(sections) && sections.every((each) => typeof each === 'string');
}

/** Trouble with it is no trouble: the session is found again by its name and its journal. */
async function remember(stateDir: string, session: string, lesson: LessonMark): Promise<void> {
  const path = join(recordsFolder(stateDir), `${basename(sessionFolder(stateDir, session))}.json`);
  const next = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await makePrivateFolder(recordsFolder(stateDir));
    writeFileSync(next, `${JSON.stringify({ version: VERSION, session, lesson }, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(next, path);
  } catch {
    await rm(next, { force: true }).catch(() => {});
  }
}
