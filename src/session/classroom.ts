/** A class in the session's state: what the journal keeps of it, what is shown, and whom the gate holds. Pure. */
import type { Section } from '../model/lesson.ts';
import type { DurableClassEvent } from './class-events.ts';
import { type ClassRecord, openSection, type SessionState } from './state.ts';
import type { ClassView } from './view.ts';

/**
 * What is kept of the class after one more event.
 * @param record before.
 * @param event what happened.
 */
export function applyClassEvent(record: ClassRecord, event: DurableClassEvent): ClassRecord {
  switch (event.type) {
    case 'hand-raised':
      return { ...record, hand: { at: event.at, note: event.note } };
    case 'hand-lowered':
      return { ...record, hand: null };
    case 'message-shown': {
      if (record.messages.some((each) => each.id === event.message)) return record;
      const { at, message: id, kind, check, text } = event;
      return { ...record, messages: [...record.messages, { id, at, kind, check, text, read: false }] };
    }
    default:
      return {
        ...record,
        messages: record.messages.map((each) => (each.id === event.message ? { ...each, read: true } : each)),
      };
  }
}

/**
 * The section before which the class waits, where the learner stands right before it. Inside of a section nobody is
 * held, nor is who is past the gate.
 * @param state the session.
 */
export function heldBefore(state: SessionState): Section | null {
  const gate = gateOf(state);
  return gate !== null && gate.index === state.open + 1 ? gate : null;
}

/**
 * The section before which the class waits, where it lies ahead.
 * @param state the session.
 */
export function gateOf({ classroom, lesson, open }: SessionState): Section | null {
  if (classroom === null || classroom.status === 'removed' || classroom.facts.gate === null) return null;
  const { gate } = classroom.facts;
  const section = lesson.sections.find((each) => each.id === gate);
  return section !== undefined && section.index > open ? section : null;
}

/**
 * The session held before the gate, with what the learner is told of it; null where nothing holds them. While the class
 * cannot be reached nobody could release them: whoever was told so once may pass.
 * @param state the session; its open section lets on.
 * @param at now, ms since the epoch.
 */
export function holdAtGate(state: SessionState, at: number): SessionState | null {
  const { classroom } = state;
  const gate = heldBefore(state);
  if (classroom === null || gate === null) return null;
  const unreachable = classroom.status === 'offline';
  // Whoever has sections solved was told of an unreachable class when they asked for it.
  if (unreachable && (classroom.held === gate.id || state.going !== null)) return null;
  return {
    ...state,
    classroom: { ...classroom, held: gate.id },
    notice: { at, tone: 'info', sentence: gateSentence(gate, unreachable) },
  };
}

/**
 * Whether the learner was told that the class holds them, and it still does.
 * @param state the session.
 */
export function isHeld(state: SessionState): boolean {
  const gate = heldBefore(state);
  return gate !== null && state.classroom?.held === gate.id;
}

function gateSentence(gate: Section, unreachable: boolean): string {
  const name = gate.number > 0 ? `section ${gate.number}` : gate.shortTitle;
  return unreachable
    ? `The class was waiting before ${name} when it was last heard of, and cannot be reached now. Ask once more to go on without it.`
    : `The class waits before ${name}: as soon as the instructor lets it go on, you go on too.`;
}

/**
 * The class as it is shown; nothing without one.
 * @param state the session.
 */
export function selectClass(state: SessionState): { readonly class?: ClassView } {
  const { classroom, classRecord } = state;
  if (classroom === null) return {};
  const { facts, name, status, waiting, sentence, share } = classroom;
  const gate = heldBefore(state);
  const open = openSection(state);
  const stands = open !== null && (open.own.status !== 'open' || open.section.kind === 'reading');
  return {
    class: {
      title: facts.title,
      name,
      status,
      waiting,
      sentence,
      hand: classRecord.hand,
      messages: classRecord.messages
        .filter((each) => !each.read)
        .map(({ id, at, kind, check, text }) => ({ id, at, kind, check, text })),
      messageCount: classRecord.messages.length,
      share,
      held:
        gate !== null && stands
          ? { section: gate.id, waiting: classroom.held === gate.id, passable: status === 'offline' }
          : null,
    },
  };
}
