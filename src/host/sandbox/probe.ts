/** Whether this machine can run the sandbox, tried for real, each answer with a sentence and what to do instead. */
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { programFolder, type SandboxPaths, sandboxPaths } from './paths.ts';
import { type Privilege, privilege } from './privilege.ts';
import { findPython, isProgram } from './python.ts';
import { spawnPrivileged } from './spawn-privileged.ts';

const TRIAL_MS = 60_000;
const MKFS = ['/usr/sbin', '/sbin', '/usr/bin', '/usr/local/sbin'].map((folder) => `${folder}/mkfs.ext4`);
/** Free disk that a prepared host and a session on it are comfortable with. */
const COMFORTABLE_BYTES = 1536 * 2 ** 20;

/** One thing that was tried. */
export interface SandboxProbe {
  /** A stable word, e.g. `root`. */
  readonly name: string;
  /** False only for what makes the sandbox impossible, or, with `warning`, poorer. */
  readonly ok: boolean;
  /** It runs all the same, but not as well. */
  readonly warning: boolean;
  readonly sentence: string;
  readonly tries: readonly string[];
}

/** Where to try. */
export interface ProbeOptions {
  readonly stateDir: string;
  /** Where probe.py lies; by default found by itself. */
  readonly programDir?: string;
}

const good = (name: string, sentence: string): SandboxProbe => ({ name, ok: true, warning: false, sentence, tries: [] });
const bad = (name: string, sentence: string, tries: readonly string[]): SandboxProbe => ({
  name,
  ok: false,
  warning: false,
  sentence,
  tries,
});
const poor = (name: string, sentence: string, tries: readonly string[]): SandboxProbe => ({
  ...bad(name, sentence, tries),
  warning: true,
});

/**
 * All probes in the order in which one needs the other; those that cannot be tried are left out. Changes nothing.
 * @param options the state folder.
 */
export async function probeSandbox(options: ProbeOptions): Promise<readonly SandboxProbe[]> {
  const paths = sandboxPaths(options.stateDir);
  const have = privilege();
  const probes = [probeSystem(), probePython(), probeRoot(have), probeMkfs(), probeDisk(options.stateDir)];
  const able = probes.every((probe) => probe.ok || probe.name === 'mkfs' || probe.name === 'disk');
  if (!able || have === 'sudo-asks') return probes;
  return [...probes, ...(await probeKernel(paths, options.programDir ?? programFolder()))];
}

/**
 * Throws a UserError for what can be told without trying: not Linux, no Python, no way to root, no mkfs.ext4.
 * @param needsImage whether a disk image is still to be made.
 */
export function refuseEarly(needsImage: boolean): void {
  const probes = [probeSystem(), probePython(), probeRoot(privilege()), ...(needsImage ? [probeMkfs()] : [])];
  const why = probes.find((probe) => !probe.ok);
  if (why !== undefined) throw refusal(why);
}

/**
 * Replaces an error of the helper's by what the machine really lacks, where a probe finds that.
 * @param error what was thrown.
 * @param options the state folder.
 */
export async function explainFailure(error: unknown, options: ProbeOptions): Promise<unknown> {
  const found = await probeSandbox(options).catch(() => []);
  const why = found.find((probe) => !probe.ok && !probe.warning);
  return why === undefined ? error : refusal(why, error);
}

function refusal(why: SandboxProbe, cause?: unknown): UserError {
  const code = why.name === 'root' ? 'sandbox-not-root' : `sandbox-no-${why.name}`;
  return new UserError(code, `The sandbox cannot run here. ${why.sentence}`, { tries: why.tries, cause });
}

function probeSystem(): SandboxProbe {
  if (process.platform !== 'linux') {
    return bad('linux', `The sandbox is made of Linux's own means; this is ${process.platform}.`, [
      'Run lockstep in a Linux virtual machine (on Windows: WSL 2).',
      'Or choose another host: lockstep run --host docker, podman or ssh.',
    ]);
  }
  const version = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
  if (/microsoft/i.test(version) && !/WSL2|microsoft-standard/i.test(version)) {
    return bad('linux', 'WSL 1 has no Linux kernel of its own.', ['Convert it: wsl --set-version DISTRIBUTION 2']);
  }
  return good('linux', `Linux ${version}.`);
}

