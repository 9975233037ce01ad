/** A lesson whose steps are what solves it: where a section has a `solution`, that takes the place of its blocks. Pure. */
import { splitCommands } from '../lesson/commands/split-commands.ts';
import type { Lesson, Section } from '../model/lesson.ts';

/**
 * The lesson as it is tried.
 * @param lesson as it is followed.
 */
export function solvedLesson(lesson: Lesson): Lesson {
  return { ...lesson, sections: lesson.sections.map(solved) };
}

function solved(section: Section): Section {
  const { solution, id, place } = section;
  if (solution === undefined) return section;
  const commands = solution.flatMap((text) => splitCommands(text, 'bash').commands);
  const typed = commands.map(({ text }) => ({ text, terminal: 1 }));
  return { ...section, blocks: [{ kind: 'run', id: `${id}:1`, commands: typed, optional: false, place }] };
}
