/** What lies in the state folder: which sessions have files, which are open, and how to be rid of them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Helper, startHelper } from './helper.ts';
import { isOwned, namesIn, readNote, readUse } from './notes.ts';
import { folderOf, type SandboxPaths, sandboxPaths } from './paths.ts';

const ASK_MS = 60_000;
const EMPTY_MS = 300_000;

/** A session that has files in the sandbox's storage, or is open. */
export interface SandboxListing {
  readonly session: string;
  /** The host definition's name; null where it is not known. */
  readonly definition: string | null;
  /** The process that has it open; null when nobody has. */
  readonly openIn: number | null;
}

/** For all functions here. */
export interface SessionsOptions {
  /** Where helper.py lies; by default found by itself. */
  readonly programDir?: string;
}

/**
 * Sessions that have files, by their notes; needs no rights.
 * @param stateDir the program's state folder, absolute.
 */
export function listSandboxes(stateDir: string): readonly SandboxListing[] {
  const paths = sandboxPaths(stateDir);
  return namesIn(paths.sessions)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const note = readNote(join(paths.sessions, name));
      const folder = name.slice(0, -'.json'.length);
      const use = readUse(join(paths.run, folder));
      return {
        session: String(note?.['session'] ?? folder),
        definition: typeof note?.['definition'] === 'string' ? note['definition'] : null,
        openIn: use !== null && isOwned(use) ? use.owner.pid : null,
      };
    });
}

/**
 * Ends what dead programs left behind: processes, cgroups, mounts, loop devices. Also done at each start. Sessions whose
 * owner is alive are not touched. Returns the folders of the sessions cleaned up; needs no rights when there are none.
 * @param stateDir the program's state folder, absolute.
 * @param options for tests and tools.
 */
export async function sweepSandboxes(stateDir: string, options: SessionsOptions = {}): Promise<readonly string[]> {
  const paths = sandboxPaths(stateDir);
  const left = namesIn(paths.run).some((name) => {
    const use = readUse(join(paths.run, name));
    return use !== null && !isOwned(use);
  });
  if (!left) return [];
  const helper = await startHelper({
    paths,
    session: `sweep-${process.pid}`,
    once: true,
    storage: 'none',
    need: 0,
    programDir: options.programDir,
  });
  await helper.close();
  return helper.swept;
}

/**
 * Throws a session's files and snapshots away. Rejects with a UserError (code `sandbox-in-use`) while it is open.
 * @param stateDir the program's state folder, absolute.
 * @param session the session's name.
 * @param options for tests and tools.
 */
export async function destroySandbox(stateDir: string, session: string, options: SessionsOptions = {}): Promise<void> {
  const paths = sandboxPaths(stateDir);
  if (!hasFiles(paths, session)) return;
  const helper = await startHelper({ paths, session, once: true, storage: 'auto', need: 0, programDir: options.programDir });
  try {
    await dropFiles(helper);
  } finally {
    await helper.close();
  }
}

/**
 * Whether a session has files that outlast it, or may have been left behind by a program that is dead.
 * @param paths the driver's layout.
 * @param session the session's name.
 */
export function hasFiles(paths: SandboxPaths, session: string): boolean {
  const folder = folderOf(session);
  // Notes may have been lost; what is in the image only the helper can tell.
  const kept = existsSync(join(paths.sessions, `${folder}.json`)) || existsSync(paths.image);
  return kept || readUse(join(paths.run, folder)) !== null;
}

/**
 * Drops the files and snapshots of the helper's session and gives their room back.
 * @param helper of a session that does not run.
 */
export async function dropFiles(helper: Helper): Promise<void> {
  await helper.ask({ op: 'drop', snapshots: true, forget: true }, { timeoutMs: ASK_MS });
  await helper.ask({ op: 'empty_trash' }, { timeoutMs: EMPTY_MS });
}
