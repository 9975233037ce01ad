/** What tests of faults share: what a killed program left on the machine, and chance that can be repeated. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

function quietly(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false; // it ended meanwhile
  }
}

/**
 * Processes, mounts, loop devices and cgroups that belong to a state folder.
 * @param stateDir the folder.
 */
export function leftovers(stateDir: string): readonly string[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) =>
      quietly(() => {
        const state = readFileSync(`/proc/${name}/stat`, 'utf8');
        if (/\) [ZX]/.test(state)) return false;
        const about = readFileSync(`/proc/${name}/cmdline`, 'utf8') + readlinkSync(`/proc/${name}/cwd`);
        return about.includes(stateDir);
      }),
    );
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(stateDir));
  const loops = readdirSync('/sys/block').filter((name) =>
    quietly(() => name.startsWith('loop') && readFileSync(`/sys/block/${name}/loop/backing_file`, 'utf8').includes(stateDir)),
  );
  return [...processes.map((pid) => `process ${pid}`), ...mounts, ...loops, ...groups(stateDir)];
}

/** Cgroups that a session's record names and that are still there. */
function groups(stateDir: string): readonly string[] {
  const run = join(stateDir, 'sandbox/run');
  const names = existsSync(run) ? readdirSync(run) : [];
  return names.flatMap((name) => {
    const record = join(run, name, 'record.json');
    if (!quietly(() => existsSync(record))) return [];
    const { cgroups = [] } = JSON.parse(readFileSync(record, 'utf8')) as { cgroups?: readonly string[] };
    return cgroups.filter((folder) => existsSync(folder));
  });
}

/**
 * Numbers from 0 to 1 that are the same for the same seed (mulberry32).
 * @param start the seed.
 */
export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Waits.
 * @param ms milliseconds.
 */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
