/** Ctrl-C and friends as an AbortSignal, so that whatever runs is ended in order. */

/** How long an orderly end may take before the program just ends, milliseconds. Progress is on the disk by then anyway. */
const patienceMs = 8_000;

/** A way to be stopped, and the exit code that says so. */
export interface Stopped {
  readonly signal: AbortSignal;
  /** 128 + the signal's number once one came, 0 before. */
  code(): number;
}

/** Listens for the signals that ask a program to end. A second one of the same kind ends it at once. */
export function stopOnSignals(): Stopped {
  const stopped = new AbortController();
  let code = 0;
  const stop = (own: number) => (): void => {
    code = own;
    setTimeout(() => process.exit(own), patienceMs).unref();
    stopped.abort();
  };
  process.once('SIGINT', stop(130));
  process.once('SIGTERM', stop(143));
  process.once('SIGHUP', stop(129));
  return { signal: stopped.signal, code: () => code };
}

/**
 * Resolves when it is stopped; at once where it has been.
 * @param signal what aborts.
 */
export function whenStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
