/** Sums what the monitor of an open section tells: requests by the second, and programs' changes of state. */
import type { SessionEvent } from './events.ts';
import { type MonitorState, type SessionState, withSection } from './state.ts';

/** How many seconds of requests are kept for the strip. */
const keptSeconds = 60;

type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

/**
 * Adds a slice of requests to the open section's count.
 * @param state the session.
 * @param event the slice; one for another section than the open one changes nothing.
 */
export function countRequests(state: SessionState, event: EventOf<'monitor-counted'>): SessionState {
  return change(state, event.section, (monitor) => {
    const second = Math.floor(event.at / 1000) * 1000;
    const last = monitor.seconds.at(-1);
    const same = last?.second === second ? last : { second, served: 0, failed: 0, slowestMs: 0 };
    const earlier = last?.second === second ? monitor.seconds.slice(0, -1) : monitor.seconds;
    const now = {
      second,
      served: same.served + event.served,
      failed: same.failed + event.failed,
      slowestMs: Math.max(same.slowestMs, event.slowestMs),
    };
    return {
      ...monitor,
      served: monitor.served + event.served,
      failed: monitor.failed + event.failed,
      slowestMs: Math.max(monitor.slowestMs, event.slowestMs),
      failure: event.failure ?? monitor.failure,
      seconds: [...earlier, now].slice(-keptSeconds),
      now: event.at,
    };
  });
}

/**
 * Notes which programs changed their state.
 * @param state the session.
 * @param event the states as seen now, in the order to show them.
 */
export function seePrograms(state: SessionState, event: EventOf<'programs-seen'>): SessionState {
  return change(state, event.section, (monitor) => {
    const programs = { ...monitor.programs };
    for (const [name, seen] of Object.entries(event.states)) {
      const changes = programs[name] ?? [];
      if (changes.at(-1)?.state !== seen) programs[name] = [...changes, { at: event.at, state: seen }];
    }
    return { ...monitor, programs, now: event.at };
  });
}

function change(state: SessionState, section: string, how: (monitor: MonitorState) => MonitorState): SessionState {
  const index = state.lesson.sections.findIndex((each) => each.id === section);
  if (index !== state.open || state.sections[index]?.status !== 'open') return state;
  return withSection(state, index, (own) => ({ ...own, monitor: how(own.monitor) }));
}
