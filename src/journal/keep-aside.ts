/** Keeps files under other names without ever overwriting one. */
import { link, writeFile } from 'node:fs/promises';

/**
 * Gives a file a second name that nothing has yet.
 * @param path the file.
 * @param nameFor makes the name for try 1, 2, 3, …
 * @returns the new path.
 */
export function nameAside(path: string, nameFor: (n: number) => string): Promise<string> {
  return firstFree(nameFor, (name) => link(path, name));
}

/**
 * Writes bytes to a file that is not there yet.
 * @param bytes its contents.
 * @param nameFor makes the name for try 1, 2, 3, …
 * @returns its path.
 */
export function writeAside(bytes: Buffer, nameFor: (n: number) => string): Promise<string> {
  return firstFree(nameFor, (name) => writeFile(name, bytes, { flag: 'wx', mode: 0o600 }));
}

/** `link` and `wx` refuse a name that is taken, so no other program can come between. */
async function firstFree(nameFor: (n: number) => string, make: (name: string) => Promise<void>): Promise<string> {
  for (let n = 1; ; n += 1) {
    try {
      await make(nameFor(n));
      return nameFor(n);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
