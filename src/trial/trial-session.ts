/** Sessions for trials: on a host that is already there, beginning at any section, with progress that nobody keeps. */
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { shellOpener } from '../engine/open-shell.ts';
import type { Host } from '../host/host.ts';
import type { Lesson } from '../model/lesson.ts';
import type { DurableEvent } from '../session/events.ts';
import { lendHost } from './lend-host.ts';

/** Terminal size of shells that nobody looks at; wide, so that output does not wrap. */
const size = { cols: 120, rows: 40 };

/** What a session is made of. */
interface SessionParts {
  readonly lesson: Lesson;
  readonly host: Host;
  readonly version: string;
  readonly now: () => number;
}

/**
 * A started session. Closing it leaves the host running.
 * @param parts lesson and host.
 * @param from index of the section it begins at; those before count as done.
 */
export async function openTrialSession(parts: SessionParts, from: number): Promise<Engine> {
  const { lesson, host, version, now } = parts;
  const engine = createEngine({
    lesson,
    host: lendHost(host),
    journal: { events: doneBefore(parts, from), append: () => {}, close: async () => {} },
    openShell: shellOpener(host, lesson.user),
    version,
    actor: 'program',
    now,
  });
  engine.resizeTerminals(size.cols, size.rows);
  await engine.start();
  return engine;
}

/** The journal of somebody who has done every section before this one. */
function doneBefore({ lesson, host, version, now }: SessionParts, from: number): readonly DurableEvent[] {
  if (from === 0) return [];
  const at = now();
  return [
    { type: 'session-started', at, lesson: lesson.id, hash: lesson.hash, host: host.kind, version },
    ...lesson.sections.slice(0, from).flatMap(({ id }): readonly DurableEvent[] => [
      { type: 'section-opened', at, section: id },
      { type: 'section-done', at, section: id },
    ]),
  ];
}
