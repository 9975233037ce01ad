/**
 * What the shell is doing, folded from its marks. Pure. A shell that prints no marks (another program, `sudo -i`, a
 * shell inside of the shell) is simply a command that has not ended.
 */
import type { ShellMark } from './shell-marks.ts';

/** Where the shell stands. */
export interface ShellState {
  /**
   * `starting`: no prompt yet; `prompt`: it reads a command; `continuation`: it reads the rest of one;
   * `running`: a command runs.
   */
  readonly phase: 'starting' | 'prompt' | 'continuation' | 'running';
  /** Prompts shown so far; a prompt that is only drawn again (after a resize, Ctrl-L) does not count. */
  readonly prompts: number;
  /** The number the newest prompt gave itself, null where the shell does not count. */
  readonly serial: number | null;
  /** Exit code told with the newest prompt. */
  readonly code: number | null;
  /** How often the shell asked for the rest of a command. */
  readonly continuations: number;
  /** How often something was put aside or came back, and how many characters are aside now. */
  readonly stashes: number;
  readonly stashedLength: number;
}

/** What a mark means for those who listen. */
export type ShellNews =
  | { readonly type: 'prompt' }
  | { readonly type: 'command-started' }
  | { readonly type: 'command-ended'; readonly code: number | null };

/** A shell that has not said anything yet. */
export const initialShellState: ShellState = {
  phase: 'starting',
  prompts: 0,
  serial: null,
  code: null,
  continuations: 0,
  stashes: 0,
  stashedLength: 0,
};

/** True where this end mark belongs to a prompt that was not there before. */
function isNewPrompt(state: ShellState, serial: number | null): boolean {
  return serial === null || serial !== state.serial;
}

/**
 * Folds one mark into the state.
 * @param state what was known.
 * @param mark what the shell printed.
 * @returns the new state, and what to tell, in order.
 */
export function applyMark(
  state: ShellState,
  mark: ShellMark,
): { readonly state: ShellState; readonly news: readonly ShellNews[] } {
  switch (mark.type) {
    case 'end': {
      if (!isNewPrompt(state, mark.serial)) return { state, news: [] };
      const ended: ShellNews[] = state.phase === 'running' ? [{ type: 'command-ended', code: mark.code }] : [];
      const phase = state.phase === 'running' ? 'starting' : state.phase;
      return { state: { ...state, phase, prompts: state.prompts + 1, serial: mark.serial, code: mark.code }, news: ended };
    }
    case 'prompt-start':
      return { state, news: [] };
    case 'prompt-end':
      if (state.phase === 'running') return { state, news: [] };
      return { state: { ...state, phase: 'prompt' }, news: state.phase === 'prompt' ? [] : [{ type: 'prompt' }] };
    case 'continuation':
      return { state: { ...state, phase: 'continuation', continuations: state.continuations + 1 }, news: [] };
    case 'start':
      return { state: { ...state, phase: 'running' }, news: state.phase === 'running' ? [] : [{ type: 'command-started' }] };
    case 'stashed':
      return { state: { ...state, stashes: state.stashes + 1, stashedLength: mark.length }, news: [] };
  }
}
