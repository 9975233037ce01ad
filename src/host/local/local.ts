/**
 * This very machine as a host, for the learner in a virtual machine of their own. Starts nothing but shells; whether it
 * may be used at all is asked before (src/cli).
 */
import { spawn } from 'node:child_process';
import type { Host } from '../../host/host.ts';
import { lingering } from '../../host/remote-shell/linger.ts';
import { createPreparedHost } from '../../host/remote-shell/prepared-host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';

/** Scripts at the same time. */
const MOST = 6;

/** How programs are started. */
export interface LocalOptions {
  /** Words before every program, to be somewhere else than here: for tests. */
  readonly prefix?: readonly string[];
}

/**
 * This machine as a host.
 * @param definition what the lesson expects.
 * @param options for tests.
 */
export function createLocalHost(definition: HostDefinition, options: LocalOptions = {}): Host {
  const prefix = options.prefix ?? [];
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', TERM: 'xterm-256color' };
  return createPreparedHost(definition, {
    kind: 'local',
    where: 'this machine',
    most: MOST,
    async connect() {
      return (words) => {
        const [file = '', ...args] = [...prefix, ...words];
        return spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', env, detached: true });
      };
    },
    explain: (words) => new UserError('host-gone', `A shell on this machine ended by itself${words === '' ? '.' : `: ${words}`}`),
    terminal(words) {
      return { ...lingering([...prefix, ...words]), env };
    },
    async disconnect() {},
    onLost: () => () => {},
  });
}
