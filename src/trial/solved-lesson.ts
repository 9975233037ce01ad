/**
 * A lesson whose steps are what solves it: where a section has a `solution`, that takes the place of its blocks. In a
 * scenario it comes after them: there, what is typed as keys and the folded answer are two parts of one step. Pure.
 */
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
  const keyed = section.blocks.some((block) => block.kind === 'run' && block.commands.some(({ keys }) => keys !== undefined));
  const kept = keyed ? section.blocks : [];
  return {
    ...section,
    blocks: [...kept, { kind: 'run', id: `${id}:${kept.length + 1}`, commands: typed, optional: false, place }],
  };
}
