/** Where the driver keeps its things in the state folder, and where its own programs lie. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BugError } from '../../model/errors.ts';

/** The driver's folders and files below the program's state folder. */
export interface SandboxPaths {
  /** Everything of the driver's. */
  readonly base: string;
  /** Logs of preparing, readable by the user. */
  readonly logs: string;
  /** Notes about the prepared layers, `KEY.json`. */
  readonly layers: string;
  /** Notes about sessions that have files, `SESSION.json`. */
  readonly sessions: string;
  /** One folder for each session in use. */
  readonly run: string;
  readonly image: string;
}

/**
 * The driver's layout.
 * @param stateDir the program's state folder, absolute.
 */
export function sandboxPaths(stateDir: string): SandboxPaths {
  const base = join(stateDir, 'sandbox');
  return {
    base,
    logs: join(base, 'logs'),
    layers: join(base, 'layers'),
    sessions: join(base, 'sessions'),
    run: join(base, 'run'),
    image: join(base, 'state.img'),
  };
}

/**
 * A session's name as the driver uses it for folders: itself where it is harmless, a hash otherwise.
 * @param session any text.
 */
export function folderOf(session: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(session)) return session;
  return `s-${createHash('sha256').update(session).digest('hex').slice(0, 24)}`;
}

/**
 * The folder of the driver's Python programs: beside this file in the source tree, `sandbox/` beside the bundle.
 * @param from where this code lies, by default its own address.
 */
export function programFolder(from: string = import.meta.url): string {
  const candidates = ['./', './sandbox/', '../sandbox/'].map((path) => fileURLToPath(new URL(path, from)));
  const found = candidates.find((folder) => existsSync(join(folder, 'helper.py')));
  if (found === undefined) throw new BugError(`helper.py is in none of ${candidates.join(', ')}`);
  return found;
}
