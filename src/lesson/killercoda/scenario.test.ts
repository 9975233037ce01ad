import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Lesson } from '../../model/lesson.ts';
import { type LessonResult, readLesson } from '../lesson.ts';
import { createReport } from '../sheet/report.ts';
import { globMatcher } from './glob.ts';
import { readIndex } from './index-file.ts';
import { readMarker } from './markers.ts';
import { needsOf } from './needs.ts';
import { scenarioLesson } from './scenario.ts';
import { stepBody } from './step-body.ts';

async function scenario(name: string): Promise<Extract<LessonResult, { ok: true }>> {
  const result = await readLesson(`fixtures/scenarios/${name}`);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}

function commands(lesson: Lesson, section: string): readonly unknown[] {
  const found = lesson.sections.find(({ id }) => id === section);
  return (found?.blocks ?? []).flatMap((block) => (block.kind === 'run' ? block.commands : []));
}

function read(text: string) {
  const report = createReport();
  const body = stepBody({ file: 'step.md', text }, 's', report);
  return {
    ...body,
    texts: body.blocks.flatMap((block) => (block.kind === 'run' ? block.commands.map((each) => each.text) : [])),
    rules: report.problems.map(({ rule, place }) => `${place.line} ${rule}`),
  };
}

function withBackground(background: string, verify: string): Lesson {
  const page = { at: { file: 'index.json', line: 1, column: 1 } };
  const files: Readonly<Record<string, string>> = { b: background, v: verify, t: 'Text.' };
  const index = { title: 'T', steps: [{ ...page, text: 't', background: 'b', verify: 'v' }], assets: [], at: page.at };
  const file = (name: string) => (files[name] === undefined ? undefined : { file: name, text: files[name] });
  return scenarioLesson({ index, file, assets: [], id: 's', dir: '/', hash: '', host: 'bare' }, createReport());
}

