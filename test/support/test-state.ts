/**
 * State folders for whole-program tests. Preparing the Galaxy host takes a minute, so all tests share one folder and
 * with it the prepared host; what a test's sessions leave in it is thrown away.
 */
import { type ExecFileSyncOptionsWithStringEncoding, execFile, execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The built program, as a command to launch. */
export const lockstep: readonly [string, ...string[]] = [process.execPath, join(root, 'bin/lockstep.js')];

/** Where the tests' state folder lies: in the tree, so that a fresh clone starts with none. */
export const sharedState = join(root, 'node_modules/.cache/lockstep-test-state');

/**
 * Runs the built program to its end, without a terminal.
 * @param args its arguments.
 * @param env on top of this process's environment.
 */
export function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly code: number; readonly out: string; readonly err: string } {
  const [file, ...first] = lockstep;
  const options: ExecFileSyncOptionsWithStringEncoding = {
    env: { ...process.env, LOCKSTEP_STATE: sharedState, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
    maxBuffer: 64 << 20,
  };
  try {
    return { code: 0, out: execFileSync(file, [...first, ...args], options), err: '' };
  } catch (thrown) {
    const failed = thrown as { status: number | null; stdout: string; stderr: string };
    return { code: failed.status ?? -1, out: failed.stdout, err: failed.stderr };
  }
}

/**
 * Runs the built program beside others.
 * @param args its arguments.
 */
export function runProgramBeside(
  args: readonly string[],
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [file, ...first] = lockstep;
  const env = { ...process.env, LOCKSTEP_STATE: sharedState };
  return new Promise((resolve) => {
    execFile(file, [...first, ...args], { env, timeout: 600_000, maxBuffer: 64 << 20 }, (failed, out, err) => {
      resolve({ code: failed === null ? 0 : typeof failed.code === 'number' ? failed.code : -1, out, err });
    });
  });
}

/**
 * Makes sure that a lesson has no session, whatever an earlier run left behind.
 * @param lesson its name.
 */
export function forgetSession(lesson: string): void {
  mkdirSync(sharedState, { recursive: true });
  const { code, err } = runProgram(['reset', lesson, '--yes']);
  if (code !== 0) throw new Error(`lockstep reset ${lesson}: ${err}`);
  rmSync(join(sharedState, 'sessions', lesson), { recursive: true, force: true });
}
