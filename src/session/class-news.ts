/** What news of the class, and what the learner asks of it, do to a session. Without a class nothing of it does. Pure. */
import type { PassingClassEvent } from './class-events.ts';
import { heldBefore } from './classroom.ts';
import { advance, commit, only, type Update } from './progress.ts';
import type { ClassState, SessionState } from './state.ts';

type EventOf<T extends PassingClassEvent['type']> = Extract<PassingClassEvent, { type: T }>;

/** One handler for each event; the type makes the table whole. */
export const classHandlers: {
  readonly [T in PassingClassEvent['type']]: (state: SessionState, event: EventOf<T>) => Update;
} = {
  'class-entered': (state, { name, facts }) =>
    only({
      ...state,
      classroom: { name, facts, status: 'connecting', waiting: 0, sentence: null, held: null, share: null },
    }),
  'class-told': (state, { at, facts }) => released(within(state, { facts }), at),
  'class-link-changed': (state, { at, status, waiting, sentence }) => {
    const changed = within(state, { status, waiting, sentence });
    // Who is out of the class is neither looked at nor held any more.
    return status === 'removed' ? released(within(changed, { share: null }), at) : only(changed);
  },
  'message-arrived': (state, { at, message: { id, kind, check, text } }) =>
    state.classroom === null || state.classRecord.messages.some((each) => each.id === id)
      ? only(state)
      : commit(only(state), { type: 'message-shown', at, message: id, kind, check, text }),
  'message-dismissed': (state, { at, message }) =>
    state.classRecord.messages.some((each) => each.id === message && !each.read)
      ? commit(only(state), { type: 'message-read', at, message })
      : only(state),
  'hand-asked': (state, { at, note }) => {
    if (state.classroom === null) return only(state);
    const sentence =
      state.classroom.status === 'online'
        ? 'Your hand is raised: the instructor sees it.'
        : 'Your hand is raised; the instructor sees it as soon as the class can be reached.';
    const raised = commit(only(state), { type: 'hand-raised', at, note: oneLine(note) });
    return { ...raised, state: { ...raised.state, notice: { at, sentence, tone: 'info' } } };
  },
  'hand-withdrawn': (state, { at }) => lower(state, at, 'Your hand is down again.'),
  'hand-seen': (state, { at, raised }) =>
    state.classRecord.hand !== null && state.classRecord.hand.at <= raised
      ? lower(state, at, 'The instructor has seen your hand.')
      : only(state),
  'share-asked': (state, { request }) =>
    state.classroom === null || state.classroom.share?.request === request
      ? only(state)
      : only(within(state, { share: { request, status: 'asked' } })),
  'share-answered': (state, { allow }) => {
    const share = state.classroom?.share;
    return only(share ? within(state, { share: allow ? { ...share, status: 'on' } : null }) : state);
  },
  'share-ended': (state, { at, request }) => {
    const share = state.classroom?.share;
    if (share?.request !== request) return only(state);
    const ended = within(state, { share: null });
    const sentence = 'The instructor does not see your terminal any more.';
    return only(share.status === 'on' ? { ...ended, notice: { at, sentence, tone: 'info' } } : ended);
  },
};

/** Characters of a note that a class takes. */
const longestNote = 280;

function oneLine(note: string): string {
  return note.replaceAll(/\s+/g, ' ').trim().slice(0, longestNote).trim();
}

function within(state: SessionState, change: Partial<ClassState>): SessionState {
  return state.classroom === null ? state : { ...state, classroom: { ...state.classroom, ...change } };
}

function lower(state: SessionState, at: number, sentence: string): Update {
  if (state.classRecord.hand === null) return only(state);
  const lowered = commit(only(state), { type: 'hand-lowered', at });
  return { ...lowered, state: { ...lowered.state, notice: { at, sentence, tone: 'info' } } };
}

/** Whoever wanted to go on does so once nothing holds them. */
function released(state: SessionState, at: number): Update {
  const wanted = state.classroom?.held ?? null;
  if (wanted === null || heldBefore(state) !== null) return only(state);
  const free = within(state, { held: null });
  // Whoever has gone back meanwhile is not moved.
  return state.lesson.sections[state.open + 1]?.id === wanted ? advance(free, at) : only(free);
}
