/** A lesson as its class knows it: ids and titles, in order. */
import type { ClassLesson } from '../classroom/protocol/learner-api.ts';
import type { Check } from '../model/check.ts';
import type { Lesson } from '../model/lesson.ts';

/** Turns a lesson into what travels. Longer texts than the protocol takes are cut: they are only shown. */
export function classLessonOf(lesson: Lesson): ClassLesson {
  return {
    id: lesson.id,
    title: cut(lesson.title, 300),
    sections: lesson.sections.map(({ id, title, kind, checks }) => ({
      id,
      title: cut(title, 300),
      kind,
      checks: checks.map(checkOf),
    })),
  };
}

function checkOf({ id, title, hint }: Check): ClassLesson['sections'][number]['checks'][number] {
  return { id, title: cut(title, 500), hints: hint === undefined ? [] : [cut(hint, 4000)] };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
