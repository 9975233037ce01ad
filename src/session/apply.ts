/**
 * Folds durable events into the state: the one way in which progress is computed, live and from a journal.
 */
import { answerVerdict } from '../model/answer.ts';
import type { Verdict } from '../model/check.ts';
import { unreachable } from '../model/errors.ts';
import { applyClassEvent } from './classroom.ts';
import type { DurableEvent } from './events.ts';
import {
  lockedSection,
  type SectionState,
  type SessionState,
  type StepState,
  sectionOf,
  type VerdictState,
  withSection,
} from './state.ts';

type EventOf<T extends DurableEvent['type']> = Extract<DurableEvent, { type: T }>;

/**
 * The state after one durable event. Events that name sections, blocks or checks which the lesson does not have
 * (its author changed it meanwhile) change nothing.
 * @param state before.
 * @param event what happened.
 */
export function apply(state: SessionState, event: DurableEvent): SessionState {
  switch (event.type) {
    case 'session-started':
      return { ...state, startedAt: event.at };
    case 'session-resumed':
      return forgetRunning(state);
    case 'section-opened':
      return openAt(state, event.section, event.at);
    case 'section-prepared':
      return withSection(state, indexOf(state, event.section), (own) => ({ ...own, prepared: true }));
    case 'section-done':
    case 'section-skipped':
      return close(state, event);
    case 'step-started':
      return setStep(state, event.block, { status: 'running', finished: 0 });
    case 'step-finished':
      return setStep(state, event.block, { status: 'done', finished: commandCount(state, event.block) });
    case 'step-failed':
      return setStep(state, event.block, {
        status: 'failed',
        finished: finishedOf(state, event.block),
        sentence: event.sentence,
      });
    case 'file-written':
      return setStep(state, event.block, { status: 'done', finished: 0 });
    case 'verdict-changed':
      return withSection(state, sectionOf(state.lesson, event.check), (own) => ({
        ...own,
        verdicts: { ...own.verdicts, [event.check]: verdictState(event) },
      }));
    case 'question-answered':
      return takeAnswer(state, event);
    case 'hint-revealed':
      return revealHint(state, event.section, event.check);
    case 'monitor-summed':
      return withSection(state, indexOf(state, event.section), (own) => ({
        ...own,
        monitor: { ...own.monitor, served: event.served, failed: event.failed, slowestMs: event.slowestMs },
      }));
    case 'snapshot-taken':
      return withSection(state, indexOf(state, event.section), (own) => ({ ...own, snapshot: true }));
    case 'baseline-taken':
      return withSection(state, indexOf(state, event.section), (own) => ({ ...own, baseline: event.holds }));
    case 'rewind-begun':
      return { ...state, rewinding: { section: event.section, how: event.how } };
    case 'rewind-failed':
      return { ...state, rewinding: null };
    case 'section-rewound':
      return rewindTo(state, event);
    case 'catch-up-started':
      return { ...state, going: goingTo(state, event.to) };
    case 'catch-up-ended':
      return { ...state, going: null };
    case 'count-restarted':
      return withSection(state, indexOf(state, event.section), (own) => ({
        ...own,
        verdicts: {},
        rounds: 0,
        monitor: lockedSection.monitor,
        countedFrom: event.at,
      }));
    case 'lesson-finished':
      return { ...state, finished: true };
    case 'hand-raised':
    case 'hand-lowered':
    case 'message-shown':
    case 'message-read':
      return { ...state, classRecord: applyClassEvent(state.classRecord, event) };
    default:
      return unreachable(event);
  }
}

/**
 * State after a whole journal.
 * @param state the initial state.
 * @param events in the order they happened.
 */
export function replay(state: SessionState, events: readonly DurableEvent[]): SessionState {
  return events.reduce(apply, state);
}

function indexOf(state: SessionState, section: string): number {
  return state.lesson.sections.findIndex((each) => each.id === section);
}

function openAt(state: SessionState, section: string, at: number): SessionState {
  const index = indexOf(state, section);
  if (index < 0) return state;
  const opened = withSection(state, index, () => ({ ...lockedSection, status: 'open', openedAt: at }));
  return { ...opened, open: index, shown: index, unlocked: null };
}

