/** A real sshd on loopback, in a throwaway machine, with keys and a client configuration of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './host-shell.ts';
import type { ThrowawayMachine } from './throwaway-machine.ts';

/** A running server. */
export interface TestSshd {
  readonly port: number;
  /** The client's configuration: key, known_hosts. */
  readonly config: string;
  /** The client's folder, with `known_hosts`, `key` and `config` in it. */
  readonly folder: string;
  /** The server's processes are ended; its machine stays. */
  stop(): void;
  start(): Promise<void>;
  dispose(): void;
}

const PROGRAM = '/usr/sbin/sshd';

/** Why there is none here; null where there can be one. */
export function whyNoSshd(): string | null {
  if (!existsSync(PROGRAM)) return 'sshd is not installed (openssh-server)';
  return spawnSync('ssh', ['-V']).error === undefined ? null : 'ssh is not installed (openssh-client)';
}

/** A client's configuration, and the keys for the server that it knows. */
export interface TestClient {
  readonly config: string;
  readonly hostKey: string;
  readonly publicKey: string;
}

/**
 * Makes keys, known_hosts and a configuration.
 * @param folder where.
 * @param host the server as known_hosts writes it.
 * @param options `proxy`: the command that leads to the server, where no port does.
 */
export function makeClient(folder: string, host: string, options: { readonly proxy?: string } = {}): TestClient {
  for (const name of ['key', 'host-key']) {
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
    if (made.status !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
  }
  const hostKey = readFileSync(join(folder, 'host-key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(join(folder, 'known_hosts'), `${host} ${hostKey}\n`);
  const lines = [
    `IdentityFile ${folder}/key`,
    'IdentitiesOnly yes',
    'IdentityAgent none',
    `UserKnownHostsFile ${folder}/known_hosts`,
    'GlobalKnownHostsFile /dev/null',
    'StrictHostKeyChecking yes',
    ...(options.proxy === undefined ? [] : [`ProxyCommand ${options.proxy}`]),
  ];
  writeFileSync(join(folder, 'config'), `Host *\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return { config: join(folder, 'config'), hostKey: join(folder, 'host-key'), publicKey: join(folder, 'key.pub') };
}

/**
 * Starts a server whose users have the test's key.
 * @param machine where it runs.
 */
export async function startSshd(machine: ThrowawayMachine): Promise<TestSshd> {
  const folder = mkdtempSync('/tmp/lockstep-test-ssh-');
  const port = await freePort();
  makeClient(folder, `[127.0.0.1]:${port}`);
  const put = (name: string, text: string, mode: string) =>
    machine.run(
      `umask 077; mkdir -p /run/test-sshd; cat >/run/test-sshd/${name} <<'END'\n${text}END\nchmod ${mode} /run/test-sshd/${name}`,
    );
  put('host-key', readFileSync(join(folder, 'host-key'), 'utf8'), '600');
  put('keys', readFileSync(join(folder, 'key.pub'), 'utf8'), '644');
  put(
    'config',
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      'HostKey /run/test-sshd/host-key',
      'AuthorizedKeysFile /run/test-sshd/keys',
      'PidFile /run/test-sshd/pid',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
      // Ten is the default: tests close one shell after another, faster than a loaded machine ends their sessions.
      'MaxSessions 30',
      '',
    ].join('\n'),
    '600',
  );
  machine.run(
    'chmod 755 /run/test-sshd; mkdir -p /run/sshd; for u in ubuntu nosudo; do ! id $u >/dev/null 2>&1 || usermod -p "*" $u; done',
  );
  const start = async () => {
    const [file = '', ...args] = [...machine.enter, PROGRAM, '-f', '/run/test-sshd/config', '-E', '/run/test-sshd/log'];
    const done = spawn(file, args, { stdio: 'ignore', cwd: '/', env: {} });
    await new Promise((resolve) => done.once('close', resolve));
    await until('sshd', () => machine.run('cat /run/test-sshd/pid 2>/dev/null || :').trim() !== '');
  };
  const stop = () => void machine.run('pkill -x sshd; rm -f /run/test-sshd/pid; :');
  await start();
  return {
    port,
    config: join(folder, 'config'),
    folder,
    start,
    stop,
    dispose() {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
