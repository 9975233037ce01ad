/** The built program as a class server, which tests may kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A class server as a process of its own. */
export interface ServedClass {
  readonly base: string;
  readonly code: string;
  readonly secret: string;
  readonly lesson: string;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Asks it to end; its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  start(): Promise<void>;
}

const LESSON = `# A lesson that is served

## First

\`\`\`bash
touch /tmp/first
\`\`\`

## Second

\`\`\`bash
touch /tmp/second
\`\`\`
`;

function smallLesson(folder: string): string {
  const lesson = join(folder, 'served');
  mkdirSync(lesson, { recursive: true });
  writeFileSync(join(lesson, 'lesson.md'), LESSON);
  return lesson;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** How one is started. */
export interface ServeOptions {
  /** Further arguments. */
  readonly args?: readonly string[];
  /** A lesson's name or folder; a small one of its own where none is given. */
  readonly lesson?: string;
  /** The project's folder. */
  readonly root?: string;
}

/**
 * Starts one.
 * @param folder for its state and lesson.
 */
export async function serveClass(folder: string, options: ServeOptions = {}): Promise<ServedClass> {
  const { args = [], lesson = smallLesson(folder), root = process.cwd() } = options;
  const port = await freePort();
  const program = join(root, 'bin/lockstep.js');
  let child: ChildProcess | null = null;
  let output = '';
  const start = async (): Promise<void> => {
    output = '';
    const all = [program, 'class', 'serve', '--lesson', lesson, '--listen', `127.0.0.1:${port}`, ...args];
    child = spawn(process.execPath, all, { env: { ...process.env, LOCKSTEP_STATE: join(folder, 'state') } });
    child.stdout?.on('data', (bytes) => {
      output += String(bytes);
    });
    child.stderr?.on('data', (bytes) => {
      output += String(bytes);
    });
    const patience = Date.now() + 30_000;
    while (!output.includes('Ctrl-C stops')) {
      if (child.exitCode !== null || Date.now() > patience) throw new Error(`it is not there: ${output}`);
      await pause(10);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const own = child;
    if (!own || own.exitCode !== null) return own?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => own.once('exit', (code) => resolve(code)));
    own.kill(signal);
    return gone;
  };
  await start();
  const found = (pattern: RegExp): string => pattern.exec(output)?.[1] ?? '';
  return {
    base: `http://127.0.0.1:${port}`,
    code: found(/code (\S+)/),
    secret: found(/instructor#(\S+)/),
    lesson: basename(lesson),
    kill: async () => {
      await end('SIGKILL');
    },
    stop: (signal = 'SIGTERM') => end(signal),
    start,
  };
}