/** What comes after the section was never done; on a fresh host nothing of what is before it is either. */
function rewindTo(state: SessionState, event: EventOf<'section-rewound'>): SessionState {
  const index = indexOf(state, event.section);
  if (index < 0) return { ...state, rewinding: null };
  const begun = (own: SectionState): SectionState => ({
    ...lockedSection,
    status: 'open',
    openedAt: event.at,
    ...(event.how === 'snapshot' ? { snapshot: own.snapshot, baseline: own.baseline } : {}),
  });
  const sections = state.sections.map((own, at) => {
    if (at === index) return begun(own);
    return at > index || event.how === 'fresh' ? lockedSection : own;
  });
  const open = { open: index, shown: index, finished: false, unlocked: null };
  return { ...state, ...open, sections, question: null, running: null, rewinding: null };
}

function goingTo(state: SessionState, section: string): SessionState['going'] {
  const to = indexOf(state, section);
  return to < 0 ? null : { from: state.open, to };
}

function verdictState({ verdict, at, held, after }: EventOf<'verdict-changed'>): VerdictState {
  return { verdict, since: at, ...(held === undefined ? {} : { held }), ...(after === undefined ? {} : { after }) };
}

function close(state: SessionState, event: EventOf<'section-done' | 'section-skipped'>): SessionState {
  const index = indexOf(state, event.section);
  if (index < 0) return state;
  const closed = withSection(state, index, (own) => ({
    ...own,
    status: event.type === 'section-done' ? 'done' : 'skipped',
    closedAt: event.at,
    ...(event.type === 'section-done' && event.by !== undefined ? { solvedBy: event.by } : {}),
  }));
  return index === state.open ? { ...closed, unlocked: { already: false }, question: null } : closed;
}

function setStep(state: SessionState, block: string, step: StepState): SessionState {
  return withSection(state, sectionOf(state.lesson, block), (own) => ({ ...own, steps: { ...own.steps, [block]: step } }));
}

function commandCount(state: SessionState, id: string): number {
  const block = state.lesson.sections[sectionOf(state.lesson, id)]?.blocks.find((each) => each.id === id);
  return block?.kind === 'run' ? block.commands.length : 0;
}

function finishedOf(state: SessionState, block: string): number {
  return state.sections[sectionOf(state.lesson, block)]?.steps[block]?.finished ?? 0;
}

/** What counts is whether it was right when it was given. */
function takeAnswer(state: SessionState, event: EventOf<'question-answered'>): SessionState {
  const index = sectionOf(state.lesson, event.check);
  const question = state.lesson.sections[index]?.checks.find(({ id }) => id === event.check)?.question;
  if (question?.kind !== 'answer') return state;
  return withSection(state, index, (own) => {
    const wrong = (own.answers[event.check]?.wrong ?? 0) + (event.right ? 0 : 1);
    const verdict: Verdict = event.right ? { status: 'pass' } : answerVerdict(question, event.given, wrong);
    return {
      ...own,
      answers: { ...own.answers, [event.check]: { given: event.given, wrong } },
      verdicts: { ...own.verdicts, [event.check]: { verdict, since: event.at } },
    };
  });
}

function revealHint(state: SessionState, section: string, check: string | null): SessionState {
  return withSection(state, indexOf(state, section), (own) =>
    check === null
      ? { ...own, hintsShown: own.hintsShown + 1 }
      : { ...own, hintedChecks: [...new Set([...own.hintedChecks, check])] },
  );
}

/** A step that was running when the program ended did not end as far as anybody knows: it is to be done again. */
function forgetRunning(state: SessionState): SessionState {
  const forget = (own: SectionState): SectionState => ({
    ...own,
    rounds: 0,
    steps: Object.fromEntries(
      Object.entries(own.steps).map(([id, step]) => [id, step.status === 'running' ? { status: 'todo', finished: 0 } : step]),
    ),
  });
  return { ...state, sections: state.sections.map(forget), running: null, question: null, going: null };
}
