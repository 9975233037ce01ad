/** Small JSON files in the state folder by which the program knows what the helper keeps, without root. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A note's contents. */
export type Note = Readonly<Record<string, unknown>>;

/**
 * One note; null where there is none or it is broken.
 * @param path its path.
 */
export function readNote(path: string): Note | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Note) : null;
  } catch {
    return null;
  }
}

/**
 * Names in a folder, sorted; none where there is no such folder.
 * @param folder its path.
 */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** A process as the helper's records keep it: a pid alone may have been given to another program since. */
export interface RecordedProcess {
  readonly pid: number;
  /** Clock ticks from boot to its start, proc(5) `starttime`. */
  readonly start: number | null;
}

/** What a helper writes about the session that it serves. */
export interface UseRecord {
  readonly boot: string;
  readonly owner: RecordedProcess;
}

/**
 * The record of a session in use; null where it is not in use and was not left behind.
 * @param runFolder the session's folder in `run`.
 */
export function readUse(runFolder: string): UseRecord | null {
  const note = readNote(join(runFolder, 'record.json'));
  return note !== null && typeof note['owner'] === 'object' ? (note as unknown as UseRecord) : null;
}

/**
 * Whether the program that owns the session still runs.
 * @param use the session's record.
 */
export function isOwned(use: UseRecord): boolean {
  try {
    if (readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() !== use.boot) return false;
    const text = readFileSync(`/proc/${use.owner.pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] !== 'Z' && Number(fields[19]) === use.owner.start;
  } catch {
    return false;
  }
}
