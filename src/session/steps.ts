/** What happens when a block is to be run or written: pure decisions, committed by `update`. */
import type { Block } from '../model/lesson.ts';
import type { Effect } from './effects.ts';
import type { Actor, DurableEvent, SessionEvent } from './events.ts';
import type { SessionState } from './state.ts';

/** What a decision consists of. */
export interface Decision {
  readonly state: SessionState;
  readonly commits: readonly DurableEvent[];
  readonly effects?: readonly Effect[];
}

type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

/**
 * A block is to be run: typed into the shell, if the host is there and nothing else is being typed.
 * @param state the session.
 * @param event which block, and who asked.
 */
export function askRun(state: SessionState, event: EventOf<'run-asked'>): Decision {
  const refusal = refuse(state, event.by);
  if (refusal !== null) return notice(state, event.at, refusal);
  const block = reachable(state, event.block);
  if (block?.kind !== 'run') return { state, commits: [] };
  return {
    state: { ...state, running: block.id },
    commits: [{ type: 'step-started', at: event.at, block: block.id, by: event.by }],
    effects: [{ type: 'run-block', block, by: event.by }],
  };
}

/**
 * A file block is to be written: first it is shown what that would change.
 * @param state the session.
 * @param event which block, and who asked.
 */
export function askWrite(state: SessionState, event: EventOf<'write-asked'>): Decision {
  const refusal = refuse(state, event.by);
  if (refusal !== null) return notice(state, event.at, refusal);
  const block = reachable(state, event.block);
  if (block?.kind !== 'write' || state.question !== null) return { state, commits: [] };
  return { state, commits: [], effects: [{ type: 'preview-write', block, by: event.by }] };
}

/**
 * What a write would change is known: ask, or say that there is nothing to change.
 * @param state the session.
 * @param event the preview.
 */
export function previewed(state: SessionState, event: EventOf<'write-previewed'>): Decision {
  if (state.question !== null) return { state, commits: [] };
  if (!event.preview.same)
    return {
      state: { ...state, question: { type: 'write', block: event.block, preview: event.preview, by: event.by } },
      commits: [],
    };
  const said = notice(state, event.at, `${event.preview.path} already says exactly this.`, 'info');
  return {
    ...said,
    commits: [{ type: 'file-written', at: event.at, block: event.block, path: event.preview.path, backup: null, by: event.by }],
    effects: [{ type: 'check-now' }],
  };
}

function refuse(state: SessionState, by: Actor): string | null {
  if (state.host.status === 'preparing') return 'The host is not ready yet: read on, this will work in a moment.';
  if (state.host.status !== 'ready') return 'The host is not running.';
  if (state.going !== null && by === 'learner') return 'Sections are being solved for you: wait for it, or stop it with Ctrl-C.';
  if (state.running !== null) return 'Another block is still being run: wait for it, or stop it with Ctrl-C in the shell.';
  return null;
}

/** The block, unless its section is still locked. */
function reachable(state: SessionState, id: string): Block | undefined {
  return state.lesson.sections
    .filter((section) => state.sections[section.index]?.status !== 'locked')
    .flatMap((section) => section.blocks)
    .find((block) => block.id === id);
}

function notice(state: SessionState, at: number, sentence: string, tone: 'info' | 'problem' = 'problem'): Decision {
  return { state: { ...state, notice: { at, sentence, tone } }, commits: [] };
}
