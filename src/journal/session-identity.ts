/**
 * Which session is a lesson's own. A folder's name alone does not tell: two lessons may have the same one, and one lesson
 * may move. Pure: what is known of other lessons is an argument.
 */
import { createHash } from 'node:crypto';
import type { Lesson } from '../model/lesson.ts';

/** What tells a lesson from others. */
export interface LessonMark {
  /** Its folder's or file's name, or the id that its author gave it. */
  readonly id: string;
  /** The id is its author's: wherever the lesson lies, it is this one. */
  readonly named: boolean;
  /** Where it lies; absolute, without symbolic links. */
  readonly path: string;
  readonly title: string;
  /** The ids of its sections, in order. */
  readonly sections: readonly string[];
  readonly hash: string;
}

/** A session that there is. */
export interface KnownSession {
  /** Its name. */
  readonly session: string;
  /** The lesson that it was last followed with; null where an earlier version of the program made it. */
  readonly mark: LessonMark | null;
  /** True while there is something where that lesson lay. */
  readonly stillThere: boolean;
  /** What its journal says of the lesson; null where there is none. */
  readonly journal: { readonly hashes: readonly string[]; readonly sections: readonly string[] } | null;
}

/** The session of a lesson. */
export interface ChosenSession {
  readonly session: string;
  /** A lesson of the same name, somewhere else, that has a session of its own; only told when this one's is new. */
  readonly namesake: LessonMark | null;
}

/**
 * The mark of a lesson.
 * @param lesson the lesson.
 * @param path where it lies.
 */
export function markOf(lesson: Lesson, path: string): LessonMark {
  const { id, title, sections, hash } = lesson;
  return { id, named: lesson.named === true, path, title, sections: sections.map((section) => section.id), hash };
}

/**
 * The session that is this lesson's: the one it had at this place, or the one that the same lesson had at another
 * place, otherwise a new one, named after its id.
 * @param own the lesson.
 * @param known all sessions.
 */
export function chooseSession(own: LessonMark, known: readonly KnownSession[]): ChosenSession {
  const [, apart] = sessionNames(own);
  const found = [...tests(own, apart)].map((test) => known.find(test)).find((each) => each !== undefined);
  if (found !== undefined) return { session: found.session, namesake: null };
  const taken = known.find(({ session }) => session === own.id);
  return taken === undefined ? { session: own.id, namesake: null } : { session: apart, namesake: taken.mark };
}

/**
 * Whether the session's record is to say that its lesson is this one. A copy beside the lesson it was made of shares its
 * session but does not take it over.
 * @param own the lesson.
 * @param known the session that was chosen; undefined for a new one.
 */
export function takesOver(own: LessonMark, known: KnownSession | undefined): boolean {
  const mark = known?.mark ?? null;
  return mark === null || mark.path === own.path || !known?.stillThere || own.named;
}

/**
 * What a new session of a lesson may be called: its id, and where another lesson has that, a name that only this one has.
 * @param lesson the lesson.
 */
export function sessionNames({ id, named, path }: LessonMark): readonly [string, string] {
  const what = named ? `id ${id}` : path;
  return [id, `${id}-${createHash('sha256').update(what).digest('hex').slice(0, 8)}`];
}

/** From the surest to the least sure. */
function* tests(own: LessonMark, apart: string): Generator<(known: KnownSession) => boolean> {
  if (own.named) yield ({ mark }) => mark?.named === true && mark.id === own.id;
  yield ({ mark }) => mark?.path === own.path && !(own.named && mark.named);
  if (!own.named) {
    const namesakes = (mark: LessonMark | null): mark is LessonMark => mark !== null && !mark.named && mark.id === own.id;
    yield ({ mark }) => namesakes(mark) && mark.hash === own.hash;
    yield ({ mark }) => namesakes(mark) && mark.title === own.title && sameList(mark.sections, own.sections);
    yield ({ mark, stillThere }) => namesakes(mark) && !stillThere && isLike(mark, own);
  }
  // Of an earlier version, or the record beside it was lost: the name says whose it is, or what was done in it.
  yield ({ session, mark }) => mark === null && session === apart;
  yield ({ session, mark, journal }) => mark === null && session === own.id && mayBeOf(journal, own);
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** Another edition of one lesson. */
function isLike(one: LessonMark, other: LessonMark): boolean {
  return one.title === other.title || mostlyIn(one.sections, other.sections);
}

/** A journal that names other sections than the lesson has is another lesson's. */
function mayBeOf(journal: KnownSession['journal'], own: LessonMark): boolean {
  return journal === null || journal.hashes.includes(own.hash) || mostlyIn(journal.sections, own.sections);
}

function mostlyIn(some: readonly string[], all: readonly string[]): boolean {
  return some.filter((each) => all.includes(each)).length * 2 >= some.length;
}
