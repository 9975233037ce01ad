/** Opens the database that a class is kept in. */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { acquireLock } from '../../journal/lock.ts';
import { makePrivateFolder } from '../../journal/private-folder.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import type { Database } from './database.ts';

/** Where a class is kept: a file of SQLite, or PostgreSQL's address. */
export type DatabasePlace =
  | { readonly type: 'sqlite'; readonly path: string; readonly shared?: boolean }
  | { readonly type: 'postgres'; readonly address: string };

/**
 * Opens a database. Each driver is loaded only where it is wanted. A file is held by one class server; `shared` reads
 * beside it.
 * @param onNotice told of what a database says between statements.
 * @throws UserError `class-open` while another server has the file, `no-database` where it cannot be opened.
 */
export async function openDatabase(place: DatabasePlace, onNotice: (sentence: string) => void): Promise<Database> {
  if (place.type === 'postgres') return openRemote(place.address, onNotice);
  await makePrivateFolder(dirname(place.path));
  const lock = place.shared ? null : await lockFile(place.path);
  try {
    const { openSqlite } = await import('./sqlite.ts');
    if (!place.shared) makePrivateFile(place.path);
    const database = openSqlite(place.path);
    return {
      ...database,
      close: async () => {
        await database.close();
        await lock?.release();
      },
    };
  } catch (cause) {
    await lock?.release();
    throw new UserError('no-database', `The class cannot be kept in ${place.path}: ${messageOf(cause)}.`, {
      tries: ['Make room or make it writable, or set LOCKSTEP_STATE to another folder.'],
      cause,
    });
  }
}

/** For its owner alone, whatever the umask; SQLite gives its log the file's own mode. */
function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

async function openRemote(address: string, onNotice: (sentence: string) => void): Promise<Database> {
  const { openPostgres } = await import('./postgres.ts');
  const database = openPostgres(address, onNotice);
  try {
    await database.all('SELECT 1 AS one');
    return database;
  } catch (cause) {
    await database.close().catch(() => {});
    throw new UserError('no-database', `The database does not answer: ${messageOf(cause)}.`, {
      tries: ['Look whether PostgreSQL runs, and at the address: --database postgres://USER@HOST/NAME'],
      cause,
    });
  }
}

async function lockFile(path: string): Promise<Awaited<ReturnType<typeof acquireLock>>> {
  try {
    return await acquireLock(path);
  } catch (cause) {
    if (!(cause instanceof UserError) || cause.code !== 'journal-locked') throw cause;
    throw new UserError('class-open', 'A class server on this lesson runs already.', {
      tries: ['Stop it first, or give the other class a state folder of its own: LOCKSTEP_STATE=…'],
      cause,
    });
  }
}
