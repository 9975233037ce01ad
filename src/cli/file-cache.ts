/**
 * Keeps what was read from files, so that a second start shows its first frame without loading a markdown and a
 * YAML library. What is kept belongs to exact files and an exact program; anything else is read anew.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file's bytes; a missing one counts as empty. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function keyOf(files: readonly string[]): string {
  // The program itself belongs to the key: another build may read the same files otherwise.
  const program = statSync(fileURLToPath(import.meta.url)).mtimeMs;
  const hash = createHash('sha256').update(String(program));
  for (const file of files) hash.update(`\0${file}\0`).update(bytesOf(file));
  return hash.digest('hex').slice(0, 32);
}

/**
 * What these files were read as before, or what `read` makes of them now.
 * @param folder where it is kept; trouble with that is no trouble, the files are read then.
 * @param name what the kept file is called, for people who look.
 * @param files every file that the answer depends on.
 * @param read reads them; what it gives must survive JSON.
 * @param keep false for an answer that is not to be kept.
 */
export async function cached<T>(
  folder: string,
  name: string,
  files: readonly string[],
  read: () => Promise<T>,
  keep: (value: T) => boolean,
): Promise<T> {
  const place = join(folder, `${name}-${keyOf(files)}.json`);
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as T;
  } catch {
    // Not kept, or kept badly: it is read below.
  }
  const value = await read();
  if (keep(value)) save(place, value);
  return value;
}

function save(place: string, value: unknown): void {
  try {
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(`${place}.${process.pid}`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${place}.${process.pid}`, place);
  } catch {
    // The next start reads the files again.
  }
}
