/**
 * Installs the Debian packages that are missing: as root, or through sudo asked once. Where it cannot, it says exactly
 * which command does it.
 */
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { $, which } from 'zx';
import { missingPackages } from './readiness.mjs';
import { ScriptError, say, step } from './say.mjs';

/** Seconds that apt waits for another package manager to finish. */
const LOCK_TIMEOUT = 300;

/**
 * Installs what is missing of a list.
 * @param packages entries of debian-packages.mjs.
 * @throws ScriptError with the command to run where it could not.
 */
export async function ensurePackages(packages) {
  const missing = missingPackages(packages).map(({ name }) => name);
  if (missing.length === 0) return;
  const asRoot = await rootPrefix(missing);
  await step(`Installing Debian packages: ${missing.join(', ')}`, async (note) => {
    if (!haveLists()) await apt(asRoot, ['update'], note);
    const first = await apt(asRoot, ['install', ...missing], note);
    if (first.code === 0) return;
    // A list from last month names versions that the mirror no longer has.
    if (!/lock|No space left/.test(first.output)) await apt(asRoot, ['update'], note);
    const second = await apt(asRoot, ['install', ...missing], note);
    if (second.code !== 0) throw new ScriptError(explainAptFailure(second.output, missing));
  });
}

/**
 * The sentence for an apt that failed, with the command to run by hand.
 * @param output what apt printed.
 * @param names the packages it was asked for.
 */
export function explainAptFailure(output, names) {
  const holder = /held by process (\d+)(?: \(([^)]+)\))?/.exec(output);
  const tail = output.trimEnd().split('\n').slice(-8).join('\n');
  return `${aptCause(output, holder)}\n${byHand(names)}\n\n${tail}`;
}

/**
 * What to run to install packages by hand.
 * @param names Debian package names.
 */
function byHand(names) {
  return `Install them with\n\n    sudo apt-get update && sudo apt-get install -y ${names.join(' ')}\n\nand try again.`;
}

function aptCause(output, holder) {
  if (holder) {
    return `Another package manager is at work (process ${holder[1]}${holder[2] ? `, ${holder[2]}` : ''}) and has not finished within ${LOCK_TIMEOUT / 60} minutes. Let it finish, or look what it waits for.`;
  }
  if (/Could not get lock|Unable to acquire the dpkg/.test(output)) {
    return 'Another package manager is at work: let it finish.';
  }
  if (
    /Temporary failure resolving|Could not resolve|Could not connect|Network is unreachable|Connection timed out/.test(output)
  ) {
    return 'The Debian mirror cannot be reached: is there a network? (/etc/apt/sources.list* says which mirror.)';
  }
  if (/No space left on device|enough free space/.test(output)) return 'The disk is full.';
  if (/dpkg was interrupted/.test(output)) return 'An earlier installation was broken off: run `sudo dpkg --configure -a` first.';
  if (/Unable to locate package|has no installation candidate/.test(output)) {
    return "This system's package lists do not have all of them.";
  }
  return 'The Debian packages could not be installed.';
}

/** The words to put before `apt-get` so that it runs as root; asks for the password at most once. */
async function rootPrefix(missing) {
  const needed = `Lockstep needs ${missing.length === 1 ? 'a package' : 'packages'} that this machine does not have: ${missing.join(', ')}.`;
  if ((await which('apt-get', { nothrow: true })) === null) {
    throw new ScriptError(
      `${needed} There is no apt-get here to install ${missing.length === 1 ? 'it' : 'them'} with. Install your distribution's packages of that name and try again.`,
    );
  }
  if (process.getuid() === 0) return [];
  if ((await which('sudo', { nothrow: true })) === null) {
    throw new ScriptError(
      `${needed} You are not root, and there is no sudo. As root, run\n\n    apt-get update && apt-get install -y ${missing.join(' ')}\n\nand try again.`,
    );
  }
  const quiet = $({ nothrow: true, quiet: true, stdio: ['ignore', 'ignore', 'ignore'] });
  if ((await quiet`sudo -n true`).exitCode === 0) return ['sudo', '-n'];
  if (!process.stdin.isTTY)
    throw new ScriptError(`${needed} sudo wants a password, and there is no terminal to ask for it. ${byHand(missing)}`);
  say(`${needed} sudo asks for your password once to install them.`);
  const asked = await $({ nothrow: true, quiet: true, stdio: 'inherit' })`sudo -v`;
  if (asked.exitCode !== 0) throw new ScriptError(`Without sudo the packages cannot be installed. ${byHand(missing)}`);
  return ['sudo', '-n'];
}

function haveLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => /Packages/.test(name));
  } catch {
    return false;
  }
}

/** Runs apt-get and shows how far it is. Resolves with exit code and output, whatever they are. */
async function apt(asRoot, [verb, ...names], note) {
  const child = $({ nothrow: true, quiet: true, stdio: ['ignore', 'pipe', 'pipe'] })`${[
    ...asRoot,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'LC_ALL=C.UTF-8',
    'apt-get',
    verb,
    '-y',
    '--no-install-recommends',
    '-o',
    `DPkg::Lock::Timeout=${LOCK_TIMEOUT}`,
    '-o',
    'APT::Status-Fd=1',
    // Without these apt-get update ends with 0 although it could not fetch a thing, and hangs long on a dead mirror.
    '-o',
    'APT::Update::Error-Mode=any',
    '-o',
    'Acquire::Retries=2',
    '-o',
    'Acquire::http::Timeout=30',
    ...names,
  ]}`;
  let output = '';
  const listen = (stream) =>
    createInterface({ input: stream }).on('line', (line) => {
      const progress = /^(?:dl|pm)status:[^:]*:([\d.]+):(.*)$/.exec(line);
      const waiting = /Waiting for cache lock.*held by process (\d+)(?: \(([^)]+)\))?/.exec(line);
      if (progress) note(`${Math.round(Number(progress[1]))} %`);
      else output = `${output}${line}\n`.slice(-20_000);
      if (waiting)
        note(`waiting for process ${waiting[1]}${waiting[2] ? ` (${waiting[2]})` : ''}, which is installing something`);
    });
  listen(child.stdout);
  listen(child.stderr);
  const { exitCode } = await child;
  return { code: exitCode, output };
}