function probePython(): SandboxProbe {
  const python = findPython();
  return python === null
    ? bad('python', 'Python 3 is not installed.', ['apt-get install -y python3'])
    : good('python', `Python 3 at ${python}.`);
}

function probeRoot(have: Privilege): SandboxProbe {
  if (have === 'root') return good('root', 'Running as root.');
  if (have === 'sudo') return good('root', 'Root by sudo, without a password.');
  if (have === 'sudo-asks') return good('root', 'Root by sudo, which asks for the password once.');
  return bad('root', 'Not root, and sudo is not installed.', [
    'Run lockstep as root.',
    'Or, as root: apt-get install -y sudo, and add yourself to the group sudo.',
  ]);
}

function probeMkfs(): SandboxProbe {
  return MKFS.some(isProgram)
    ? good('mkfs', 'The program mkfs.ext4 is installed.')
    : bad('mkfs', 'The program mkfs.ext4 is not installed.', ['apt-get install -y e2fsprogs']);
}

function probeDisk(stateDir: string): SandboxProbe {
  const folder = nearestFolder(stateDir);
  const about = statfsSync(folder);
  const free = about.bavail * about.bsize;
  const figures = `${Math.floor(free / 2 ** 20)} MiB free in ${folder}`;
  return free >= COMFORTABLE_BYTES
    ? good('disk', `${figures}.`)
    : poor('disk', `Only ${figures}; a prepared host needs about ${COMFORTABLE_BYTES / 2 ** 20} MiB.`, [
        'Free some disk space, or set LOCKSTEP_STATE to a folder on another disk.',
      ]);
}

function nearestFolder(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestFolder(dirname(path));
}

interface Trial {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

async function probeKernel(paths: SandboxPaths, programDir: string): Promise<readonly SandboxProbe[]> {
  const made = mkdirSync(paths.base, { recursive: true });
  try {
    return await tryKernel(paths, programDir);
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
}

async function tryKernel(paths: SandboxPaths, programDir: string): Promise<readonly SandboxProbe[]> {
  const child = spawnPrivileged(paths, join(programDir, 'probe.py'), [paths.base], ['-B']);
  child.stdin.end();
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), TRIAL_MS);
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  }).finally(() => clearTimeout(timer));
  try {
    return (JSON.parse(output) as readonly Trial[]).map(judge);
  } catch {
    return [bad('trial', `The trial ended without an answer: ${errors.trim()}`, [])];
  }
}

const INSIDE_CONTAINER = [
  'Inside a container: run lockstep on the machine itself, or give the container --privileged.',
  'Or choose another host: lockstep run --host docker, podman or ssh.',
];

function judge({ name, ok, detail }: Trial): SandboxProbe {
  const why = detail === '' ? '' : ` (${detail})`;
  switch (name) {
    case 'namespaces':
      return ok
        ? good(name, 'Namespaces can be made.')
        : bad(name, `The kernel does not let root make namespaces or mounts here${why}.`, INSIDE_CONTAINER);
    case 'overlayfs':
      return ok
        ? good(name, 'The kernel has overlayfs.')
        : bad(name, 'The kernel has no overlayfs.', ['As root: modprobe overlay', ...INSIDE_CONTAINER]);
    case 'view':
      return ok
        ? good(name, 'A view of this machine can be mounted.')
        : bad(name, `A copy-on-write view of / cannot be mounted${why}.`, INSIDE_CONTAINER);
    case 'image':
      return ok
        ? good(name, 'Files can be kept in a disk image.')
        : poor(
            name,
            `A disk image cannot be mounted${why}: files are kept in memory, and are lost at the end.`,
            INSIDE_CONTAINER,
          );
    default:
      return ok
        ? good(name, 'Processes, memory and CPU can be limited.')
        : poor(name, 'Processes and CPU cannot be limited: a runaway program inside slows this machine down.', []);
  }
}
