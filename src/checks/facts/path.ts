/** What is at a path, without opening it, and the contents of regular files. */
import { quotePath } from '../../checks/batch/quote.ts';
import type { Answer, Fact, Judgement } from '../../checks/kind.ts';
import { trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';
import { contentLimit, contents } from './gather-contents.ts';
import { paths, statFormat } from './gather-paths.ts';

export { contentLimit } from './gather-contents.ts';

/** What a path can be. */
export type PathType = 'file' | 'directory' | 'fifo' | 'socket' | 'symlink' | 'device';

/** What is at a path. */
export interface PathStat {
  readonly type: PathType;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly size: number;
  readonly uid: string;
  readonly gid: string;
  /** Names, or the numbers again where the host has no name for them. */
  readonly owner: string;
  readonly group: string;
}

/** The path itself, and what it leads to when it is a symbolic link. */
export type PathFacts =
  | { readonly status: 'missing' }
  | {
      readonly status: 'there';
      readonly own: PathStat;
      /** Where a symbolic link points, as it says itself; absent for everything else. */
      readonly target?: string;
      /** What is there in the end; null for a link that leads nowhere. */
      readonly final: PathStat | null;
    }
  | { readonly status: 'untold'; readonly judgement: Judgement };

/**
 * Asks for type, size, owner, group, mode and link target of a path. Opens nothing.
 * @param path on the host.
 */
export function pathFact(path: string): Fact {
  const word = quotePath(path);
  const script = `if [ -L ${word} ]; then
  stat -c ${statFormat} ${word} && { stat -L -c ${statFormat} ${word} || echo -; } && readlink ${word}
else
  exec stat -c ${statFormat} ${word}
fi`;
  return { weight: 'light', maxBytes: 8192, script, inPerl: ['stat', path], shared: { by: paths, item: path } };
}

/**
 * Reads the answer to `pathFact`.
 * @param answer what the host said.
 * @param path the same path, for sentences.
 */
export function readPath(answer: Answer, path: string): PathFacts {
  if (answer.code !== 0) return unreadable(answer, path);
  const [first = '', second, ...target] = answer.stdout.toString('utf8').split('\n');
  const own = readStat(first);
  if (own === null) return { status: 'untold', judgement: trouble('asking-failed', `stat did not say what ${path} is.`) };
  if (own.type !== 'symlink') return { status: 'there', own, final: own };
  const final = readStat(second ?? '');
  if (final === null && answer.stderr.includes('Permission denied'))
    return { status: 'untold', judgement: troubleReading(answer, path, 'stat') };
  return { status: 'there', own, final, target: target.join('\n').replace(/\n$/, '') };
}

/** stat says nothing but the system's error text; LC_ALL=C makes it the English one. */
function unreadable(answer: Answer, path: string): PathFacts {
  if (/No such file|Not a directory|Too many levels/.test(answer.stderr)) return { status: 'missing' };
  return { status: 'untold', judgement: troubleReading(answer, path, 'stat') };
}

/**
 * Why a program that reads a path failed, as an `error`.
 * @param answer what it said.
 * @param path which path.
 * @param tool the program's name.
 */
export function troubleReading(answer: Answer, path: string, tool: string): Judgement {
  if (answer.code === 127) return trouble('tool-missing', `The host has no ${tool}, which is needed to look at ${path}.`);
  if (answer.stderr.includes('Permission denied'))
    return trouble('permission-denied', `The check may not look at ${path}: permission denied for the user it asks as.`);
  if (answer.stderr.includes('No space left'))
    return trouble('no-room', 'The host’s disk is full: the answer could not be kept.');
  return trouble('asking-failed', `${tool} failed on ${path}: ${oneLine(answer.stderr) || `exit code ${answer.code}`}`);
}

/** By the upper four bits of st_mode, inode(7). */
const types: ReadonlyMap<number, PathType> = new Map([
  [0o01, 'fifo'],
  [0o02, 'device'],
  [0o04, 'directory'],
  [0o06, 'device'],
  [0o10, 'file'],
  [0o12, 'symlink'],
  [0o14, 'socket'],
]);

function readStat(line: string): PathStat | null {
  const found = /^([0-9a-f]+) (\d+) (\d+) (\d+) (\S+) (\S+)$/.exec(line);
  if (!found) return null;
  const [mode = '', size = '', uid = '', gid = '', owner = '', group = ''] = found.slice(1);
  const bits = Number.parseInt(mode, 16);
  const type = types.get(bits >> 12);
  if (type === undefined) return null;
  return {
    type,
    mode: bits & 0o7777,
    size: Number(size),
    uid,
    gid,
    owner: owner === 'UNKNOWN' ? uid : owner,
    group: group === 'UNKNOWN' ? gid : group,
  };
}

/**
 * Asks for the beginning of a regular file; of anything else nothing is opened and nothing comes.
 * @param path on the host.
 */
export function contentFact(path: string): Fact {
  const word = quotePath(path);
  return {
    weight: 'light',
    maxBytes: contentLimit,
    script: `[ ! -f ${word} ] || exec head -c ${contentLimit + 1} ${word}`,
    inPerl: ['content', path, `${contentLimit + 1}`],
    shared: { by: contents, item: path },
  };
}
