/** What supervisord says of its programs, asked once however many checks want to know. */
import type { Answer, Fact } from '../../checks/kind.ts';

/** `supervisorctl status`. */
export const statusFact: Fact = { weight: 'heavy', maxBytes: 262_144, script: 'LC_ALL=C supervisorctl status' };

/** One line of it. */
export interface Program {
  /** `name`, or `group:name` where the group is called otherwise. */
  readonly name: string;
  readonly state: string;
  /** How long a running program has been up, milliseconds; null for others. supervisord tells whole seconds. */
  readonly uptimeMs: number | null;
}

// The names of supervisord's process states, http://supervisord.org/subprocess.html#process-states
const line = /^(\S+)\s+(STOPPED|STARTING|RUNNING|BACKOFF|STOPPING|EXITED|FATAL|UNKNOWN)\b(.*)$/;
const uptime = /uptime (?:(\d+) days?, )?(\d+):(\d\d):(\d\d)/;

/**
 * The programs told of in a status answer.
 * @param answer of `statusFact`.
 */
export function programStates(answer: Answer): readonly Program[] {
  return answer.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((text) => {
      const found = line.exec(text);
      if (found?.[1] === undefined || found[2] === undefined) return [];
      return [{ name: found[1], state: found[2], uptimeMs: uptimeOf(found[3] ?? '') }];
    });
}

function uptimeOf(detail: string): number | null {
  const found = uptime.exec(detail);
  if (!found) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
