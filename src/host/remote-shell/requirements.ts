/** What a prepared host is asked before a lesson begins there, and the sentence for what it lacks. */
import { UserError } from '../../model/errors.ts';
import type { HostDefinition, HostRequirements } from '../../model/host.ts';
import { quote } from './quote.ts';
import type { RemoteShell } from './remote-shell.ts';

const ASK_MS = 30_000;

/** The script that prints a line for each thing that is missing. */
function question(user: string, { users, commands, paths, ports }: HostRequirements): string {
  const ask = (test: string, missing: string) => `${test} >/dev/null 2>&1 || printf '%s\\n' ${quote(missing)}`;
  const listens = (port: number) =>
    `cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qE ':${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A '`;
  return [
    ...[...new Set([user, ...users])].map((name) => ask(`id -u -- ${quote(name)}`, `the user ${name}`)),
    ...commands.map((name) => ask(`command -v -- ${quote(name)}`, `the program ${name}`)),
    ...paths.map((path) => ask(`test -e ${quote(path)}`, path)),
    ...ports.map((port) => ask(listens(port), `something that listens on port ${port}`)),
    '',
  ].join('\n');
}

/**
 * Asks a host that somebody else has prepared whether it is what the lesson expects. Rejects with a UserError that names
 * all that is missing, or that nobody there may become root.
 * @param shell on the host.
 * @param definition what is expected.
 * @param where the host in words, e.g. `ubuntu@host`.
 */
export async function checkRequirements(shell: RemoteShell, definition: HostDefinition, where: string): Promise<void> {
  const user = await shell.user();
  if (user !== 'root') {
    throw new UserError('host-no-sudo', `${user} may not become root on ${where} without a password; the checks need that.`, {
      tries: [
        `On that host, let sudo ask no password: echo '${user} ALL=(ALL) NOPASSWD: ALL' | sudo tee /etc/sudoers.d/lockstep`,
        'Or connect as root.',
      ],
    });
  }
  const requires = definition.requires ?? { users: [], commands: [], paths: [], ports: [] };
  const answer = await shell.exec({ script: question(definition.user, requires), timeoutMs: ASK_MS });
  const missing = answer.stdout.toString().split('\n').filter(Boolean);
  if (missing.length === 0) return;
  throw new UserError(
    'host-not-as-expected',
    `${where} is not what this lesson expects (${definition.title}). It lacks: ${missing.join(', ')}.`,
    {
      tries: [
        `Prepare it first: as root, run setup.sh and start.sh of ${definition.dir} there.`,
        'Or take a host that is made for the lesson: --host sandbox, or --host docker.',
      ],
    },
  );
}
