import { describe, expect, test } from 'vitest';
import type { Lesson } from '../model/lesson.ts';
import { readNative, readSheet } from './native.ts';
import { readWrongAnswer } from './wrong-answer.ts';

const yaml = `version: 1
sections:
  make-it:
    checks:
      - { file: /a, title: there is a }
      - { file: /b, title: there is b }
`;

function lesson(more = ''): Lesson {
  const { sheet } = readSheet({ file: 'lesson.yaml', text: yaml + more }, undefined);
  if (!sheet) throw new Error('bad yaml');
  const text = { file: 'lesson.md', text: '# T\n\n## Make it\n\nText.\n' };
  const read = readNative({ sheet, text, id: 'l', dir: '/l', hash: '', resolve: (path) => path });
  if (!read.lesson) throw new Error('bad lesson');
  return read.lesson;
}

const context = { lesson: lesson(), reasons: ['file-missing', 'wrong-owner'] };
const read = (text: string) => readWrongAnswer('x.sh', { file: 'wrong/x.sh', text }, context);

describe('a wrong answer', () => {
  test('says what is wrong, where it starts, and which checks must tell', () => {
    const text = `#!/bin/sh
# The file is forgotten.
# Both are.
#
# section: make-it
# from: done
# check: there is a
# reason: file-missing
# check: 2
# reason: wrong-owner
# passes: there is a
rm /a
# check: this is no header any more
`;
    expect(read(text)).toEqual({
      problems: [],
      answer: {
        name: 'x.sh',
        title: 'The file is forgotten. Both are.',
        section: 0,
        from: 'done',
        expected: [
          { check: 'make-it/1', reason: 'file-missing' },
          { check: 'make-it/2', reason: 'wrong-owner' },
        ],
        passes: ['make-it/1'],
        script: text,
        place: { file: 'wrong/x.sh', line: 1, column: 1 },
      },
    });
  });

  test('starts where the section opens if it does not say otherwise', () => {
    expect(read('# section: make-it\n# check: 1\n# reason: file-missing\n').answer).toMatchObject({
      from: 'open',
      title: 'x.sh',
    });
  });

  test.each([
    ['# nothing at all\n', 1, /which section/, /# section: make-it/],
    ['# section: mak-it\n', 1, /no section `mak-it`/, /make-it/],
    ['# section: make-it\n', 1, /which check fails/, /# check/],
    ['# section: make-it\n# check: there is aa\n# reason: file-missing\n', 2, /no check `there is aa`/, /there is a/],
    ['# section: make-it\n# check: 1\n# reason: file-misssing\n', 3, /no reason/, /file-missing/],
    ['# section: make-it\n# check: 1\n', 2, /no `reason` after it/, undefined],
    ['# section: make-it\n# reason: file-missing\n', 2, /no `check` before it/, undefined],
    ['# section: make-it\n# from: end\n# check: 1\n# reason: file-missing\n', 2, /`from` cannot be `end`/, /`open` or `done`/],
    ['# sectoin: make-it\n', 1, /`sectoin` is no key/, /section/],
  ] as const)('with a mistake in its header is refused with the line: %j', (text, line, message, suggestion) => {
    const { answer, problems } = read(text);
    expect(answer).toBeUndefined();
    const found = problems.find((problem) => message.test(problem.message));
    expect(found?.place.line).toBe(line);
    if (suggestion) expect(found?.suggestion).toMatch(suggestion);
  });
});

test('a question to the learner is answered between check and reason', () => {
  const asking = lesson('      - { answer: Which?, choices: [x, y, z], right: [x, y] }\n');
  const header = '# Too little.\n# section: make-it\n# check: 3\n# answer: x\n# answer: z\n# reason: wrong-answer\n';
  const from = (text: string) =>
    readWrongAnswer('x.sh', { file: 'wrong/x.sh', text }, { lesson: asking, reasons: ['wrong-answer', 'file-missing'] });
  expect(from(header).answer?.expected).toEqual([{ check: 'make-it/3', reason: 'wrong-answer', given: ['x', 'z'] }]);
  expect(from(header.replace('check: 3', 'check: 1')).problems).toMatchObject([
    { message: 'Only a question to the learner can be answered.', place: { line: 4 } },
  ]);
});