test("the folder that Katacoda's learners worked in leads to root's home, where a script names it", () => {
  const background = (own: string, verify: string) => withBackground(own, verify).sections[0]?.setup?.background?.source;
  const verify = '[ -d /home/scrapbook/tutorial/.git ]';
  expect(background('#!/bin/bash\nsleep 1\n', 'true')).toBe('#!/bin/bash\nsleep 1\n');
  expect(background('#!/bin/bash\nsleep 1\n', verify)).toMatch(/^#!\/bin\/bash\nmkdir -p \/home\/scrapbook && .*\nsleep 1\n$/);
  expect(background('sleep 1\n', verify)).toMatch(/^mkdir -p .*\nsleep 1\n$/);
  expect(background('#!/usr/bin/python3\nimport os\n', verify)).toBe('#!/usr/bin/python3\nimport os\n');
});

describe('a scenario as a lesson', () => {
  test('pages with a verify script are work, the others are read', async () => {
    const { lesson } = await scenario('first-commands');
    expect(lesson).toMatchObject({ title: 'First commands', user: 'root', host: 'bare', minutes: 5 });
    expect(lesson.sections.map(({ id, kind, number }) => [id, kind, number])).toEqual([
      ['first-commands', 'reading', 0],
      ['a-folder', 'work', 1],
      ['a-file', 'work', 2],
      ['well-done', 'reading', 0],
    ]);
    expect(lesson.sections[1]?.checks).toMatchObject([
      { question: { kind: 'script', name: 'folder.sh' }, timing: { onEvent: true }, timeoutMs: 30_000 },
    ]);
  });

  test('nothing but verify gates: every block is optional', async () => {
    for (const name of ['first-commands', 'tangled-fences', 'keys-and-terminals']) {
      const { lesson } = await scenario(name);
      expect(lesson.sections.flatMap(({ blocks }) => blocks).every(({ optional }) => optional)).toBe(true);
    }
  });

  test('scripts come with their pages, by their old names too', async () => {
    const { lesson } = await scenario('prepared-machine');
    expect(lesson.sections.map(({ setup }) => [setup?.background?.name, setup?.foreground?.name])).toEqual([
      ['scripts/background.sh', 'scripts/foreground.sh'],
      [undefined, undefined],
      ['scripts/second-background.sh', 'scripts/second-foreground.sh'],
      [undefined, undefined],
    ]);
  });

  test('keys, terminals and interrupts', async () => {
    const { lesson, warnings } = await scenario('keys-and-terminals');
    expect(commands(lesson, 'an-editor')).toMatchObject([
      { text: 'echo typed > typed', keys: { noEnter: true } },
      { text: '^M', keys: { sequence: true } },
      { text: 'cat > kept', keys: {} },
      { text: 'a line for cat', keys: {} },
      { text: '^D', keys: { sequence: true } },
    ]);
    expect(commands(lesson, 'a-program-in-the-way')[1]).toMatchObject({ keys: { interrupt: true } });
    expect(commands(lesson, 'another-terminal')).toMatchObject([{ terminal: 2 }, { terminal: 3 }, { terminal: 1 }]);
    expect(warnings.map(({ rule }) => rule)).toEqual(['unsupported-second-host']);
  });

  test('what it needs is told, and what is missing left out', async () => {
    const { lesson, warnings } = await scenario('for-a-cluster');
    expect(lesson.notes?.map((note) => note.split(':')[0])).toEqual([
      'It needs Kubernetes',
      'It needs Docker',
      'It needs the internet',
    ]);
    expect(warnings.map(({ rule }) => rule).sort()).toEqual([
      'missing-file',
      'missing-file',
      'scenario-docker',
      'scenario-internet',
      'scenario-kubernetes',
    ]);
    expect(lesson.sections).toHaveLength(3);
  });

  test('marks behind fences, wherever the author has put them', async () => {
    const { lesson, warnings } = await scenario('tangled-fences');
    const texts = commands(lesson, 'collect').map((command) => (command as { text: string }).text);
    expect(texts).toEqual(Array.from({ length: 11 }, (_, index) => `echo ${index + 1} >> numbers`));
    expect(warnings.map(({ rule, place }) => [rule, place.line])).toEqual([['unsupported-marker', 51]]);
    const shown = JSON.stringify(lesson.sections[0]?.body);
    expect(shown).toContain('{{ .Release.Name }}');
    expect(shown).toContain('helm template {{ .Values.name }}');
    expect(shown).toContain('{{sandbox}}');
  });
});

describe('a text', () => {
  test.each([
    ['a closing fence with a mark', '```\nls\n```{{exec}}\nafter', ['ls']],
    ['tildes', '~~~sh\nls\n~~~ {{execute}}', ['ls']],
    ['a longer fence around a shorter one', '````\ncat <<E\n```\nE\n````{{exec}}', ['cat <<E\n```\nE']],
    ['braces within code', '```\necho {{ x }}\n```', []],
    ['a blank between code and mark', '`ls` {{exec}}', ['ls']],
    ['marks in a list', '- `a`{{exec}} and `b`{{exec}}\n  - `c`{{execute}}', ['a', 'b', 'c']],
    ['a tab in front of the fence', '- x\n\n\t```\n\tls\n\t```{{exec}}', ['ls']],
    ['an empty command', '``` \n```{{exec}}', []],
    ['two fences of which only the second is marked', '```\na\n```\n\n```\nb\n```{{exec}}', ['b']],
    ['an editor', '`a file.txt`{{open}}', [`$\{EDITOR:-nano} 'a file.txt'`]],
  ])('%s', (_, text, expected) => {
    expect(read(text).texts).toEqual(expected);
  });

  test('a command that is a paragraph by itself is shown once', () => {
    expect(read('`ls`{{exec}}').body).toEqual([{ type: 'code', lang: 'bash', text: 'ls', block: 's:1' }]);
    expect(read('Say `ls`{{exec}} now.').body).toMatchObject([{ type: 'paragraph' }, { type: 'code', block: 's:1' }]);
  });

  test('folded text is a hint, and its commands are the solution', () => {
    const { hints, solution, body } = read(
      'Try.\n\n<details>\n<summary>Show <b>it</b></summary>\n\nSo: `x`\n\n```\nls -l\n```\n</details>\n\nAfter.',
    );
    expect(hints).toEqual(['Show it\nSo: x\nls -l']);
    expect(solution).toEqual(['ls -l']);
    expect(JSON.stringify(body)).not.toContain('ls -l');
    expect(JSON.stringify(body)).toContain('After.');
  });

  test('a file is written where its tag says, with its characters decoded', () => {
    const { blocks } = read(
      '<pre class="file" data-filename="a/b.txt" data-target="append">\n&lt;x&gt; `&amp;`\n\n```\n</pre>\n',
    );
    expect(blocks).toMatchObject([
      { kind: 'write', path: '/root/a/b.txt', mode: { how: 'append' }, content: '<x> `&`\n\n```\n' },
    ]);
  });

  test('a quiz is shown with its choices and not with its answers', () => {
    const { quizzes, body, rules } = read('>>Q1: Which?<<\n(*) this\n( ) that\n\n>>Name it<<\n=== secret\n');
    expect(quizzes).toMatchObject([
      { prompt: 'Which?', how: 'one', choices: ['this', 'that'], right: ['this'], line: 1 },
      { prompt: 'Name it', how: 'text', choices: [], right: ['secret'], line: 5 },
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(rules).toEqual([]);
  });

  test('what only looks like a quiz is text: no answers below it, rules of equals signs, an example in <pre>', () => {
    const text = '>>> 1 << 2\n\n>>a<<\n=====\n\n<pre>\n>>Q1: x<<\n=== y\n</pre>\n';
    expect(read(text).quizzes).toEqual([]);
  });

  test('choices that say the same can be told apart', () => {
    const { quizzes } = read('>>Which?<<\n[*] Right\n[*] Right\n[ ] Wrong\n');
    expect(quizzes[0]).toMatchObject({ choices: ['Right', 'Right (2)', 'Wrong'], right: ['Right', 'Right (2)'] });
  });

  test('nothing in a text reaches the terminal as a control character', () => {
    const { body, blocks } = read('a\u001b[31mb `x\u0007`{{exec}}\n');
    expect(JSON.stringify([body, blocks])).not.toMatch(/\\u00(?:1b|07)/);
  });
});

test.each([
  ['exec', { does: 'run', terminal: 1, keys: {} }],
  [' execute  T3 interrupt ', { does: 'run', terminal: 3, keys: { interrupt: true } }],
  ['execute HOST1', { does: 'run', terminal: 1, keys: {} }],
  ['execute HOST2', { does: 'run', otherHost: true }],
  ['execute some-tag', { does: 'run', keys: {} }],
  ['', { does: 'nothing' }],
  ['copy', { does: 'copy' }],
  ['.Values.x', undefined],
])('the mark {{%s}}', (inside, expected) => {
  if (expected === undefined) expect(readMarker(inside)).toBeUndefined();
  else expect(readMarker(inside)).toMatchObject(expected);
});

test.each([
  ['*', ['a', 'b/c']],
  ['*.sh', ['x.sh']],
  ['**/*.json', ['x.json', 'a/b/x.json']],
  ['dir/', ['dir/a', 'dir/b/c']],
  ['./a?.txt', ['ab.txt']],
])('the glob %s', (glob, matching) => {
  for (const path of matching) expect(globMatcher(glob)(path)).toBe(true);
  expect(globMatcher(glob === '*' ? 'x' : glob)('other/nothing')).toBe(false);
});

test.each([
  ['curl http://localhost:80/', []],
  ['curl -s https://example.org/x', ['internet']],
  ['apt-get install -y jq', ['internet']],
  ['echo kubectl-less; docker-ish', []],
  ['kubectl get nodes', ['Kubernetes']],
  ['sudo docker ps', ['Docker']],
  ['sudo systemctl enable --now x', ['systemd']],
  ['ssh root@host01', ['another machine']],
  ['scp -r x node01:/tmp; ls', ['another machine']],
  ['echo ssh; ls host01', []],
  ['mkswap /s; swapon /s', ['kernel']],
  ['crontab -l', ['cron']],
])('what `%s` needs', (text, words) => {
  expect(
    needsOf('ubuntu', [{ text, where: 'x' }]).map(
      (note) => /Kubernetes|Docker|systemd|internet|another machine|kernel|cron/.exec(note)?.[0],
    ),
  ).toEqual(words);
});

test.each([
  ['{"title": "P", "backend": {"imageid": "ubuntu"}}', 1],
  ['{"type": "jupyter@0.1", "backend": {"imageid": "python:3.8"}}', null],
  ['{"title": "P", "details": {"steps": []}}', null],
  ['{\t"details": {"steps": [{"title": "tabs, and a comma too many"},]}}', 1],
  ['{"details": ', null],
])('the index %s', (text, pages) => {
  const report = createReport();
  const index = readIndex({ file: 'index.json', text }, report);
  expect(index === undefined ? null : index.steps.length + (index.intro === undefined ? 0 : 1)).toBe(pages);
  expect(report.problems.some(({ severity }) => severity === 'error')).toBe(pages === null);
});

test('an asset that is named with its folder is found in it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lockstep-assets-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'assets/conf'), { recursive: true });
  writeFileSync(join(dir, 'assets/conf/a.conf'), 'a');
  const host01 = [{ file: 'assets/conf/a.conf', target: '/opt' }];
  writeFileSync(join(dir, 'index.json'), JSON.stringify({ details: { intro: {}, steps: [], assets: { host01 } } }));
  const result = await readLesson(dir);
  expect(result).toMatchObject({ ok: true, lesson: { assets: [{ to: '/opt/a.conf' }] }, warnings: [] });
});
