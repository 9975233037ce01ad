/** `ssh://[USER@]HOST[:PORT]`, and what the failures of OpenSSH mean for a person. Pure. */
import { UserError } from '../../model/errors.ts';

/** Where to connect to; the name may be one of the user's own ssh configuration. */
export interface SshTarget {
  readonly user: string | null;
  readonly host: string;
  readonly port: number | null;
}

/**
 * Reads a target. Throws a UserError (code `bad-option`) for what is none.
 * @param text e.g. `ssh://ubuntu@galaxy.example:2222`.
 */
export function parseTarget(text: string): SshTarget {
  const match = /^ssh:\/\/(?:([^@/\s]+)@)?(\[[0-9a-fA-F:.]+\]|[^@:/\s[\]]+)(?::(\d{1,5}))?\/?$/.exec(text);
  const [, user, host = '', port] = match ?? [];
  const number = port === undefined ? null : Number(port);
  const odd = [user, host].some((word) => word?.startsWith('-') === true);
  if (match === null || odd || (number !== null && (number < 1 || number > 65_535))) {
    throw new UserError('bad-option', `${text} does not name a host for ssh.`, {
      tries: ['Write ssh://HOST, ssh://USER@HOST or ssh://USER@HOST:PORT; HOST may be a name in your ~/.ssh/config.'],
      exitCode: 2,
    });
  }
  return { user: user ?? null, host: host.replace(/^\[|\]$/g, ''), port: number };
}

/**
 * The target as people write it.
 * @param target where.
 */
export function nameOf({ user, host, port }: SshTarget): string {
  return `${user === null ? '' : `${user}@`}${host}${port === null ? '' : `:${port}`}`;
}

/** What to type to try the same by hand. */
function byHand({ user, host, port }: SshTarget): string {
  return `ssh ${port === null ? '' : `-p ${port} `}${user === null ? '' : `${user}@`}${host}`;
}

/**
 * The error for a connection that could not be made, or ended.
 * @param target where to.
 * @param words what OpenSSH printed.
 */
export function explainSsh(target: SshTarget, words: string): UserError {
  const name = nameOf(target);
  const hand = byHand(target);
  const place = target.port === null ? target.host : `[${target.host}]:${target.port}`;
  const last = words.trim().split('\n').at(-1)?.trim() ?? '';
  const error = (code: string, message: string, tries: readonly string[]) => new UserError(code, message, { tries });
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(words)) {
    return error('ssh-host-key-changed', `The host key of ${name} is not the one that is known: it may be another machine.`, [
      'Ask whoever runs the host whether its key has changed. Only if so:',
      `ssh-keygen -R '${place}', then connect once by hand: ${hand}`,
    ]);
  }
  if (/Host key verification failed|No .* host key is known/.test(words)) {
    return error('ssh-host-key-unknown', `The host key of ${name} is not known here yet.`, [
      `Connect once by hand, compare the key, and say yes: ${hand}`,
    ]);
  }
  if (/Permission denied|Too many authentication failures|no mutual signature/i.test(words)) {
    return error('ssh-key-refused', `${name} does not accept your key.`, [
      `Is your key in the agent (ssh-add -l), and on the host (ssh-copy-id)? By hand: ${hand}`,
    ]);
  }
  if (/Could not resolve|Connection refused|timed out|No route to host|Network is unreachable|did not answer/i.test(words)) {
    return error('ssh-unreachable', `${name} cannot be reached: ${last}`, [
      `Is the name right, the host up, the network there? By hand: ${hand}`,
    ]);
  }
  if (/ENOENT/.test(words)) {
    return error('ssh-missing', 'The program ssh is not installed here.', ['apt-get install -y openssh-client']);
  }
  return error('ssh-lost', `The connection to ${name} was lost${last === '' ? '' : `: ${last}`}`, [
    'What was running there is not run again by itself.',
  ]);
}
