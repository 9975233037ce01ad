/** Counting afresh: a failed request of an earlier attempt must not hold up the next one. Pure. */
import type { SessionEvent } from './events.ts';
import { openSection } from './state.ts';
import type { Decision } from './steps.ts';

/**
 * Lets the open section's requests be counted from now on, where some have failed so far.
 * @param decided what was decided so far; a block that was refused changes nothing.
 * @param event what was asked. A player that asks for the checks is waiting for them: it forgets nothing.
 */
export function recount(decided: Decision, event: Extract<SessionEvent, { type: 'run-asked' | 'check-asked' }>): Decision {
  const { at } = event;
  if (event.by !== 'learner') return decided;
  const block = event.type === 'run-asked' ? event.block : null;
  const { state } = decided;
  const open = openSection(state);
  if (!open?.section.monitor || open.own.status !== 'open' || open.own.monitor.failed === 0) return decided;
  if (block !== null && (state.running !== block || !open.section.blocks.some((each) => each.id === block))) return decided;
  const section = open.section.id;
  return {
    state: { ...state, notice: { at, tone: 'info', sentence: 'Requests are counted afresh from now on.' } },
    commits: [{ type: 'count-restarted', at, section }, ...decided.commits],
    effects: [{ type: 'watch-section', section }, ...(decided.effects ?? [])],
  };
}
