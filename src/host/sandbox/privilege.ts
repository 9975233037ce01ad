/** Root's rights for the helper: there already, or by sudo, which asks at most once, before anything is drawn. */
import { spawn, spawnSync } from 'node:child_process';
import { UserError } from '../../model/errors.ts';
import { isProgram } from './python.ts';

/** How the helper gets root's rights. */
export type Privilege = 'root' | 'sudo' | 'sudo-asks' | 'none';

const SUDO = ['/usr/bin/sudo', '/bin/sudo', '/usr/local/bin/sudo'];

/** A start asks several times whether sudo works, and each answer is a program: one is believed for so long, milliseconds. */
const BELIEVED_MS = 5_000;
let sudoWorked = Number.NEGATIVE_INFINITY;

/** Path of sudo; null when it is not installed. */
export function findSudo(): string | null {
  return SUDO.find(isProgram) ?? null;
}

/** What can be had without asking anybody: `sudo-asks` means that a password would be needed. */
export function privilege(): Privilege {
  if (process.getuid?.() === 0) return 'root';
  const sudo = findSudo();
  if (sudo === null) return 'none';
  if (performance.now() - sudoWorked < BELIEVED_MS) return 'sudo';
  if (spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore', timeout: 10_000 }).status !== 0) return 'sudo-asks';
  sudoWorked = performance.now();
  return 'sudo';
}

/**
 * Makes sure that the helper can be started: call it before the screen is taken, since sudo may ask for the password on
 * the terminal. Rejects with a UserError (code `sandbox-not-root`) when there is no way.
 * @param options `interactive`: whether there is somebody to ask; `say`: told why before sudo asks.
 */
export async function authorizeSandbox(options: {
  readonly interactive: boolean;
  readonly say?: (sentence: string) => void;
}): Promise<void> {
  const have = privilege();
  if (have === 'root' || have === 'sudo') return;
  const sudo = findSudo();
  if (sudo === null || !options.interactive) throw notRoot(have);
  options.say?.('The sandbox needs root for its helper, and only for that. sudo asks for your password once.');
  const code = await new Promise<number | null>((resolve, reject) => {
    const asking = spawn(sudo, ['-v'], { stdio: 'inherit' });
    asking.on('error', reject);
    asking.on('close', resolve);
  });
  if (code !== 0) throw notRoot('sudo-asks');
}

/**
 * The refusal for somebody without root's rights.
 * @param have what there is instead.
 */
export function notRoot(have: Privilege): UserError {
  const message =
    have === 'none'
      ? 'The sandbox needs root, and sudo is not installed.'
      : 'The sandbox needs root for its helper, and sudo wants a password that nobody could be asked for.';
  return new UserError('sandbox-not-root', message, {
    tries:
      have === 'none'
        ? ['Run lockstep as root.', 'Or, as root: apt-get install -y sudo, and add yourself to the group sudo.']
        : ['Run sudo -v first, then start again in the same terminal.', 'Or run lockstep as root.'],
  });
}
