/** How our containers and images are named and marked, so that leftovers are found; and what remembers whose they are. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../../host/sandbox/paths.ts';

/** The names of one session's things. */
export interface Names {
  /** The container. */
  readonly container: string;
  /** Image repository of its snapshots. */
  readonly snapshots: string;
  /** Marks everything of this state folder. */
  readonly state: string;
  /** The note that says which program uses the container. */
  readonly note: string;
  readonly logs: string;
}

/**
 * The names for a session.
 * @param stateDir the program's state folder, absolute.
 * @param session its name.
 * @param program which engine.
 */
export function namesFor(stateDir: string, session: string, program: string): Names {
  const state = createHash('sha256').update(stateDir).digest('hex').slice(0, 12);
  const folder = folderOf(session);
  return {
    container: `lockstep-${folder}-${state}`,
    snapshots: `lockstep/session-${createHash('sha256').update(`${stateDir}\0${session}`).digest('hex').slice(0, 24)}`,
    state,
    note: join(stateDir, program, 'run', `${folder}.json`),
    logs: join(stateDir, program, 'logs'),
  };
}

/** A process by number and start time, as text: a number alone is given to others later. */
export function ownIdentity(): string {
  return `${process.pid}-${startTime(process.pid)}`;
}

/**
 * Whether the process with this identity still lives.
 * @param identity what `ownIdentity` gave there.
 */
export function isAlive(identity: string): boolean {
  const [pid = '', start = ''] = identity.split('-');
  return /^\d+$/.test(pid) && start !== '' && startTime(Number(pid)) === start;
}

function startTime(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/**
 * Notes that this program uses the session's container.
 * @param note the note's path.
 */
export function writeOwner(note: string): void {
  mkdirSync(join(note, '..'), { recursive: true });
  writeFileSync(note, JSON.stringify({ owner: ownIdentity() }));
}

/**
 * Who uses it; empty when nobody does.
 * @param note the note's path.
 */
export function readOwner(note: string): string {
  try {
    const found = JSON.parse(readFileSync(note, 'utf8')) as { owner?: unknown };
    return typeof found.owner === 'string' ? found.owner : '';
  } catch {
    return '';
  }
}

/**
 * Nobody uses it any more.
 * @param note the note's path.
 */
export function removeOwner(note: string): void {
  rmSync(note, { force: true });
}
