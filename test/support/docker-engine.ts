/**
 * A real Docker engine of the test's own: Debian's dockerd on a socket and a data folder that are thrown away, with the
 * base image made by debootstrap and imported as `debian:bookworm`, so that the code path is the user's. The archive of
 * the base is kept below node_modules/.cache: it is made once for each tree.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { until } from './host-shell.ts';

const PACKAGES = 'procps,python3-minimal,sudo,ca-certificates,openssh-server';
const SPACE = '/var/tmp';
const START_MS = 60_000;

/** A running engine. */
export interface TestEngine {
  /** The environment of a client that finds it. */
  readonly env: Readonly<Record<string, string>>;
  docker(...args: string[]): string;
  close(): Promise<void>;
}

/** Why there is none here, tried for real; null where there can be one. */
export async function whyNoDocker(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'these tests run as root';
  const missing = ['dockerd', 'docker', 'debootstrap'].filter((name) => spawnSync(name, ['--version']).error !== undefined);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  try {
    await (await startDaemon()).close();
    return null;
  } catch (error) {
    return `dockerd cannot run here: ${error instanceof Error ? error.message.split('\n').at(-1) : error}`;
  }
}

/**
 * Starts an engine that has the base image. Throws with dockerd's last words where it cannot run.
 * @param root the repository.
 */
export async function startDockerEngine(root: string): Promise<TestEngine> {
  const archive = baseArchive(root);
  const engine = await startDaemon();
  try {
    engine.docker('import', archive, 'debian:bookworm');
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** An engine that has nothing yet. */
async function startDaemon(): Promise<TestEngine> {
  const folder = mkdtempSync(join(SPACE, 'lockstep-test-docker-'));
  const socket = `unix://${folder}/docker.sock`;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, DOCKER_HOST: socket };
  const daemon = spawn(
    'dockerd',
    [
      ...['--host', socket, '--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`],
      ...['--iptables=false', '--ip6tables=false', '--bridge=none'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { PATH: env.PATH, HOME: folder } },
  );
  let words = '';
  for (const stream of [daemon.stdout, daemon.stderr]) {
    stream.on('data', (data: Buffer) => {
      words = `${words}${data.toString()}`.slice(-4000);
    });
  }
  const docker = (...args: string[]): string => {
    const done = spawnSync('docker', args, { env, encoding: 'utf8', maxBuffer: 64 << 20 });
    if (done.status !== 0) throw new Error(`docker ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const close = async () => {
    await endDaemon(daemon);
    spawnSync('sh', ['-c', `grep -F " ${folder}/" /proc/self/mounts | cut -d" " -f2 | sort -r | xargs -r umount -l`]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(
      'dockerd',
      () => {
        if (daemon.exitCode !== null) throw new Error('dockerd ended');
        return spawnSync('docker', ['version'], { env }).status === 0;
      },
      () => words,
      START_MS,
    );
  } catch (error) {
    await close();
    throw new Error(`${error instanceof Error ? error.message : error}\n${words.trim()}`);
  }
  return { env, docker, close };
}

/** Why there is no Podman here; null where there can be one. */
export function whyNoPodman(): string | null {
  if (process.getuid?.() !== 0) return 'these tests run as root';
  const missing = ['podman', 'debootstrap'].filter((name) => spawnSync(name, ['--version']).error !== undefined);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return existsSync('/usr/libexec/podman/catatonit') ? null : 'not installed: catatonit, which podman --init needs';
}

/**
 * Podman with a storage of its own that has the base image. It has no daemon: there is nothing to start.
 * @param root the repository.
 */
export function startPodman(root: string): TestEngine {
  const archive = baseArchive(root);
  const folder = mkdtempSync(join(SPACE, 'lockstep-test-podman-'));
  writeFileSync(
    join(folder, 'storage.conf'),
    `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/root"\nrunroot = "${folder}/run"\n`,
  );
  // The limits are what this machine lets a container have, whatever the engine would like.
  writeFileSync(
    join(folder, 'containers.conf'),
    '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n',
  );
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    CONTAINERS_STORAGE_CONF: `${folder}/storage.conf`,
    CONTAINERS_CONF: `${folder}/containers.conf`,
  };
  const podman = (...args: string[]): string => {
    const done = spawnSync('podman', args, { env, encoding: 'utf8', maxBuffer: 64 << 20 });
    if (done.status !== 0) throw new Error(`podman ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  podman('import', archive, 'debian:bookworm');
  return {
    env,
    docker: podman,
    async close() {
      spawnSync('podman', ['rm', '--all', '--force'], { env });
      spawnSync('sh', ['-c', `grep -F " ${folder}/" /proc/self/mounts | cut -d" " -f2 | sort -r | xargs -r umount -l`]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function endDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => daemon.once('close', () => resolve()));
  daemon.kill('SIGTERM');
  const timer = setTimeout(() => daemon.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(timer);
}

/** A minimal Debian as an archive, with this machine's mirrors. */
function baseArchive(root: string): string {
  const cache = join(root, 'node_modules/.cache/lockstep-test');
  const archive = join(cache, `bookworm-${process.arch}-2.tar`);
  if (existsSync(archive)) return archive;
  mkdirSync(cache, { recursive: true });
  const tree = mkdtempSync(join(SPACE, 'lockstep-test-base-'));
  try {
    must('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', tree, ...mirror()]);
    takeMirrors(tree);
    rmSync(join(tree, 'var/cache/apt/archives'), { recursive: true, force: true });
    mkdirSync(join(tree, 'var/cache/apt/archives/partial'), { recursive: true });
    must('tar', ['-C', tree, '--numeric-owner', '-cf', `${archive}.part`, '.']);
    renameSync(`${archive}.part`, archive);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return archive;
}

/** The mirror that this machine installs from, where its list names one plainly. */
function mirror(): readonly string[] {
  const lists = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].filter((path) => existsSync(path));
  const text = lists.map((path) => readFileSync(path, 'utf8')).join('\n');
  const found = /^(?:URIs:|deb(?: \[[^\]]*\])?) *(https?:\/\/\S*debian\/?)(?:\s|$)/m.exec(text)?.[1];
  return found === undefined ? [] : [found];
}

/** What lets this machine reach its package mirrors, lets the container too. */
function takeMirrors(tree: string): void {
  const sources = '/etc/apt/sources.list.d/debian.sources';
  if (existsSync(sources)) {
    cpSync(sources, join(tree, sources));
    writeFileSync(join(tree, 'etc/apt/sources.list'), '');
  }
  for (const name of readdirSync('/etc/apt/apt.conf.d').filter((each) => /proxy|https?|cert/i.test(each))) {
    cpSync(join('/etc/apt/apt.conf.d', name), join(tree, 'etc/apt/apt.conf.d', name));
  }
  for (const path of ['/etc/pip.conf', '/etc/ssl/certs/ca-certificates.crt']) {
    if (existsSync(path)) cpSync(path, join(tree, path), { dereference: true });
  }
}

function must(program: string, args: readonly string[]): void {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (done.status !== 0) throw new Error(`${program}: ${done.error?.message ?? `${done.stdout}${done.stderr}`.slice(-2000)}`);
}
