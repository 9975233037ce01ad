/** A host over ssh, by the user's own OpenSSH client. Prepared by somebody else; it is asked, never changed by itself. */
import { spawn } from 'node:child_process';
import type { Host } from '../../host/host.ts';
import { lingering } from '../../host/remote-shell/linger.ts';
import { createPreparedHost } from '../../host/remote-shell/prepared-host.ts';
import { quote } from '../../host/remote-shell/quote.ts';
import type { HostDefinition } from '../../model/host.ts';
import { createConnection } from './connection.ts';
import { explainSsh, nameOf, parseTarget } from './target.ts';

/** Scripts at the same time: a server allows ten sessions in a connection, and shells and a monitor need some. */
const MOST = 4;

/** How to connect. */
export interface SshOptions {
  /** `ssh://[USER@]HOST[:PORT]`. */
  readonly target: string;
  /** Another file than the user's own ssh configuration. */
  readonly config?: string;
}

/**
 * A host over ssh; nothing is connected before it is asked for. Throws a UserError for a target that is none.
 * @param definition what the lesson expects.
 * @param options where.
 */
export function createSshHost(definition: HostDefinition, options: SshOptions): Host {
  const target = parseTarget(options.target);
  const connection = createConnection(target, options.config);
  const line = (words: readonly string[]) => words.map(quote).join(' ');
  const open = (words: readonly string[]) =>
    spawn('ssh', connection.args(['-T'], line(words)), { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  return createPreparedHost(definition, {
    kind: 'ssh',
    where: nameOf(target),
    most: MOST,
    async connect() {
      await connection.connect();
      return open;
    },
    explain: (words) => explainSsh(target, words),
    terminal: (words) => ({
      ...lingering(['ssh', ...connection.args(['-tt', '-e', 'none'], line(words))]),
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    }),
    async keep(words) {
      await connection.connect();
      return open(words);
    },
    disconnect: () => connection.close(),
    onNews: (listener) => connection.onNews(listener),
    onLost: (listener) => connection.onLost(listener),
  });
}
