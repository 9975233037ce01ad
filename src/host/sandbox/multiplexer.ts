/** The sandbox's terminal multiplexer, kept open by a small program of ours whose descriptors we may look at. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPython, pythonFlags } from './python.ts';

/** How long the program has to tell its descriptor, milliseconds; a shell that waits that long goes the other way. */
const READY_MS = 2000;

/** A multiplexer on loan. */
export interface Multiplexer {
  /** Its path, `/proc/PID/fd/NUMBER`; null where it cannot be had. Never rejects. */
  readonly path: Promise<string | null>;
  /** Gives it back. */
  close(): void;
}

/**
 * A multiplexer that nobody has to lend us; null where we may not open it.
 * @param path where it would be.
 */
export function ownMultiplexer(path: string | null): Multiplexer | null {
  if (path === null || process.getuid?.() !== 0 || !existsSync(path)) return null;
  return { path: Promise.resolve(path), close() {} };
}

/**
 * Asks for the running sandbox's multiplexer.
 * @param folder the folder with the helper's socket.
 * @param programs the folder of the driver's Python programs.
 * @param cacheFolder where their compiled files go.
 */
export function borrowMultiplexer(folder: string, programs: string, cacheFolder: string): Multiplexer {
  const program = join(programs, 'lend_multiplexer.py');
  const child = spawn(findPython() ?? 'python3', [...pythonFlags(cacheFolder), program, folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
  });
  child.stdin.on('error', () => {});
  const path = new Promise<string | null>((settle) => {
    const resolve = (path: string | null): void => {
      clearTimeout(late);
      settle(path);
    };
    // Of all this only the timer keeps us alive: without it a program that waits for nothing else would end here.
    const late = setTimeout(() => resolve(null), READY_MS);
    child.once('error', () => resolve(null));
    child.once('close', () => resolve(null));
    child.stdout.once('data', (line: Buffer) => resolve(`/proc/${child.pid}/fd/${Number(line.toString())}`));
  });
  // It ends with us, whatever our end is.
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as { unref?: () => void }).unref?.();
  return {
    path,
    close() {
      child.stdin.end();
    },
  };
}
