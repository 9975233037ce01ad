/**
 * One program at a time on one journal: a file beside it that names the process. A lock whose process is gone is taken
 * over. It is made whole before it gets its name, so nobody ever reads half a lock.
 */
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../model/errors.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** A lock that is held. */
export interface JournalLock {
  /** Gives it back; safe to call twice. */
  release(): Promise<void>;
}

/** How often a lock that changes under our eyes is looked at again. */
const TRIES = 20;

/**
 * Takes the lock of a journal.
 * @param path the journal; the lock is `PATH.lock`.
 * @throws UserError `journal-locked` with the process that holds it.
 */
export async function acquireLock(path: string): Promise<JournalLock> {
  const lock = `${path}.lock`;
  const mine = `${lock}.${process.pid}`;
  const text = JSON.stringify(ownIdentity());
  // At once, not by way of the thread pool: ten round trips through that take longer than all of this.
  writeFileSync(mine, text, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (linkNew(mine, lock)) return holding(lock, text);
      const held = readText(lock);
      if (held === null) continue;
      if (isHeld(held)) throw locked(path, held);
      if (takeOver(mine, lock, held)) return holding(lock, text);
      await pause(10);
    }
    throw new UserError('journal-locked', `The lock ${lock} keeps changing hands.`, { tries: ['Try again in a moment.'] });
  } finally {
    remove(mine);
  }
}

/** A file's text; null where there is none. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already.
  }
}

/**
 * Puts our lock in the place of a dead one. A second lock, held only while this is done, keeps two programs from doing
 * it at once: the later of them would throw away the earlier one's fresh lock.
 */
function takeOver(mine: string, lock: string, dead: string): boolean {
  const guard = `${lock}.takeover`;
  if (!linkNew(mine, guard)) {
    const holder = readText(guard);
    if (holder !== null && !isHeld(holder)) remove(guard);
    return false;
  }
  try {
    if (readText(lock) !== dead) return false;
    linkSync(mine, `${mine}.new`);
    renameSync(`${mine}.new`, lock);
    return true;
  } finally {
    remove(guard);
  }
}

/** Gives a file a second name; false when the name is taken. */
function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(text: string): boolean {
  const holder = parseIdentity(text);
  return holder !== null && isRunning(holder);
}

function parseIdentity(text: string): ProcessIdentity | null {
  try {
    const value = JSON.parse(text) as ProcessIdentity;
    return Number.isInteger(value.pid) && value.pid > 0 ? value : null;
  } catch {
    return null;
  }
}

function locked(path: string, held: string): UserError {
  const holder = parseIdentity(held);
  const own = ownIdentity();
  if (holder !== null && holder.machine !== own.machine) {
    return new UserError(
      'journal-locked',
      `This lesson is open in another Lockstep on ${holder.machine} (process ${holder.pid}).`,
      {
        tries: [`Quit it there. If ${holder.machine} no longer runs, delete ${path}.lock`],
      },
    );
  }
  return new UserError('journal-locked', `This lesson is open in another Lockstep already (process ${holder?.pid}).`, {
    tries: ['Go on there, or quit it first.', `If it hangs: kill ${holder?.pid}`],
  });
}

function holding(lock: string, text: string): JournalLock {
  return {
    async release() {
      if (readText(lock) === text) remove(lock);
    },
  };
}
