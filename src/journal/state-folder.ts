/** Where sessions are kept. Pure: the environment is an argument. */
import { createHash } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';

/**
 * The folder that everything Lockstep keeps lies in: `LOCKSTEP_STATE` itself where that is set, otherwise `lockstep`
 * in the user's state folder (XDG Base Directory Specification 0.8: an XDG_STATE_HOME that is not absolute is ignored).
 * @param env the environment.
 * @throws UserError `no-home` when none of the three is set.
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env['LOCKSTEP_STATE'];
  if (own) return resolve(own);
  const state = env['XDG_STATE_HOME'];
  if (state && isAbsolute(state)) return join(state, 'lockstep');
  const home = env['HOME'];
  if (home && isAbsolute(home)) return join(home, '.local/state/lockstep');
  throw new UserError('no-home', 'Lockstep does not know where to keep your progress: neither HOME nor XDG_STATE_HOME is set.', {
    tries: ['Set LOCKSTEP_STATE to a folder of yours, e.g. LOCKSTEP_STATE=/var/tmp/lockstep'],
  });
}

/**
 * The folder of one lesson's sessions. A name that is no plain file name is written in another way, so that two lessons
 * never share a folder and none leaves it.
 * @param state what `stateFolder` said.
 * @param lessonId the lesson's id.
 */
export function sessionFolder(state: string, lessonId: string): string {
  return join(state, 'sessions', folderName(lessonId));
}

function folderName(id: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,80}$/.test(id)) return id;
  const readable = id.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return `.${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}
