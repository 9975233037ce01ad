import { expect, test } from 'vitest';
import { readNative, readSheet } from '../lesson/native.ts';
import { solvedLesson } from './solved-lesson.ts';

test('a solution takes the place of its section’s blocks, command by command; other sections stay', () => {
  const yaml =
    'version: 1\nsections:\n  one:\n    solution:\n      - |\n        cat >a <<EOF\n        x\n        EOF\n        touch b\n      - touch c\n';
  const { sheet } = readSheet({ file: 'lesson.yaml', text: yaml }, undefined);
  const text = { file: 'lesson.md', text: '# T\n\n## One\n\n```console\nvi a\n```\n\n## Two\n\n```console\ntrue\n```\n' };
  const { lesson } = readNative({ sheet: sheet!, text, id: 'l', dir: '/l', hash: '', resolve: (path) => path });
  const solved = solvedLesson(lesson!);
  const commands = solved.sections.map(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'run' ? block.commands.map(({ text: command }) => command) : [])),
  );
  expect(commands).toEqual([['cat >a <<EOF\nx\nEOF', 'touch b', 'touch c'], ['true']]);
});
