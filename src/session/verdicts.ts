/** What one round of answers changes: which verdicts turned, and what is worth keeping of that. */
import type { Verdict } from '../model/check.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { type SessionState, sectionOf, type VerdictState, withSection } from './state.ts';
import type { Decision } from './steps.ts';

type Judged = Extract<SessionEvent, { type: 'checks-judged' }>;

/**
 * Takes in one round of verdicts: of the open section, and of earlier sections' invariants.
 * @param state the session.
 * @param event the verdicts by check id.
 */
export function judge(state: SessionState, event: Judged): Decision {
  const open = state.lesson.sections[state.open];
  // A round that was asked before its section closed may arrive after it: it says nothing about the next one.
  if (open?.id !== event.section || state.sections[state.open]?.status !== 'open') return { state, commits: [] };
  const commits: DurableEvent[] = [];
  let next = withSection(state, state.open, (own) => ({ ...own, rounds: own.rounds + 1 }));
  for (const [check, verdict] of Object.entries(event.verdicts)) {
    const index = sectionOf(state.lesson, check);
    const before = state.sections[index]?.verdicts[check];
    if (before && !turned(before.verdict, verdict)) {
      next = remember(next, index, check, {
        ...before,
        verdict,
        ...(verdict.status === 'pass' ? { held: event.asked ?? event.at } : {}),
      });
    } else if (verdict.status === 'pending') {
      // Pending is the machine's own waiting; it is shown but not worth a line in the journal.
      next = remember(next, index, check, { verdict, since: event.at });
    } else {
      commits.push({ type: 'verdict-changed', at: event.at, check, verdict, ...breaking(before, verdict, event.command) });
    }
  }
  return { state: next, commits };
}

function remember(state: SessionState, index: number, check: string, known: VerdictState): SessionState {
  return withSection(state, index, (own) => ({ ...own, verdicts: { ...own.verdicts, [check]: known } }));
}

/** What is known of a break: when it last held, and the command that was running or ended since then. */
function breaking(
  before: VerdictState | undefined,
  verdict: Verdict,
  command: Judged['command'],
): { readonly held?: number; readonly after?: string } {
  if (verdict.status !== 'fail' || before === undefined) return {};
  // A break whose reason changes is still the same break.
  if (before.verdict.status !== 'pass')
    return {
      ...(before.held === undefined ? {} : { held: before.held }),
      ...(before.after === undefined ? {} : { after: before.after }),
    };
  const held = before.held ?? before.since;
  const guilty = command !== undefined && (command.endedAt === null || command.endedAt >= held);
  return { held, ...(guilty ? { after: command.text } : {}) };
}

/** True when status or reason differ; new words for the same thing are no turn. */
function turned(before: Verdict, after: Verdict): boolean {
  return before.status !== after.status || reasonOf(before) !== reasonOf(after);
}

function reasonOf(verdict: Verdict): string | null {
  return verdict.status === 'fail' || verdict.status === 'error' ? verdict.reason : null;
}
