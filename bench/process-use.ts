/** What processes have used so far (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time of all threads of some processes, milliseconds, to the microsecond.
 * @param pids processes that run.
 */
export function cpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + threadsOf(pid).reduce((part, thread) => part + nanoseconds(pid, thread) / 1e6, 0), 0);
}

function threadsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`);
}

function nanoseconds(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0; // a thread that has ended since
  }
}

/**
 * Memory of some processes that is in RAM, megabytes (10⁶).
 * @param pids processes that run.
 */
export function residentMegabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return sum + (Number(kilobytes) * 1024) / 1e6;
  }, 0);
}
