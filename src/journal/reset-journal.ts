/** Starting a lesson afresh: its journal gets another name, nothing is deleted. */
import { stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameAside } from './keep-aside.ts';
import { acquireLock } from './lock.ts';

/**
 * Moves a journal aside to `journal-<date>.jsonl` in its folder.
 * @param path the journal.
 * @param now ms since the epoch; the name's date is in UTC.
 * @returns where it is now; null when there was none, or nothing in it.
 * @throws UserError `journal-locked` while a program has it open.
 */
export async function resetJournal(path: string, now: number = Date.now()): Promise<string | null> {
  if (!(await hasContents(path))) return null;
  const lock = await acquireLock(path);
  try {
    const date = new Date(now).toISOString().slice(0, 19).replace(/:/g, '');
    const kept = await nameAside(path, (n) => join(dirname(path), `journal-${date}${n === 1 ? '' : `-${n}`}.jsonl`));
    await unlink(path);
    return kept;
  } finally {
    await lock.release();
  }
}

async function hasContents(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}
