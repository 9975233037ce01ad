import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readNative, readSheet } from '../lesson/native.ts';
import { readPlain } from '../lesson/plain.ts';
import type { Lesson } from '../model/lesson.ts';
import { endlessProgram } from './endless-commands.ts';
import { lintLesson } from './lint.ts';

function found(text: string, yaml: string | null = null, exists: (path: string) => boolean = () => false): readonly string[] {
  const lesson = yaml === null ? plain(text) : native(text, yaml);
  return lintLesson({ lesson, text, file: 'lesson.md', exists }).map(
    ({ place, rule }) => `${place.file}:${place.line}:${place.column} ${rule}`,
  );
}

function plain(text: string): Lesson {
  const { lesson } = readPlain({ text: { file: 'lesson.md', text }, id: 'l', dir: '/l', hash: '' });
  if (!lesson) throw new Error('bad text');
  return lesson;
}

function native(text: string, yaml: string): Lesson {
  const { sheet, problems } = readSheet({ file: 'lesson.yaml', text: yaml }, undefined);
  if (!sheet) throw new Error(JSON.stringify(problems));
  const source = { file: 'lesson.md', text };
  const { lesson } = readNative({ sheet, text: source, id: 'l', dir: '/l', hash: '', resolve: (path) => path });
  if (!lesson) throw new Error('bad lesson');
  return lesson;
}

describe('links', () => {
  test('to a file that is not there are told where they stand, each of several', () => {
    const text = '# T\n\n[a](gone.md) and ![b](img/gone.png)\n\n## One\n\n- see [c](gone.md)\n';
    expect(found(text)).toEqual(['lesson.md:3:5 dead-link', 'lesson.md:3:23 dead-link', 'lesson.md:7:11 dead-link']);
    expect(found(text, null, (path) => path === 'gone.md')).toEqual(['lesson.md:3:23 dead-link']);
  });

  test('with encoded names and anchors into other files lead to those files', () => {
    expect(found('# T\n\n## One\n\n[a](a%20b.md#part)\n', null, (path) => path === 'a b.md')).toEqual([]);
  });

  test('to headings are right when a forge would make that anchor', () => {
    const text =
      '# The title\n\n[1](#the-title) [2](#one---more) [3](#deep) [4](#by-hand) [5](#gone)\n\n## One - more\n\n### Deep\n\n<a id="by-hand"></a>\n';
    expect(found(text)).toEqual(['lesson.md:3:63 dead-anchor']);
  });

  test('to the network and to mail are not asked', () => {
    expect(found('# T\n\n## One\n\n[a](https://example.org/x) <mailto:a@example.org> [b](//example.org)\n')).toEqual([]);
  });
});

const one = '# T\n\n## One\n\n```console\ntrue\n```\n\n## Two\n\n```console\ntrue\n```\n';

describe('checks', () => {
  test('without a hint are told, unless their section has hints', () => {
    const yaml = (hints: string): string =>
      `version: 1\nsections:\n  one:\n${hints}    checks:\n      - file: /a\n  two:\n    checks:\n      - { file: /b, hint: h }\n`;
    expect(found(one, yaml(''))).toEqual(['lesson.yaml:5:9 check-without-hint']);
    expect(found(one, yaml('    hints: [look there]\n'))).toEqual([]);
  });

  test('of the same name in one section are told', () => {
    const yaml =
      'version: 1\nsections:\n  one:\n    hints: h\n    checks:\n      - { file: /a, title: it is there }\n      - { file: /b, title: it is there }\n  two:\n    hints: h\n    checks:\n      - { file: /b, title: it is there }\n';
    expect(found(one, yaml)).toEqual(['lesson.yaml:7:9 duplicate-title']);
  });
});

