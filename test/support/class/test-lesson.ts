/** A small lesson for classes. */
import type { ClassLesson } from '../../../src/classroom/protocol/learner-api.ts';

/** Three sections: one to read, two with checks. */
export const testLesson: ClassLesson = {
  id: 'test-lesson',
  title: 'A lesson for tests',
  sections: [
    { id: 'welcome', title: 'Welcome', kind: 'reading', checks: [] },
    {
      id: 'first',
      title: 'First',
      kind: 'work',
      checks: [
        { id: 'first/1', title: 'The file is there', hints: ['Use touch.'] },
        { id: 'first/2', title: 'It belongs to galaxy', hints: ['Use chown.'] },
      ],
    },
    { id: 'second', title: 'Second', kind: 'work', checks: [{ id: 'second/1', title: 'The port answers', hints: [] }] },
  ],
};
