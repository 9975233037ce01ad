/** Where a class is kept. */
import { basename, join } from 'node:path';
import type { DatabasePlace } from '../classroom/store/open-database.ts';
import { claimSession } from '../journal/lesson-sessions.ts';
import { sessionFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';

/** A class's folder and its database. */
export interface ClassPlace {
  readonly folder: string;
  readonly database: DatabasePlace;
}

/**
 * Where the classes on a lesson are kept: a file in the state folder, or the database that was named.
 * @param state the state folder.
 * @param lesson the lesson; one of the same name that lies elsewhere has classes of its own.
 * @param address as typed after `--database`.
 * @throws UserError `usage`.
 */
export async function classPlace(state: string, lesson: Lesson, address: string | undefined): Promise<ClassPlace> {
  const { session } = await claimSession(state, lesson);
  const folder = join(state, 'class', basename(sessionFolder(state, session)));
  if (address === undefined) return { folder, database: { type: 'sqlite', path: join(folder, 'class.db') } };
  if (!/^postgres(ql)?:\/\//.test(address) || !URL.canParse(address)) {
    throw new UserError('usage', `--database cannot be \`${address}\`.`, {
      tries: ['--database postgres://USER@HOST/NAME'],
      exitCode: 2,
    });
  }
  return { folder, database: { type: 'postgres', address } };
}
