/**
 * Requests that are sent all the time while a section is open, from the host itself: its network may be private. A loop
 * runs there as a stream and tells of each request on a line; here the lines are counted into slices.
 */
import type { Host, HostStream } from '../host/host.ts';
import { UserError } from '../model/errors.ts';
import type { Monitor } from '../model/lesson.ts';
import { monitorScript } from './monitor/script.ts';
import { createTally, type Slice } from './monitor/tally.ts';

/** A running monitor. */
export interface RunningMonitor {
  /** Ends the requests on the host; nothing is counted afterwards. */
  stop(): void;
}

/** Between two slices, milliseconds. */
const sliceMs = 500;
/** Until a request without a whole answer has failed, milliseconds. */
const answerMs = 10_000;
/** Until the loop on the host must have said that it runs, milliseconds. */
const readyMs = 15_000;
/** Before starting the loop again after it ended unasked, milliseconds: the first wait, the longest, and the life after which waits start over. */
const backOff = { first: 250, longest: 5_000, healthy: 10_000 } as const;

/**
 * Starts to send a request every `monitor.everyMs`, whether or not earlier ones have been answered. A request has failed
 * when no whole answer came within 10 s or its status is 500 or above.
 * @param host where the requests come from.
 * @param monitor what to ask, and how often.
 * @param onSlice called twice a second with what was answered since the last time; `failure` is the newest failed request's.
 * @param options `signal` ends it, as `stop` does; `limitMs`: another limit than those 10 s, milliseconds.
 * @returns once the loop runs on the host.
 * @throws UserError when the host has neither python3 nor curl, or the loop does not start.
 */
export async function startMonitor(
  host: Pick<Host, 'stream'>,
  monitor: Monitor,
  onSlice: (slice: Slice) => void,
  options: { readonly signal: AbortSignal; readonly limitMs?: number },
): Promise<RunningMonitor> {
  options.signal.throwIfAborted();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const limitMs = options.limitMs ?? answerMs;
  const tally = createTally(limitMs);
  const ready = firstLine(signal);
  const looping = keepRunning(host, monitorScript(monitor, limitMs), signal, (line) => {
    if (signal.aborted) return;
    ready.tell(line);
    tally.add(line);
  });
  looping.catch((thrown: unknown) => ready.fail(thrown));
  try {
    const line = await ready.line;
    if (line.startsWith('! ')) throw noTool(monitor);
  } catch (thrown) {
    ended.abort();
    throw thrown;
  }
  const timer = setInterval(() => onSlice(tally.take()), sliceMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return { stop: () => ended.abort() };
}

function noTool(monitor: Monitor): UserError {
  return new UserError(
    'monitor-no-tool',
    `Requests to ${monitor.url} cannot be counted: the host has neither python3 nor curl.`,
    {
      tries: ['Install curl or python3 in the host’s setup.'],
    },
  );
}

/** Waits for the loop's first word. */
function firstLine(signal: AbortSignal): {
  readonly line: Promise<string>;
  tell(line: string): void;
  fail(thrown: unknown): void;
} {
  let tell: (line: string) => void = () => {};
  let fail: (thrown: unknown) => void = () => {};
  const line = new Promise<string>((resolve, reject) => {
    tell = resolve;
    fail = reject;
  });
  const timer = setTimeout(
    () =>
      fail(
        new UserError(
          'monitor-not-started',
          `The loop that sends requests did not start on the host within ${readyMs / 1000} s.`,
        ),
      ),
    readyMs,
  );
  const onAbort = (): void => fail(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    line: line.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }),
    tell,
    fail,
  };
}

/** Runs the script on the host until the signal, starting it again when it ends unasked. Rejects when it cannot be started first. */
async function keepRunning(
  host: Pick<Host, 'stream'>,
  script: string,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<void> {
  let delay: number = backOff.first;
  let first = true;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const stream = await host.stream({ script }).catch((thrown: unknown) => {
      if (first) throw thrown;
      return null;
    });
    first = false;
    if (stream) await follow(stream, signal, onLine);
    if (performance.now() - startedAt > backOff.healthy) delay = backOff.first;
    await pause(delay, signal);
    delay = Math.min(backOff.longest, delay * 2);
  }
}

async function follow(stream: HostStream, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
  const unsubscribe = stream.onLine(onLine);
  const stop = (): void => stream.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await stream.ended.catch(() => {});
  signal.removeEventListener('abort', stop);
  unsubscribe();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
