/** Puts a shell's rc text and its login program on the host, where every user can read them. */
import { randomBytes } from 'node:crypto';
import type { ShellRequest } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import { KEEPER } from './keeper-program.ts';
import { loginProgram } from './programs.ts';
import { quote } from './quote.ts';
import type { RemoteShell } from './remote-shell.ts';

/** A login program on the host. */
export interface Login {
  /** The words that become the shell when they are run in a terminal on the host. */
  readonly words: readonly string[];
  /** Its folder on the host; `shell-pid` in it is the process number once it runs. */
  readonly folder: string;
  /** The words that start a keeper of that shell or attach to it; null where the host has no Python for it. */
  readonly keeper: ((how: 'start' | 'attach') => readonly string[]) | null;
}

/**
 * Prepares a shell. Rejects with a UserError where the host has no room for it.
 * @param shell on the host.
 * @param request whose shell.
 */
export async function prepareLogin(shell: RemoteShell, request: ShellRequest): Promise<Login> {
  const user = await shell.user();
  const made = await shell.exec({
    script:
      'for b in /run /tmp; do d=$(mktemp -d "$b/lockstep-shell.XXXXXXXX" 2>/dev/null) && break; done\nchmod 755 "$d" && printf %s "$d"\n',
    user,
  });
  const folder = made.stdout.toString();
  if (made.code !== 0 || folder === '') throw new UserError('host-disk-full', 'There is no room on the host to start a shell.');
  const rc = request.rcFile === undefined ? null : `${folder}/rc`;
  const program = loginProgram(request.user, rc, request.env ?? {});
  const text = request.rcFile ?? '';
  const files = { login: program, keeper: KEEPER, rc: text };
  const placed = await shell.exec({
    script: `umask 022\ncd ${quote(folder)} || exit 1
${Object.entries(files)
  .map(([name, content]) => `head -c ${Buffer.byteLength(content)} >${name} || exit 1`)
  .join('\n')}
python3 -I -c 'import fcntl, pty, termios' 2>/dev/null && echo kept; :\n`,
    stdin: Object.values(files).join(''),
    user,
  });
  if (placed.code !== 0) throw new UserError('host-disk-full', 'There is no room on the host to start a shell.');
  const words = ['sh', `${folder}/login`];
  const name = randomBytes(16).toString('hex');
  const keeper = (how: 'start' | 'attach'): readonly string[] => [
    ...['python3', '-I', `${folder}/keeper`, how, name],
    ...(how === 'start' ? words : []),
  ];
  return { words, folder, keeper: placed.stdout.toString().trim() === 'kept' ? keeper : null };
}
