/**
 * A machine for tests of hosts that are found, not made: this one's files under an overlay, with processes, mounts and
 * host name of its own. Shares the network, so that a server in it listens on the real loopback. Whatever is done in it
 * is gone when it is closed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A running one. */
export interface ThrowawayMachine {
  /** The words before a program that is to run in it. */
  readonly enter: readonly string[];
  /** Where its root is, seen from outside. */
  readonly root: string;
  /** Runs a shell script in it, with an empty environment; throws when it fails. */
  run(script: string): string;
  close(): Promise<void>;
}

const ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

/** PID 1 of it: makes the view, says so, and waits. */
const INIT = `set -e
base=$1
mount --make-rprivate /
mount -t tmpfs -o size=1g,mode=755 tmpfs "$base"
mkdir "$base/upper" "$base/work" "$base/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" "$base/root"
mount -t proc proc "$base/root/proc"
mount --rbind /dev "$base/root/dev"
# Batches of checks clear away what dead ones left there, and know each other by process numbers, which are its own here.
mount -t tmpfs -o mode=1777 tmpfs "$base/root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$base/root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$base/root/run"
rm -rf "$base/root/home" "$base/root/srv"
mkdir "$base/root/home" "$base/root/srv"
echo ready
exec chroot "$base/root" sh -c 'sleep infinity & wait'
`;

/** Why there is none here; null where there can be one. */
export function whyNoThrowawayMachine(): string | null {
  if (process.getuid?.() !== 0) return 'these tests run as root';
  const tried = spawnSync('unshare', ['--mount', '--pid', '--fork', '--uts', '--ipc', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? null : `no namespaces here: ${tried.stderr?.trim() || tried.error?.message}`;
}

/** Starts one. */
export async function openThrowawayMachine(): Promise<ThrowawayMachine> {
  const base = mkdtempSync('/var/tmp/lockstep-test-machine-');
  const words = ['--mount', '--pid', '--fork', '--uts', '--ipc', '--kill-child', 'sh', '-c', INIT, 'sh', base];
  const child = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'pipe'], env: ENV, cwd: '/' });
  await ready(child);
  const [inside = ''] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
  const enter = ['nsenter', '--target', inside, '--mount', '--pid', '--uts', '--ipc', '--root', '--wd', '--'];
  return {
    enter,
    root: join('/proc', inside, 'root'),
    run(script) {
      const [file = '', ...args] = [...enter, 'sh', '-c', script];
      const done = spawnSync(file, args, { encoding: 'utf8', env: ENV, cwd: '/' });
      if (done.status !== 0) throw new Error(`${script}\nended with ${done.status}: ${done.stderr}`);
      return done.stdout;
    },
    async close() {
      const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
      child.kill('SIGKILL');
      await gone;
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.on('data', (data: Buffer) => {
      words += data.toString();
    });
    child.stdout?.once('data', () => resolve());
    child.once('close', () => reject(new Error(`no throwaway machine: ${words}`)));
  });
}
