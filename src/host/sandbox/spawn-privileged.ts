/** Starts one of the driver's Python programs with root's rights, directly or through sudo. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../../model/errors.ts';
import type { SandboxPaths } from './paths.ts';
import { findSudo, notRoot, privilege } from './privilege.ts';
import { findPython, pythonFlags } from './python.ts';

/** A program of ours: what we write, what it answers, what it complains. */
export type Process = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts a program; throws a UserError when there is no Python or no way to root.
 * @param paths for the folder of compiled files.
 * @param program absolute path of the Python program.
 * @param words its arguments.
 * @param flags further options of the interpreter.
 */
export function spawnPrivileged(
  paths: SandboxPaths,
  program: string,
  words: readonly string[],
  flags: readonly string[] = [],
): Process {
  const python = findPython();
  if (python === null) throw noPython();
  const have = privilege();
  if (have === 'none' || have === 'sudo-asks') throw notRoot(have);
  const command = [python, ...pythonFlags(join(paths.base, 'pycache')), ...flags, program, ...words];
  const sudo = have === 'sudo' ? findSudo() : null;
  const [file, ...args] = sudo === null ? command : [sudo, '-n', '--', ...command];
  // A clean environment: whatever is in it can be read inside the sandbox.
  return spawn(file as string, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', env: { PATH: process.env['PATH'] ?? '' } });
}

/** The refusal for a machine without Python 3. */
function noPython(): UserError {
  return new UserError('sandbox-missing-program', 'The sandbox needs Python 3, which is not installed.', {
    tries: ['apt-get install -y python3'],
  });
}
