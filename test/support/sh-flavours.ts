/** The shells and tool boxes that checks must work with, as folders to put first (or alone) in PATH. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The absolute path of a program of this machine; null when it is not installed. */
export function findProgram(name: string): string | null {
  for (const dir of (process.env['PATH'] ?? '').split(':').concat('/usr/sbin', '/sbin')) {
    if (!dir.includes('shims') && existsSync(join(dir, name))) return join(dir, name);
  }
  return null;
}

/** A flavour of POSIX sh: what `sh` is, and for busybox every other tool too. */
export interface Flavour {
  readonly name: string;
  /** Why it cannot be tried on this machine; null when it can. */
  readonly missing: string | null;
  /** Makes the folder that goes first in PATH. */
  prepare(dir: string): void;
}

/** dash, bash as sh, and busybox with all its applets. */
export const flavours: readonly Flavour[] = [
  shell('dash'),
  shell('bash'),
  {
    name: 'busybox',
    missing: findProgram('busybox') === null ? 'busybox is not installed' : null,
    prepare(dir) {
      mkdirSync(dir, { recursive: true });
      execFileSync(findProgram('busybox')!, ['--install', '-s', dir]);
    },
  },
];

function shell(name: string): Flavour {
  return {
    name,
    missing: findProgram(name) === null ? `${name} is not installed` : null,
    prepare(dir) {
      mkdirSync(dir, { recursive: true });
      symlinkSync(findProgram(name)!, join(dir, 'sh'));
    },
  };
}

const basics = ['sh', 'cat', 'head', 'wc', 'mkdir', 'rm', 'sleep', 'setsid', 'stat', 'readlink', 'grep', 'id', 'sed'];

/**
 * A folder with only the basic tools and those named: alone in PATH it is a host that has nothing else.
 * @param dir to make.
 * @param extra names of programs of this machine.
 * @param without basic tools to leave out.
 */
export function makeToolBox(dir: string, extra: readonly string[] = [], without: readonly string[] = []): string {
  mkdirSync(dir, { recursive: true });
  for (const name of [...basics.filter((each) => !without.includes(each)), ...extra])
    symlinkSync(findProgram(name)!, join(dir, name));
  return dir;
}
