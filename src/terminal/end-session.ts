/**
 * Ends what is left of a terminal's session: a program that ignores the hang-up, jobs in groups of their own. Knows
 * processes only by /proc; where there is none (macOS), it ends the leader's own group.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** How long a program has to end after it was hung up on, milliseconds. */
export const GRACE_MS = 2000;

/** The session a process belongs to; null where it is gone. The name in parentheses may hold anything, `)` too. */
function sessionOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  } catch {
    return null;
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/**
 * SIGKILL to every process of the session.
 * @param leader the pid that began the session.
 * @param leaderLives false when the leader is known to have ended: who has its pid now is somebody else.
 */
export function endSession(leader: number, leaderLives: boolean): void {
  const members = processes().filter((pid) => sessionOf(pid) === leader);
  if (!leaderLives && members.includes(leader)) return;
  for (const pid of members) kill(pid);
  if (leaderLives) kill(-leader);
}
