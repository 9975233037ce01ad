/** `--section`: which section is meant, and going there once the session is ready for it. */
import type { Engine } from '../engine/engine.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson, Section } from '../model/lesson.ts';

/**
 * The section that somebody means.
 * @param lesson whose.
 * @param word its number as the text counts, or its id.
 * @throws UserError `unknown-section`.
 */
export function sectionNamed(lesson: Lesson, word: string): Section {
  const work = lesson.sections.filter((section) => section.kind === 'work');
  const found = work.find((section) => String(section.number) === word || section.id === word);
  if (found) return found;
  throw new UserError('unknown-section', `"${lesson.title}" has no section ${word}.`, {
    tries: work.map((section) => `--section ${section.number}: ${section.shortTitle}`),
    exitCode: 2,
  });
}

/**
 * Asks once for the section, as soon as the host is ready and nothing else is being asked. Going back throws something
 * away and is asked about on the screen; going on is not.
 * @param engine a session that is about to start.
 * @param section where to; nothing is done where it is open already.
 */
export function goWhenReady(engine: Pick<Engine, 'view' | 'ask' | 'onChange'>, section: Section): void {
  const stop = engine.onChange(() => {
    const { view } = engine;
    if (view.host.status !== 'ready' || view.reviewing === true || view.question !== null) return;
    stop();
    const here = view.sections[view.open];
    if (here?.id !== section.id || here.status !== 'open') engine.ask({ type: 'go', section: section.id, sure: true });
  });
}
