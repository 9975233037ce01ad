/** Scripts on the sandbox: asks the agent, collects what they write. */

import type { ExecRequest, ExecResult, HostStream } from '../../host/host.ts';
import { BugError } from '../../model/errors.ts';
import type { Answer } from './connection.ts';
import type { Helper } from './helper.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_OUTPUT = 1 << 20;
/** The agent keeps the deadline; this much later the answer itself is given up. */
const GRACE_MS = 15_000;

/** What only the driver itself asks for. */
export interface ScriptOptions {
  /** `user`: counts against the learner's limits, for services; `check` (default): works even when those are reached. */
  readonly group?: 'user' | 'check';
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shells that were asked for with `after_start` wait until this script has ended well. */
  readonly starts?: boolean;
  /** Output as it comes, and lines written to descriptor 3. */
  readonly onOutput?: (data: Buffer) => void;
  readonly onStatus?: (line: string) => void;
}

/**
 * Runs a script to its end. A script that fails is a result; rejects when it could not be run.
 * @param helper the running helper.
 * @param request what to run.
 * @param options the driver's own wishes.
 */
export async function runScript(helper: Helper, request: ExecRequest, options: ScriptOptions = {}): Promise<ExecResult> {
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const output = { o: [] as Buffer[], e: [] as Buffer[] };
  const status = lineSplitter(options.onStatus ?? (() => {}));
  const script = Buffer.from(request.script);
  const stdin = Buffer.from(request.stdin ?? '');
  const answer = await helper.ask(
    {
      op: 'exec',
      user: request.user ?? 'root',
      group: options.group ?? 'check',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? {},
      ...(options.starts === true ? { starts: true } : {}),
      status: options.onStatus !== undefined,
      timeout: timeoutMs / 1000,
      max_output: request.maxOutput ?? DEFAULT_OUTPUT,
      script: script.length,
      stdin: stdin.length,
    },
    {
      body: [script, stdin],
      timeoutMs: timeoutMs === 0 ? 0 : timeoutMs + GRACE_MS,
      signal: request.signal,
      onFrame(kind, payload) {
        if (kind === 's') status.push(payload);
        else if (kind === 'o' || kind === 'e') {
          if (options.onOutput === undefined) output[kind].push(payload);
          else options.onOutput(payload);
        }
      },
    },
  );
  return resultOf(answer, Buffer.concat(output.o), Buffer.concat(output.e));
}

function resultOf(answer: Answer, stdout: Buffer, stderr: Buffer): ExecResult {
  const code = answer['code'];
  const signal = answer['signal'];
  if (code === undefined) throw new BugError('an answer without an exit code');
  return {
    code: typeof code === 'number' ? code : null,
    signal: typeof signal === 'string' ? signal : null,
    stdout,
    stderr,
    truncated: answer['truncated'] === true,
    timedOut: answer['timed_out'] === true,
    durationMs: Number(answer['ms']),
  };
}

/**
 * Starts a script whose lines are read as they come; no deadline, ended by `stop`.
 * @param helper the running helper.
 * @param request script and user.
 */
export function streamScript(helper: Helper, request: Pick<ExecRequest, 'script' | 'user'>): HostStream {
  const listeners = new Set<(line: string) => void>();
  const stopping = new AbortController();
  const lines = lineSplitter((line) => {
    for (const listener of [...listeners]) listener(line);
  });
  const script = Buffer.from(request.script);
  const ended = helper
    .ask(
      { op: 'exec', user: request.user ?? 'root', group: 'check', script: script.length, env: {} },
      {
        body: [script],
        timeoutMs: 0,
        signal: stopping.signal,
        onFrame: (kind, payload) => {
          if (kind === 'o') lines.push(payload);
        },
      },
    )
    .then(
      () => lines.end(),
      () => lines.end(),
    );
  return {
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended,
    stop: () => stopping.abort(),
  };
}

/**
 * Cuts bytes into lines of UTF-8; a line without end is kept until more comes or `end`.
 * @param onLine called with each line, without its newline.
 */
export function lineSplitter(onLine: (line: string) => void): { push(data: Buffer): void; end(): void } {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(data) {
      let left = rest.length === 0 ? data : Buffer.concat([rest, data]);
      for (let end = left.indexOf(10); end >= 0; end = left.indexOf(10)) {
        onLine(left.toString('utf8', 0, end));
        left = left.subarray(end + 1);
      }
      rest = left;
    },
    end() {
      if (rest.length > 0) onLine(rest.toString('utf8'));
      rest = Buffer.alloc(0);
    },
  };
}
