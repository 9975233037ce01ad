/** One request to the helper or the agent: a JSON line, a body, frames back. Knows the wire, not what is asked. */
import { closeSync, constants, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { UserError } from '../../model/errors.ts';
import { goneError, type ToldTrouble, userErrorOf } from './trouble.ts';

/** What is asked; `op` says what, the rest depends on it. */
export type Question = Readonly<Record<string, unknown>> & { readonly op: string };

/** The answer of the last frame. */
export type Answer = Readonly<Record<string, unknown>>;

/** How to ask. */
export interface AskOptions {
  /** Bytes after the JSON line. */
  readonly body?: readonly Buffer[];
  /** Called for each frame but the last one; `kind` is its letter. */
  readonly onFrame?: (kind: string, payload: Buffer) => void;
  /** Milliseconds until it is given up; the other side ends what it does when the connection closes. 0: never. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once the question is on its way: what is asked from then on is heard after it. */
  readonly onSent?: () => void;
}

/**
 * Asks and waits for the last frame. Rejects with a UserError for what the other side told, for a deadline (code
 * `sandbox-timeout`), for a helper that is gone; with the signal's reason when aborted.
 * @param folder the folder with the helper's socket.
 * @param question what is asked.
 * @param options body, frames, deadline, abort.
 */
export function ask(folder: string, question: Question, options: AskOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) {
      reject(options.signal.reason);
      return;
    }
    const socket = open(folder);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.destroy();
      finish();
    };
    const abort = () => settle(() => reject(options.signal?.reason));
    const timer = options.timeoutMs > 0 ? setTimeout(() => settle(() => reject(late(question))), options.timeoutMs) : undefined;
    options.signal?.addEventListener('abort', abort, { once: true });
    socket.on('error', (cause) => settle(() => reject(goneError(cause))));
    socket.on('close', () => settle(() => reject(goneError())));
    readFrames(socket, (kind, payload) => {
      if (kind !== 'x') {
        options.onFrame?.(kind, payload);
        return;
      }
      const answer = JSON.parse(payload.toString()) as Answer;
      const told = answer['error'] as ToldTrouble | undefined;
      settle(() => (told === undefined ? resolve(answer) : reject(userErrorOf(told))));
    });
    socket.write(`${JSON.stringify(question)}\n`, (error) => {
      if (!error) options.onSent?.();
    });
    for (const part of options.body ?? []) socket.write(part);
  });
}

function late(question: Question): UserError {
  return new UserError('sandbox-timeout', `The sandbox did not answer in time (${question.op}).`, {
    tries: ['Is the machine very busy? Try again.'],
  });
}

/** Connects by way of an open folder: a socket's path may have 107 bytes only, a state folder's path is as long as it likes. */
function open(folder: string): Socket {
  let descriptor: number;
  try {
    descriptor = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (cause) {
    throw goneError(cause);
  }
  const socket = connect(`/proc/self/fd/${descriptor}/socket`);
  const release = () => {
    if (descriptor >= 0) closeSync(descriptor);
    descriptor = -1;
  };
  socket.prependOnceListener('connect', release);
  socket.prependOnceListener('error', release);
  return socket;
}

function readFrames(socket: Socket, onFrame: (kind: string, payload: Buffer) => void): void {
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = 5;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let data = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    while (data.length >= 5 && data.length >= 5 + data.readUInt32BE(1)) {
      const end = 5 + data.readUInt32BE(1);
      onFrame(data.toString('latin1', 0, 1), data.subarray(5, end));
      data = data.subarray(end);
    }
    chunks = [data];
    size = data.length;
    wanted = size >= 5 ? 5 + data.readUInt32BE(1) : 5;
  });
}
