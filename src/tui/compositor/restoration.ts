/**
 * Whatever ends the program, the outer terminal is given back: quit, a crash, a signal. It knows only a function that
 * gives it back, not how that is done.
 */

/** What is used of `process`. */
export type RestorationProcess = Pick<NodeJS.Process, 'on' | 'off' | 'listenerCount' | 'kill' | 'pid'>;

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/**
 * Calls `restore` when the process ends or is told to. A signal that nobody else listens to then ends the process as it
 * would have without us; where somebody does (to close a session first), ending is theirs.
 * @param restore gives the terminal back; called more than once, must not throw, must write at once.
 * @param process_ the process to listen on.
 * @returns the way to take it off again.
 */
export function installRestoration(restore: () => void, process_: RestorationProcess = process): () => void {
  // The monitor runs before Node prints the error and ends, and does not change that it does.
  process_.on('exit', restore);
  process_.on('uncaughtExceptionMonitor', restore);
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      restore();
      if (process_.listenerCount(signal) > 1) return;
      process_.off(signal, handler);
      process_.kill(process_.pid, signal);
    };
    process_.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    process_.off('exit', restore);
    process_.off('uncaughtExceptionMonitor', restore);
    for (const { signal, handler } of handlers) process_.off(signal, handler);
  };
}
