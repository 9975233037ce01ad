/**
 * Stopping and going on (SIGTSTP, SIGCONT): the terminal is given back to the shell meanwhile and taken again after.
 * In raw mode no key sends SIGTSTP; somebody else does.
 */

/** What stopping and going on mean for the terminal. */
export interface Suspended {
  leave(): void;
  enter(): void;
}

/**
 * Listens for both signals.
 * @param terminal what to give back and take again.
 * @param process_ the process to listen on.
 * @returns the way to take it off again.
 */
export function handleSuspension(
  terminal: Suspended,
  process_: Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'> = process,
): () => void {
  const stop = () => {
    terminal.leave();
    // SIGTSTP was taken by listening to it; SIGSTOP cannot be.
    process_.kill(process_.pid, 'SIGSTOP');
  };
  // Also after a SIGSTOP that nobody could see coming: the shell has changed the terminal in the meantime.
  const goOn = () => {
    terminal.leave();
    terminal.enter();
  };
  process_.on('SIGTSTP', stop);
  process_.on('SIGCONT', goOn);
  return () => {
    process_.off('SIGTSTP', stop);
    process_.off('SIGCONT', goOn);
  };
}
