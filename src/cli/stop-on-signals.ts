/** Ctrl-C and friends as an AbortSignal, so that whatever runs is ended in order. */

/** A way to be stopped, and the exit code that says so. */
export interface Stopped {
  readonly signal: AbortSignal;
  /** 128 + the signal's number once one came, 0 before. */
  code(): number;
}

/** Listens for the signals that ask a program to end. */
export function stopOnSignals(): Stopped {
  const stopped = new AbortController();
  let code = 0;
  const stop = (own: number) => (): void => {
    code = own;
    stopped.abort();
  };
  process.once('SIGINT', stop(130));
  process.once('SIGTERM', stop(143));
  process.once('SIGHUP', stop(129));
  return { signal: stopped.signal, code: () => code };
}
