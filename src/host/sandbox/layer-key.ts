/** The name of a prepared layer or image: changes when the definition or what lies below it changes. */
import { createHash, type Hash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Counts up when layers of an earlier version can no longer be used. */
const FORMAT = 1;
/** What the machine's packages and accounts are; a layer carries its own versions of these files. */
const MACHINE_FILES = ['/etc/os-release', '/var/lib/dpkg/status', '/etc/passwd', '/etc/group'];

/**
 * The key for a definition: 16 hexadecimal digits.
 * @param dir the definition's folder.
 * @param arch the machine's architecture.
 * @param base what lies below where that is not this machine: an image's identity.
 */
export async function layerKey(dir: string, arch: string = process.arch, base?: string): Promise<string> {
  const hash = createHash('sha256').update(`lockstep layer ${FORMAT} ${arch}\0`);
  await addFolder(hash, dir, '');
  if (base !== undefined) return hash.update(`base ${base}`).digest('hex').slice(0, 16);
  for (const path of MACHINE_FILES) {
    hash.update(`${path}\0`);
    hash.update(await readFile(path).catch(() => Buffer.alloc(0)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function addFolder(hash: Hash, dir: string, below: string): Promise<void> {
  const names = (await readdir(join(dir, below))).sort();
  for (const name of names) {
    const path = join(below, name);
    const about = await lstat(join(dir, path));
    hash.update(`${path}\0${about.isDirectory() ? 'd' : about.mode & 0o111 ? 'x' : 'f'}\0`);
    if (about.isDirectory()) await addFolder(hash, dir, path);
    else if (about.isSymbolicLink()) hash.update(await readlink(join(dir, path)));
    else if (about.isFile()) hash.update(`${about.size}\0`).update(await readFile(join(dir, path)));
  }
}
