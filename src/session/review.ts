/**
 * Coming back: what earlier sections checked is asked again before a section is called current, and the learner is
 * told what holds no longer. Pure.
 */
import type { Check, Verdict } from '../model/check.ts';
import { doneChecks } from './lasting-checks.ts';
import { only, type Update, watchOpen } from './progress.ts';
import { openSection, type SessionState } from './state.ts';

/**
 * The host is ready: asks first what should still hold, where there is such a thing.
 * @param state the session.
 */
export function review(state: SessionState): Update {
  const checks = expected(state);
  if (checks.length === 0) return watchOpen(only(state));
  return { state: { ...state, reviewing: true }, effects: [{ type: 'check-earlier', checks }] };
}

/**
 * The answers are there: watches the open section, or asks what to do about what has drifted.
 * @param state the session.
 * @param broken verdicts of what holds no longer, by check id.
 */
export function reviewed(state: SessionState, broken: Readonly<Record<string, Verdict>>): Update {
  if (!state.reviewing || state.host.status !== 'ready') return only(state);
  if (Object.keys(broken).length === 0) return watchOpen(only({ ...state, reviewing: false, driftRetried: false }));
  return only({ ...state, question: { type: 'drift', broken, times: state.driftRetried ? 2 : 1 } });
}

/**
 * The learner has decided about the drift.
 * @param state the session.
 * @param restart start the host's services again; otherwise go on as it is.
 */
export function answerDrift(state: SessionState, restart: boolean): Update {
  if (state.question?.type !== 'drift') return only(state);
  const answered = { ...state, question: null };
  if (restart) return startHost({ ...answered, driftRetried: true }, "Starting the host's services again");
  return watchOpen(only({ ...answered, reviewing: false, driftRetried: false }));
}

/**
 * Starts the host again, with everything that runs on it.
 * @param state the session.
 * @param sentence what is told meanwhile.
 */
export function startHost(state: SessionState, sentence: string): Update {
  return {
    state: { ...state, reviewing: false, host: { status: 'preparing', kind: state.hostKind, sentence, fraction: null } },
    effects: [{ type: 'start-host' }],
  };
}

/** Invariants of what is done, and while a section is open also what held at its start. */
function expected(state: SessionState): readonly Check[] {
  const open = openSection(state);
  if (!open || state.finished) return [];
  const baseline = open.own.status === 'open' ? (open.own.baseline ?? []) : [];
  return doneChecks(state).filter((check) => check.timing.invariant === true || baseline.includes(check.id));
}
