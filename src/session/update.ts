/**
 * The state machine: one event in, the next state and what to do about it out. No clock, no I/O: everything that
 * touches the world leaves as an effect and comes back as an event. It does not know how anything is drawn.
 */
import { answer } from './answers.ts';
import { classHandlers } from './class-news.ts';
import { isHeld } from './classroom.ts';
import type { Effect } from './effects.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { askGo, confirmGo, goBack } from './go.ts';
import { countRequests, seePrograms } from './monitor.ts';
import {
  advance,
  afterSnapshot,
  askSkip,
  begin,
  commit,
  confirmSkip,
  only,
  settle,
  setupRun,
  type Update,
  withEffect,
} from './progress.ts';
import { recount } from './recount.ts';
import { answerDrift, review, reviewed, startHost } from './review.ts';
import { openSection, type SessionState, withSection } from './state.ts';
import { askRun, askWrite, previewed } from './steps.ts';
import { judge } from './verdicts.ts';

/** The kinds of event that a journal keeps. */
const durableTypes: ReadonlySet<string> = new Set<DurableEvent['type']>([
  'session-started',
  'session-resumed',
  'section-opened',
  'section-prepared',
  'section-done',
  'section-skipped',
  'step-started',
  'step-finished',
  'step-failed',
  'file-written',
  'verdict-changed',
  'question-answered',
  'hint-revealed',
  'monitor-summed',
  'snapshot-taken',
  'baseline-taken',
  'rewind-begun',
  'rewind-failed',
  'section-rewound',
  'catch-up-started',
  'catch-up-ended',
  'count-restarted',
  'lesson-finished',
  'hand-raised',
  'hand-lowered',
  'message-shown',
  'message-read',
]);

/**
 * Whether the journal keeps this event.
 * @param event any event.
 */
export function isDurable(event: SessionEvent): event is DurableEvent {
  return durableTypes.has(event.type);
}

/**
 * The next state and what to do.
 * @param state before.
 * @param event what happened.
 */
export function update(state: SessionState, event: SessionEvent): Update {
  return isDurable(event) ? happened(state, event) : passed(state, event);
}

/** Commits a durable event and follows it up. */
function happened(state: SessionState, event: DurableEvent): Update {
  const first = commit({ state, effects: [] }, event);
  switch (event.type) {
    case 'session-started':
    case 'session-resumed':
      return begin(first, event.at);
    case 'step-finished':
    case 'step-failed':
      return settle(withEffect(endRun(first, event.block), { type: 'check-now' }), event.at);
    case 'section-prepared':
      return afterSnapshot(endRun(first, setupRun(event.section)), event.section);
    case 'question-answered':
      return settle(first, event.at);
    case 'file-written':
      return settle(withEffect(first, { type: 'check-now' }), event.at);
    case 'snapshot-taken':
      return afterSnapshot(first, event.section);
    case 'rewind-failed':
      return { ...first, state: notice(first.state, event.at, event.sentence) };
    case 'catch-up-ended':
      // Where the class's gate has ended it, that was said already.
      return event.sentence === null || isHeld(first.state)
        ? first
        : { ...first, state: notice(first.state, event.at, event.sentence) };
    default:
      return first;
  }
}

/** The host is ready: a way back that was broken off comes first. */
function welcome(state: SessionState): Update {
  return state.rewinding === null ? review(state) : goBack(only(state), state.rewinding);
}

type Passing = Exclude<SessionEvent, DurableEvent>;
type Handler<T extends Passing['type']> = (state: SessionState, event: Extract<Passing, { type: T }>) => Update;

