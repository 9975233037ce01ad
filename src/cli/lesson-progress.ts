/** The lessons there are and how far their reader is, from the journals alone. */
import { join } from 'node:path';
import { findSession, readJournal, sessionFolder } from '../journal/journal.ts';
import { UserError } from '../model/errors.ts';
import { replay } from '../session/apply.ts';
import { select } from '../session/select.ts';
import { initialState } from '../session/state.ts';
import { words } from '../words/words.ts';
import { loadLesson } from './find-lesson.ts';
import { lessonsFolder } from './places.ts';

/** One lesson for a list. */
export interface LessonProgress {
  readonly id: string;
  /** The path to read it from. */
  readonly path: string;
  readonly title: string;
  readonly summary: string | null;
  readonly minutes: number | null;
  readonly sections: number;
  /** Done or skipped. */
  readonly done: number;
  readonly status: 'new' | 'started' | 'finished' | 'broken';
}

/**
 * Every lesson of a folder, in its course's order; without a course the tour first, the rest by title.
 * @param stateDir the state folder.
 * @param folder a folder of lessons; those that come with the program where it is not given.
 */
export async function lessonsWithProgress(stateDir: string, folder = lessonsFolder()): Promise<readonly LessonProgress[]> {
  const { listLessons, readCourse } = await import('../lesson/lesson.ts');
  const lessons = await listLessons([folder]);
  const rows = await Promise.all(
    lessons.map(async ({ id, path, title }): Promise<LessonProgress> => {
      try {
        return { ...(await progressOf(path, stateDir)), path, title };
      } catch (thrown) {
        if (!(thrown instanceof UserError)) throw thrown;
        return { id, path, title, summary: null, minutes: null, sections: 0, done: 0, status: 'broken' };
      }
    }),
  );
  if ((await readCourse(folder))?.ok) return rows;
  return rows.sort((a, b) => Number(b.id === 'tour') - Number(a.id === 'tour') || a.title.localeCompare(b.title));
}

async function progressOf(path: string, stateDir: string): Promise<Omit<LessonProgress, 'path'>> {
  const lesson = await loadLesson(path, stateDir);
  const events = await readJournal(join(sessionFolder(stateDir, findSession(stateDir, lesson).session), 'journal.jsonl'));
  const view = select(replay(initialState(lesson, 'sandbox'), events));
  return {
    id: lesson.id,
    title: lesson.title,
    summary: lesson.summary ?? null,
    minutes: lesson.minutes ?? null,
    sections: view.workTotal,
    done: view.workDone,
    status: view.finished ? 'finished' : events.length > 0 ? 'started' : 'new',
  };
}

/**
 * How far someone is, in words.
 * @param row the lesson.
 */
export function progressWords(row: LessonProgress): string {
  if (row.status === 'finished') return words().program.finished;
  if (row.status === 'broken') return words().program.broken;
  const { sectionsDone, sections } = words().program;
  return row.status === 'started' ? sectionsDone(row.done, row.sections) : sections(row.sections);
}
