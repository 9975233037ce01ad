import { expect, test } from 'vitest';
import type { Lesson } from '../model/lesson.ts';
import { changesOf } from './ask-local.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

function lessonWith(blocks: Lesson['sections'][number]['blocks']): Lesson {
  const section = { id: 's', blocks, checks: [] } as unknown as Lesson['sections'][number];
  return { title: 'A lesson', sections: [section] } as unknown as Lesson;
}

test('a lesson on this very machine tells the files and the commands as root, each file once, before it begins', () => {
  const run = (texts: readonly string[]) => ({
    kind: 'run' as const,
    id: 'r',
    commands: texts.map((text) => ({ text, terminal: 1 })),
    optional: false,
    place,
  });
  const write = {
    kind: 'write' as const,
    id: 'w',
    path: '/etc/x.conf',
    content: '',
    sudo: true,
    mode: { how: 'replace' as const },
    optional: false,
    place,
  };
  const lines = changesOf(
    lessonWith([run(['ls', 'sudo rm -rf /srv/x', 'echo sudo', 'true && sudo -u galaxy id']), write, write]),
    'vm7',
  );
  expect(lines.filter((line) => line.startsWith('    '))).toEqual([
    '    /etc/x.conf',
    '    sudo rm -rf /srv/x',
    '    true && sudo -u galaxy id',
  ]);
  expect(lines[0]).toContain('this very machine, vm7');
});

test('a long list of commands is cut, and says so', () => {
  const commands = Array.from({ length: 20 }, (_, index) => ({ text: `sudo touch /x${index}`, terminal: 1 }));
  const lines = changesOf(lessonWith([{ kind: 'run', id: 'r', commands, optional: false, place }]), 'vm7');
  expect(lines).toContain("    and 8 more; read the lesson's text for them");
});
