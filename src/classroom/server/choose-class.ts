/**
 * Which class of a database a server goes on with. A shared database may hold classes of several instructors on lessons
 * of the same name: nobody gets into another's by having given the same command.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassStore } from '../../classroom/store/class-store.ts';
import type { ClassRow } from '../../classroom/store/rows.ts';
import { UserError } from '../../model/errors.ts';
import { sameCode } from './secrets.ts';

/** What it is chosen by. */
export interface ClassWanted {
  readonly lesson: string;
  /** This machine's folder for classes on this very lesson. */
  readonly folder: string;
  /** Join code of the class, as typed; null where none was. */
  readonly code: string | null;
}

/** File of the secret that this machine's instructor has for a class. */
export function secretFile(folder: string, classId: string): string {
  return join(folder, `secret-${classId}`);
}

/**
 * The class with the code; without one, the newest that this machine has served. A code that is no class's any more (it
 * ran out, and there is another) does not keep a machine from the class that it knows.
 * @returns null where there is no class on the lesson.
 * @throws UserError `whose-class` where there are only classes that this machine has nothing to do with, StoreTrouble.
 */
export async function chooseClass(store: ClassStore, { lesson, folder, code }: ClassWanted): Promise<ClassRow | null> {
  const all = await store.classesOn(lesson);
  // A file in the folder is this machine's own, whatever became of the secrets beside it.
  const known = (row: ClassRow): boolean => store.dialect === 'sqlite' || existsSync(secretFile(folder, row.id));
  const chosen = all.find((row) => code !== null && sameCode(code, row.code)) ?? all.find(known);
  if (chosen || all.length === 0) return chosen ?? null;
  throw new UserError(
    'whose-class',
    code === null
      ? `This database has a class on ${lesson} that was not served from here before.`
      : `No class on ${lesson} in this database has the join code ${code}.`,
    { tries: ['With that class: --code CODE, the join code that its server has printed.', 'With a class of your own: --new'] },
  );
}
