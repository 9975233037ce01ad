/** A real PostgreSQL of the test's own: a cluster in a temporary folder, reached by a Unix socket alone. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A running cluster. */
export interface TestPostgres {
  /** A new, empty database; its address. */
  newDatabase(): string;
  /** Runs one statement and returns psql's plain output. */
  query(address: string, sql: string): string;
  /** Ends it as a power cut would, or in order, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  readonly pid: number;
  dispose(): Promise<void>;
}

const ROOT = '/usr/lib/postgresql';

/** Debian keeps the programs of each version apart. */
function programs(): string | null {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(ROOT, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** The server refuses to run as root: it becomes the user that Debian makes for it. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function untilAnswered(ask: () => string): Promise<void> {
  const patience = Date.now() + 30_000;
  for (;;) {
    try {
      ask();
      return;
    } catch (error) {
      if (Date.now() > patience) throw error;
      await pause(50);
    }
  }
}

/**
 * Makes a cluster and starts it.
 * @param settings further settings of the server, `name=value`.
 */
export async function startPostgres(settings: readonly string[] = []): Promise<TestPostgres> {
  const bin = programs();
  if (bin === null) throw new Error('PostgreSQL is not installed (postgresql)');
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-pg-'));
  const user = owner();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'lockstep', '-N', '-E', 'UTF8', '--locale=C'], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  let server: ChildProcess | null = null;
  let databases = 0;
  const query = (address: string, sql: string): string =>
    execFileSync('psql', ['-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', address, '-c', sql], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const address = (name: string): string => `postgres://lockstep@localhost/${name}?host=${folder}`;
  const start = async (): Promise<void> => {
    const all = ['listen_addresses=', 'max_connections=60', ...settings].flatMap((setting) => ['-c', setting]);
    server = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, ...all], { ...user, cwd: folder, stdio: 'ignore' });
    await untilAnswered(() => query(address('postgres'), 'SELECT 1'));
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const own = server;
    server = null;
    if (!own || own.exitCode !== null) return;
    const gone = new Promise((resolve) => own.once('exit', resolve));
    own.kill(signal);
    await gone;
  };
  await start();
  return {
    newDatabase() {
      databases += 1;
      query(address('postgres'), `CREATE DATABASE class_${databases}`);
      return address(`class_${databases}`);
    },
    query,
    // SIGQUIT is the immediate shutdown: nothing is written any more, the log is replayed at the next start.
    crash: () => end('SIGQUIT'),
    stop: () => end('SIGINT'),
    start,
    get pid() {
      return server?.pid ?? 0;
    },
    async dispose() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
