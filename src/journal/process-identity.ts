/** Which process is which, even after its number was given to another one. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process as a lock file names it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot at which it started, with the boot's id; null where the system does not tell (no /proc). */
  readonly started: string | null;
  readonly machine: string;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid), machine: hostname() };
}

/**
 * Whether that process still runs. On another machine (a home folder on the network) that cannot be seen, and counts
 * as running.
 * @param identity as it was written down.
 */
export function isRunning(identity: ProcessIdentity): boolean {
  if (identity.machine !== hostname()) return true;
  if (identity.started !== null) return startOf(identity.pid) === identity.started;
  try {
    process.kill(identity.pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat, see proc(5); null when there is no such process or it is only waited for (Z). */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold anything, spaces and parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot}/${fields[19]}`;
  } catch {
    return null;
  }
}
