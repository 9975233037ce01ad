/** Finds the machine's own Python: a private one may be hidden inside the sandbox. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

const PLACES = ['/usr/bin/python3', '/usr/local/bin/python3', '/bin/python3'];

/**
 * Path of a Python 3 interpreter, the distribution's first; null when there is none.
 * @param path the PATH to look in after that.
 */
export function findPython(path: string = process.env['PATH'] ?? ''): string | null {
  const candidates = [...PLACES, ...path.split(':').map((folder) => join(folder, 'python3'))];
  return candidates.find(isProgram) ?? null;
}

/**
 * True for a file that can be run.
 * @param path an absolute path.
 */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Interpreter options for our programs: nothing of the user's environment, no site packages, compiled files in the
 * state folder only.
 * @param cacheFolder where compiled files go.
 */
export function pythonFlags(cacheFolder: string): readonly string[] {
  return ['-I', '-S', '-E', '-X', `pycache_prefix=${cacheFolder}`];
}
