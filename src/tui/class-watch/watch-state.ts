/**
 * What an instructor does in the terminal with a class: a pure state machine. It knows no screen and asks nobody; what is
 * to be asked of the server comes out as effects.
 */
import { applyUpdate, type ClassView } from '../../classroom/instructor/class-view.ts';
import type { Connection } from '../../classroom/instructor/follow-stream.ts';
import { heldOrder, type SeatGroup, sortedSeats } from '../../classroom/instructor/seat-order.ts';
import { checksOf, namedClusters } from '../../classroom/instructor/seat-words.ts';
import type { ClassUpdate, SeatStand, SendRequest } from '../../classroom/protocol/instructor-api.ts';
import { words } from '../../words/words.ts';

/** Everything on the screen. */
export interface WatchState {
  /** Null until the server has told. */
  readonly view: ClassView | null;
  readonly connection: Connection;
  /** Seats in the order shown. */
  readonly order: readonly string[];
  /** Where the keys are: a seat, and a section's index. */
  readonly seat: string | null;
  readonly section: number;
  readonly group: SeatGroup;
  /** Something that is done once it is confirmed. */
  readonly question: { readonly words: string; readonly effect: WatchEffect } | null;
  readonly notice: string;
  /** When a key was pressed last, ms: the order holds still for a while after. */
  readonly keyAt: number;
}

/** What happens. Times are ours, ms. */
export type WatchEvent =
  | { readonly type: 'news'; readonly update: ClassUpdate; readonly at: number }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'intent'; readonly intent: WatchIntent; readonly at: number }
  | { readonly type: 'told'; readonly words: string };

/** What a key means. */
export type WatchIntent =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'section'; readonly by: number }
  | { readonly type: 'hint' | 'hint-to-group' | 'gate' | 'hand-seen' | 'group' | 'yes' | 'no' | 'quit' };

/** What is asked of the server; `words` tell that it went well. */
export type WatchEffect =
  | { readonly type: 'send'; readonly request: SendRequest }
  | { readonly type: 'gate'; readonly section: string | null; readonly words: string }
  | { readonly type: 'hand-seen'; readonly seat: string; readonly words: string }
  | { readonly type: 'quit' };

/** A state and what is to be done. */
export type Step = readonly [state: WatchState, effects: readonly WatchEffect[]];

/** After a key, nobody changes places for so long, milliseconds. */
const HOLDS = 5_000;

const GROUPS: readonly SeatGroup[] = ['all', 'help', 'hand', 'working', 'waiting', 'done', 'offline'];

/** Nothing known yet. */
export const firstWatchState: WatchState = {
  view: null,
  connection: { state: 'connecting' },
  order: [],
  seat: null,
  section: 0,
  group: 'all',
  question: null,
  notice: '',
  keyAt: 0,
};

/**
 * The state after something happened.
 * @param state the state before.
 * @param event what happened.
 */
export function updateWatch(state: WatchState, event: WatchEvent): Step {
  switch (event.type) {
    case 'news': {
      const applied = applyUpdate(state.view, event.update, event.at);
      if (!applied) return [state, []];
      return [arranged({ ...state, view: applied.view }, event.at - state.keyAt < HOLDS), []];
    }
    case 'connection':
      return [{ ...state, connection: event.connection }, []];
    case 'told':
      return [{ ...state, notice: event.words }, []];
    case 'intent':
      return follow({ ...state, keyAt: event.at, notice: '' }, event.intent);
  }
}

/** The seat that the keys are on. */
export function currentSeat(state: WatchState): SeatStand | null {
  return state.view?.seats.get(state.seat ?? '') ?? null;
}

function arranged(state: WatchState, hold: boolean): WatchState {
  const { view } = state;
  if (view === null) return state;
  const wanted = sortedSeats(view.seats, { group: state.group, search: '', only: null });
  const order = hold ? heldOrder(state.order, wanted, view.seats) : wanted;
  const seat = state.seat !== null && order.includes(state.seat) ? state.seat : (order[0] ?? null);
  const moved = seat !== state.seat;
  return { ...state, order, seat, section: moved ? openSection(view, seat) : state.section };
}