describe('sections', () => {
  test('that nothing can fail are told: no check where others have some, only optional blocks, only `never`', () => {
    const head = 'version: 1\nsections:\n  one:\n    hints: h\n    checks:\n      - file: /a\n';
    expect(found(one, head)).toEqual(['lesson.md:9:1 nothing-can-fail']);
    expect(found(one, `${head}  two:\n    hints: h\n    checks:\n      - { file: /b, never: true }\n`)).toEqual([
      'lesson.md:9:1 nothing-can-fail',
    ]);
    expect(found(one, 'version: 1\nsections:\n  two:\n    blocks: [{ run: true, optional: true }]\n')).toEqual([
      'lesson.md:9:1 nothing-can-fail',
    ]);
  });

  test('of a text alone are done by their commands, and that is fine', () => expect(found(one)).toEqual([]));

  test('with checks that nothing solves are told', () => {
    const text = '# T\n\n## One\n\nDo it yourself.\n';
    const yaml = 'version: 1\nsections:\n  one:\n    hints: h\n    checks:\n      - file: /a\n';
    expect(found(text, yaml)).toEqual(['lesson.md:3:1 not-solvable']);
    expect(found(text, `${yaml}    solution: touch /a\n`)).toEqual([]);
  });
});

describe('commands that never end', () => {
  test.each([
    'tail -f /var/log/syslog',
    'tail -n5F x',
    'sudo tail --follow=name x',
    'top',
    'sudo -Hu galaxy top',
    'watch -n1 ls',
    'less /etc/hosts',
    'cat /etc/hosts | less',
    'cd /etc && vim hosts',
    'sudo -e /etc/hosts',
    'sudo nano /etc/hosts',
    'journalctl -fu nginx',
    'ping example.org',
    'while true; do date; sleep 1; done',
    'while [ 1 ]; do date; sleep 1; done  # in a second terminal',
    'while :; do\n  date\ndone',
    'python3 -m http.server 8000',
    'sleep infinity',
    'sudo -i',
    'su - galaxy',
    'FOO=1 /usr/bin/yes',
    'docker logs -f web',
  ])('%s', (text) => expect(endlessProgram(text)).not.toBeNull());

  test.each([
    'tail -n 20 x',
    'tail -f x &',
    'timeout 5 tail -f x',
    'top -bn1',
    'ping -c 3 example.org',
    'journalctl -u nginx --no-pager',
    'while [ ! -e x ]; do sleep 1; done',
    'while true; do [ -e x ] && break; sleep 1; done',
    'sleep 5',
    'bash setup.sh',
    'sudo bash -c "tail x"',
    'echo "less is more; top"',
    'python3 app.py',
    'sudo apt install -y vim nano less',
    'which less',
    'cat <<EOF >x\ntop\nless\nEOF',
    'curl -s https://example.org | bash',
    'make -f Makefile',
    'sudo supervisorctl stop all',
    'mkdir top',
  ])('not: %s', (text) => expect(endlessProgram(text)).toBeNull());

  test('are told where the next one waits for them, and not in a terminal of their own', () => {
    const yaml = (block: string): string =>
      `version: 1\nsections:\n  one:\n    hints: h\n    blocks: [${block}]\n    checks: [{ file: /a }]\n`;
    const text = '# T\n\n## One\n\n```console\ntail -f /var/log/syslog\n```\n';
    expect(found(text, yaml('run'))).toEqual(['lesson.md:5:1 endless-command']);
    expect(found(text, yaml('{ run: true, terminal: 2 }'))).toEqual([]);
  });
});

describe('what the sandbox host refuses', () => {
  test('is told where it stands, in a block or a solution', () => {
    const text = '# T\n\n## One\n\n```console\nswapon /s\n```\n';
    const yaml = (more: string): string => `version: 1\nsections:\n  one:\n    hints: h\n    checks: [{ file: /a }]\n${more}`;
    expect(found(text, yaml(''))).toEqual(['lesson.md:5:1 sandbox-limit']);
    const other = text.replace('swapon /s', 'free');
    expect(found(other, yaml(''))).toEqual([]);
    expect(found(other, yaml('    solution: swapon /s\n'))).toEqual(['lesson.md:3:1 sandbox-limit']);
  });

  test('is not told again of a scenario, whose reader has', () => {
    const text = '# T\n\n## One\n\n```console\nswapon /s\n```\n';
    const lesson = { ...plain(text), notes: ['It needs a kernel of its own.'] };
    expect(lintLesson({ lesson, text, file: 'lesson.md', exists: () => true })).toEqual([]);
  });
});

test.each(['tour', 'uwsgi-zerg-mode'])('our own lesson %s has nothing to mend', (name) => {
  const [text, yaml] = ['lesson.md', 'lesson.yaml'].map((file) => readFileSync(`lessons/${name}/${file}`, 'utf8'));
  expect(found(text ?? '', yaml ?? '')).toEqual([]);
});
