/**
 * Going to the start of another section: back by its snapshot, back by solving everything anew on a fresh host, or on
 * by having what is before it solved. Nothing is thrown away before the learner has agreed. Pure.
 */
import type { Section } from '../model/lesson.ts';
import { gateOf } from './classroom.ts';
import type { SessionEvent } from './events.ts';
import { commit, only, type Update } from './progress.ts';
import type { QuestionState, SessionState } from './state.ts';

type Go = Extract<QuestionState, { type: 'go' }>;

/**
 * Asks whether to go, or says why that cannot be.
 * @param state the session.
 * @param event where to; a section that is only read stands for the next one with work in it.
 */
export function askGo(state: SessionState, event: Extract<SessionEvent, { type: 'go-asked' }>): Update {
  const target = workFrom(state, event.section);
  const refusal = target === null ? 'There is nothing to do from there on.' : (refuse(state) ?? refuseGate(state, target));
  if (target === null || refusal !== null) return tell(state, event.at, refusal ?? '');
  const how = wayTo(state, target);
  if (how === null)
    return tell(
      state,
      event.at,
      'This host keeps no snapshots and cannot be made fresh from here: nothing can be taken back on it. You can read the section, and do its steps again.',
    );
  const question: Go = { type: 'go', section: target.id, how };
  // On the way on nothing is lost; whoever has said so already is not asked again.
  return event.sure === true && how === 'catch-up' ? catchUp(state, target, event.at) : only({ ...state, question });
}

/**
 * The learner agreed.
 * @param state the session.
 * @param at now, ms since the epoch.
 */
export function confirmGo(state: SessionState, at: number): Update {
  const { question } = state;
  const target = question?.type === 'go' ? workFrom(state, question.section) : null;
  if (question?.type !== 'go' || target === null) return only(state);
  if (question.how === 'catch-up') {
    const refusal = refuseGate(state, target);
    const answered = { ...state, question: null };
    return refusal === null ? catchUp(answered, target, at) : tell(answered, at, refusal);
  }
  const way = { section: target.id, how: question.how === 'rewind' ? 'snapshot' : 'fresh' } as const;
  // Recorded before anything is done: a program that is killed in the middle of it finds out by that.
  return goBack(commit(only({ ...state, question: null }), { type: 'rewind-begun', at, ...way }), way);
}

/**
 * Has the host go back.
 * @param before what has happened so far.
 * @param way where to, and how.
 */
export function goBack(before: Update, way: NonNullable<SessionState['rewinding']>): Update {
  const { state } = before;
  const open = state.lesson.sections[state.open];
  const number = state.lesson.sections.find((section) => section.id === way.section)?.number;
  const sentence =
    way.how === 'snapshot'
      ? `Putting the files back as they were at the start of section ${number ?? way.section}`
      : 'Making the host fresh, as it was at the very beginning';
  return {
    state: { ...state, host: { status: 'preparing', kind: state.hostKind, sentence, fraction: null } },
    effects: [
      ...before.effects,
      ...(open ? [{ type: 'unwatch-section', section: open.id } as const] : []),
      { type: way.how === 'snapshot' ? 'rewind' : 'begin-afresh', section: way.section },
    ],
  };
}

function catchUp(state: SessionState, target: Section, at: number): Update {
  const started = commit(only(state), { type: 'catch-up-started', at, to: target.id });
  return { state: started.state, effects: [...started.effects, { type: 'catch-up', to: target.id }] };
}

function wayTo(state: SessionState, target: Section): Go['how'] | null {
  if (target.index > state.open) return 'catch-up';
  if (state.sections[target.index]?.snapshot === true) return 'rewind';
  return state.abilities.reset ? 'afresh' : null;
}

function workFrom(state: SessionState, id: string): Section | null {
  const index = state.lesson.sections.findIndex((section) => section.id === id);
  return (index < 0 ? undefined : state.lesson.sections.slice(index).find((section) => section.kind === 'work')) ?? null;
}

function refuse(state: SessionState): string | null {
  if (state.host.status !== 'ready' || state.reviewing) return 'The host is not ready yet: ask again in a moment.';
  if (state.going !== null) return 'Sections are being solved already.';
  if (state.running !== null) return 'A block is still being run: wait for it, or stop it with Ctrl-C.';
  return state.question === null ? null : 'Answer the other question first.';
}

/** What lies behind the gate is not solved for anybody either, unless nobody could open it. */
function refuseGate(state: SessionState, target: Section): string | null {
  const gate = gateOf(state);
  if (gate === null || target.index < gate.index || state.classroom?.status === 'offline') return null;
  const name = gate.number > 0 ? `section ${gate.number}` : gate.shortTitle;
  return `The class waits before ${name}: you can go there as soon as the instructor lets it go on.`;
}

function tell(state: SessionState, at: number, sentence: string): Update {
  return only({ ...state, notice: { at, sentence, tone: 'problem' } });
}
