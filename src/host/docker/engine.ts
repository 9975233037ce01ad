/** The command line of Docker or Podman: one call, its deadline, and what its failures mean for a person. */
import { spawn } from 'node:child_process';
import { UserError } from '../../model/errors.ts';

const CALL_MS = 60_000;
const MOST_OUTPUT = 4 << 20;

/** Which engine, and how its client finds it. */
export interface EngineOptions {
  readonly program: 'docker' | 'podman';
  /** The client's environment; by default ours, so that DOCKER_HOST and the client's contexts count. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What came of a call. */
export interface CallResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to call. */
export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The engine's client. */
export interface Engine {
  readonly program: 'docker' | 'podman';
  readonly env: NodeJS.ProcessEnv;
  /** Calls the client; a failure is a result. Rejects when it cannot be run, or with the signal's reason. */
  call(args: readonly string[], options?: CallOptions): Promise<CallResult>;
  /** Calls it and gives what it printed; rejects with a UserError when it fails. */
  say(args: readonly string[], options?: CallOptions): Promise<string>;
}

/**
 * A client for an engine.
 * @param options which.
 */
export function createEngine({ program, env = process.env }: EngineOptions): Engine {
  const engine: Engine = {
    program,
    env: { ...env },
    call: (args, options = {}) => call(engine, args, options),
    async say(args, options = {}) {
      const result = await engine.call(args, options);
      if (result.code === 0) return result.stdout.trim();
      throw explainEngine(program, result.stderr);
    },
  };
  return engine;
}

function call(engine: Engine, args: readonly string[], options: CallOptions): Promise<CallResult> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) {
      reject(options.signal.reason);
      return;
    }
    const child = spawn(engine.program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: engine.env, detached: true });
    const timeoutMs = options.timeoutMs ?? CALL_MS;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const abort = () => child.kill('SIGKILL');
    options.signal?.addEventListener('abort', abort, { once: true });
    const kept = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8');
      child[name].on('data', (text: string) => {
        if (kept[name].length < MOST_OUTPUT) kept[name] += text;
      });
    }
    const done = (finish: () => void) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      finish();
    };
    child.once('error', (error) => done(() => reject(explainEngine(engine.program, error.message))));
    child.once('close', (code) =>
      done(() => {
        if (options.signal?.aborted) reject(options.signal.reason);
        else if (late) reject(explainEngine(engine.program, `it did not answer within ${timeoutMs / 1000} s (${args[0]})`));
        else resolve({ code: code ?? 137, ...kept });
      }),
    );
  });
}

/**
 * The error for a call that failed.
 * @param program which engine.
 * @param words what the client printed.
 */
export function explainEngine(program: 'docker' | 'podman', words: string): UserError {
  const title = program === 'docker' ? 'Docker' : 'Podman';
  const last =
    words
      .trim()
      .split('\n')
      .filter((line) => !/^See '|^\s*$/.test(line))
      .at(-1)
      ?.trim() ?? '';
  if (/ENOENT/.test(words)) {
    return new UserError(`${program}-missing`, `The program ${program} is not installed here.`, {
      tries: [`apt-get install -y ${program === 'docker' ? 'docker.io' : 'podman'}`, 'Or take the sandbox: --host sandbox'],
    });
  }
  if (/permission denied.*(?:socket|docker\.sock|daemon)/is.test(words)) {
    return new UserError(`${program}-denied`, `You may not talk to ${title}.`, {
      tries: ['sudo usermod -aG docker "$USER", then log in again'],
    });
  }
  if (
    /Cannot connect to the .* daemon|Is the docker daemon running|connection refused|error during connect|no such host/i.test(
      words,
    )
  ) {
    return new UserError(`${program}-not-running`, `${title} does not answer: ${last}`, {
      tries: ['sudo systemctl start docker', 'Is DOCKER_HOST, or the context (docker context ls), the right one?'],
    });
  }
  if (/no space left on device/i.test(words)) {
    return new UserError('host-disk-full', `${title} has no room left on its disk.`, { tries: [`${program} system prune`] });
  }
  return new UserError(`${program}-failed`, `${title} could not do it: ${last}`, {
    tries: ['See whether it works at all: lockstep doctor'],
  });
}