/** One handler for each passing event; the type makes the table whole. */
const handlers: { readonly [T in Passing['type']]: Handler<T> } = {
  'host-preparing': (state, { sentence, fraction }) =>
    only({ ...state, host: { status: 'preparing', kind: state.hostKind, sentence, fraction } }),
  'host-ready': (state) => welcome({ ...state, host: { status: 'ready', kind: state.hostKind } }),
  'host-failed': (state, { sentence, tries }) =>
    only({ ...state, running: null, reviewing: false, host: { status: 'failed', kind: state.hostKind, sentence, tries } }),
  'host-lost': (state, { sentence }) =>
    only({
      ...state,
      running: null,
      question: null,
      reviewing: false,
      // What was said of a shell that went with it helps nobody any more.
      notice: null,
      host: {
        status: 'lost',
        kind: state.hostKind,
        sentence,
        tries: ['Start it again: your files and your progress are kept.'],
      },
    }),
  'host-restart-asked': (state) =>
    state.host.status === 'lost' || state.host.status === 'failed' ? startHost(state, 'Starting the host again') : only(state),
  'run-asked': (state, event) => commitAll(recount(askRun(state, event), event)),
  'run-stop-asked': (state) => stopRun(state),
  'command-started': (state) => only(state),
  'command-finished': (state, { block, index, code }) =>
    only(
      withSection(state, state.open, (own) => {
        const step = own.steps[block];
        return step && code === 0 ? { ...own, steps: { ...own.steps, [block]: { ...step, finished: index + 1 } } } : own;
      }),
    ),
  'write-asked': (state, event) => commitAll(askWrite(state, event)),
  'write-previewed': (state, event) => commitAll(previewed(state, event)),
  'write-confirmed': (state) => confirmWrite(state),
  'write-cancelled': (state) => only({ ...state, question: null }),
  'write-failed': (state, { block, sentence, at }) =>
    happened({ ...state, question: null }, { type: 'step-failed', at, block, sentence }),
  'answer-given': (state, event) => {
    const answered = answer(state, event);
    return answered === null ? only(state) : happened(state, answered);
  },
  'hint-asked': (state, { at, check }) => askHint(state, at, check),
  'skip-asked': (state) => askSkip(state),
  'skip-confirmed': (state, { at }) => confirmSkip(state, at),
  'skip-cancelled': (state) => only({ ...state, question: null }),
  'advance-asked': (state, { at }) => advance(state, at),
  'section-viewed': (state, { section }) => {
    const index = state.lesson.sections.findIndex((each) => each.id === section);
    return only(index < 0 ? state : { ...state, shown: index });
  },
  'check-asked': (state, event) => commitAll(recount({ state, commits: [], effects: [{ type: 'check-now' }] }, event)),
  'go-asked': (state, event) => askGo(state, event),
  'go-confirmed': (state, { at }) => confirmGo(state, at),
  'go-cancelled': (state) => only({ ...state, question: null }),
  'snapshot-failed': (state, { at, section, sentence }) => afterSnapshot(only(notice(state, at, sentence)), section),
  'earlier-judged': (state, { broken }) => reviewed(state, broken),
  'drift-confirmed': (state) => answerDrift(state, true),
  'drift-cancelled': (state) => answerDrift(state, false),
  'checks-judged': (state, event) => settle(commitAll(judge(state, event)), event.at),
  'monitor-counted': (state, event) => only(countRequests(state, event)),
  'programs-seen': (state, event) => only(seePrograms(state, event)),
  ...classHandlers,
  'notice-shown': (state, { at, sentence, tone }) => only({ ...state, notice: { at, sentence, tone } }),
};

function notice(state: SessionState, at: number, sentence: string): SessionState {
  return { ...state, notice: { at, sentence, tone: 'problem' } };
}

function stopRun(state: SessionState): Update {
  return {
    state,
    effects: [
      ...(state.going === null ? [] : [{ type: 'stop-catch-up' } as const]),
      ...(state.running === null ? [] : [{ type: 'stop-run' } as const]),
    ],
  };
}

function passed(state: SessionState, event: Passing): Update {
  // The table is keyed by the event's own type, which the compiler cannot follow through an index.
  const handler = handlers[event.type] as (state: SessionState, event: Passing) => Update;
  return handler(state, event);
}

/** Commits what a helper decided: durable events first, then its effects. */
function commitAll(decided: {
  readonly state: SessionState;
  readonly commits: readonly DurableEvent[];
  readonly effects?: readonly Effect[];
}): Update {
  const committed = decided.commits.reduce(commit, only(decided.state));
  return { state: committed.state, effects: [...committed.effects, ...(decided.effects ?? [])] };
}

function endRun(before: Update, block: string): Update {
  return before.state.running === block ? { ...before, state: { ...before.state, running: null } } : before;
}

function askHint(state: SessionState, at: number, check: string | null): Update {
  const open = openSection(state);
  if (!open) return only(state);
  const { section, own } = open;
  if (check === null) {
    return own.hintsShown < section.hints.length
      ? commit(only(state), { type: 'hint-revealed', at, section: section.id, check })
      : only(state);
  }
  const asked = section.checks.find((each) => each.id === check);
  return asked?.hint !== undefined && !own.hintedChecks.includes(check)
    ? commit(only(state), { type: 'hint-revealed', at, section: section.id, check })
    : only(state);
}

function confirmWrite(state: SessionState): Update {
  const { question } = state;
  if (question?.type !== 'write') return only(state);
  const block = state.lesson.sections.flatMap((section) => section.blocks).find((each) => each.id === question.block);
  const closed = { ...state, question: null };
  return block?.kind === 'write' ? { state: closed, effects: [{ type: 'write-file', block, by: question.by }] } : only(closed);
}
