/**
 * Follows the shell through its marks and lets others wait for it. Knows nothing of screens or of what is typed.
 */
import type { ShellMark } from './shell-marks.ts';
import { applyMark, initialShellState, type ShellNews, type ShellState } from './shell-state.ts';

/** How a wait ended, as a value. */
export type Waited = 'met' | 'gone' | 'aborted' | 'late';

/** The shell as it is known, and ways to wait for it. */
export interface ShellWatch {
  readonly state: ShellState;
  readonly gone: boolean;
  /** True while the shell reads a command and nothing was sent that it has not answered yet. */
  readonly ready: boolean;
  /** Takes a mark; gives what it means. */
  take(mark: ShellMark): readonly ShellNews[];
  /** The learner sent a line: until the shell answers, or for a moment, it may be about to run something. */
  lineSent(): void;
  /** Looks at every condition again; for conditions over more than the shell's state. */
  poke(): void;
  /** The shell has exited; every wait ends. */
  end(): void;
  /**
   * Waits for a condition over this watch.
   * @param deadlineMs null waits as long as the shell lives.
   */
  until(condition: () => boolean, deadlineMs: number | null, signal?: AbortSignal): Promise<Waited>;
}

/** A sent line that brings no mark (Enter inside of a search, a question of the completion) counts that long. */
const SETTLE_MS = 200;

/** Makes a watch over a shell that has not said anything yet. */
export function createShellWatch(): ShellWatch {
  let state = initialShellState;
  let gone = false;
  /** Lines sent that no prompt has answered yet, and the end of waiting for them. */
  let unanswered = 0;
  let settling: NodeJS.Timeout | undefined;
  const waiting = new Set<() => void>();

  function notify(): void {
    for (const look of [...waiting]) look();
  }
  function settle(): void {
    clearTimeout(settling);
    settling = undefined;
    unanswered = 0;
  }
  /** Each line brings a new prompt in the end, or a prompt for its rest. */
  function answer(): void {
    if (unanswered > 1) unanswered--;
    else settle();
  }

  return {
    get state() {
      return state;
    },
    get gone() {
      return gone;
    },
    get ready() {
      return !gone && state.phase === 'prompt' && settling === undefined;
    },
    take(mark) {
      const next = applyMark(state, mark);
      const answered = next.state.prompts > state.prompts || next.state.continuations > state.continuations;
      state = next.state;
      if (answered) answer();
      notify();
      return next.news;
    },
    lineSent() {
      if (state.phase !== 'prompt') return;
      unanswered++;
      clearTimeout(settling);
      settling = setTimeout(() => {
        settle();
        notify();
      }, SETTLE_MS);
      settling.unref();
    },
    poke: notify,
    end() {
      gone = true;
      settle();
      notify();
    },
    until(condition, deadlineMs, signal) {
      return new Promise((resolve) => {
        const timer = deadlineMs === null ? undefined : setTimeout(() => finish('late'), deadlineMs);
        const abort = () => finish('aborted');
        function finish(outcome: Waited): void {
          clearTimeout(timer);
          waiting.delete(look);
          signal?.removeEventListener('abort', abort);
          resolve(outcome);
        }
        function look(): void {
          if (signal?.aborted) finish('aborted');
          else if (condition()) finish('met');
          else if (gone) finish('gone');
        }
        waiting.add(look);
        signal?.addEventListener('abort', abort);
        look();
      });
    },
  };
}