function openSection(view: ClassView, seat: string | null): number {
  const open = view.seats.get(seat ?? '')?.open;
  return Math.max(
    0,
    view.lesson.sections.findIndex(({ id }) => id === open),
  );
}

function follow(state: WatchState, intent: WatchIntent): Step {
  const { view, question } = state;
  if (intent.type === 'quit') return [state, [{ type: 'quit' }]];
  if (question !== null) {
    const answered = { ...state, question: null };
    return intent.type === 'yes' ? [answered, [question.effect]] : [answered, []];
  }
  if (view === null) return [state, []];
  switch (intent.type) {
    case 'move':
      return [moved(state, view, intent.by), []];
    case 'section': {
      const last = view.lesson.sections.length - 1;
      return [{ ...state, section: Math.min(last, Math.max(0, state.section + intent.by)) }, []];
    }
    case 'group': {
      const group = GROUPS[(GROUPS.indexOf(state.group) + 1) % GROUPS.length] ?? 'all';
      return [arranged({ ...state, group }, false), []];
    }
    case 'gate':
      return gate(state, view);
    case 'hand-seen': {
      const seat = currentSeat(state);
      if (!seat?.hand) return [{ ...state, notice: words().watch.noHand }, []];
      return [state, [{ type: 'hand-seen', seat: seat.seat, words: words().watch.handSeen(seat.name) }]];
    }
    case 'hint':
      return hintToOne(state, view);
    case 'hint-to-group':
      return hintToGroup(state, view);
    default:
      return [state, []];
  }
}

function moved(state: WatchState, view: ClassView, by: number): WatchState {
  const at = state.order.indexOf(state.seat ?? '');
  const seat = state.order[Math.min(state.order.length - 1, Math.max(0, at + by))] ?? null;
  return { ...state, seat, section: openSection(view, seat) };
}

function gate(state: WatchState, { lesson, class: about }: ClassView): Step {
  const section = lesson.sections[state.section];
  if (about.gate !== null) {
    const effect = { type: 'gate', section: null, words: words().watch.released } as const;
    return [{ ...state, question: { words: words().watch.release, effect } }, []];
  }
  if (!section || state.section === 0) return [{ ...state, notice: words().watch.moveFirst }, []];
  const asked = words().watch.hold(state.section + 1, section.title);
  const done = words().watch.held(section.title);
  return [{ ...state, question: { words: asked, effect: { type: 'gate', section: section.id, words: done } } }, []];
}

function hintToOne(state: WatchState, view: ClassView): Step {
  const seat = currentSeat(state);
  const section = view.lesson.sections[state.section];
  const failing = seat && section ? checksOf(section, seat).find(({ verdict }) => verdict.status === 'fail') : undefined;
  const text = failing?.hints[0];
  if (!seat || !failing || text === undefined) return [{ ...state, notice: words().watch.noHint }, []];
  const request: SendRequest = { to: { type: 'seat', seat: seat.seat }, kind: 'hint', check: failing.id, text };
  return [{ ...state, question: { words: words().watch.send(seat.name, text), effect: { type: 'send', request } } }, []];
}

function hintToGroup(state: WatchState, view: ClassView): Step {
  const cluster = namedClusters(view).find(({ hints }) => hints.length > 0);
  const text = cluster?.hints[0];
  if (!cluster || text === undefined) return [{ ...state, notice: words().watch.noGroup }, []];
  const to = { type: 'cluster', check: cluster.check, reason: cluster.reason } as const;
  const asked = words().watch.send(words().watch.learners(cluster.seats.length), text);
  const effect: WatchEffect = { type: 'send', request: { to, kind: 'hint', check: cluster.check, text } };
  return [{ ...state, question: { words: asked, effect } }, []];
}
