import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lesson } from '../model/lesson.ts';
import type { Node } from '../model/markdown.ts';
import { describeProblem } from '../model/problem.ts';
import { listLessons, readHostDefinition, readLesson } from './lesson.ts';

const GOOD = 'fixtures/lessons/good';

async function lessonAt(path: string): Promise<Lesson> {
  const result = await readLesson(path, { hosts: ['bare', 'galaxy'] });
  if (!result.ok) throw new Error(result.problems.map(describeProblem).join('\n'));
  return result.lesson;
}

async function rulesAt(path: string): Promise<readonly string[]> {
  const result = await readLesson(path);
  return (result.ok ? result.warnings : result.problems).map((problem) => problem.rule);
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-lesson-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file below the test's own folder; returns its path. */
function write(path: string, content: string | Uint8Array): string {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

/** A lesson of its own; returns its folder. */
function writeLesson(name: string, text: string, yaml?: string): string {
  write(`${name}/lesson.md`, text);
  if (yaml !== undefined) write(`${name}/lesson.yaml`, yaml);
  return join(folder, name);
}

describe('a lesson with lesson.yaml', async () => {
  const lesson = await lessonAt(`${GOOD}/web-service`);
  const section = (id: string) => lesson.sections.find((one) => one.id === id);
  const first = section('section-1---put-the-service-under-supervision');
  const second = section('section-2---watch-it');
  const third = section('section-3---restart');

  test('is what its files say', () => {
    expect({ ...lesson, introduction: [], sections: [] }).toEqual({
      id: 'web-service',
      title: 'A supervised web service',
      dir: resolve(GOOD, 'web-service'),
      introduction: [],
      sections: [],
      host: 'galaxy',
      user: 'ubuntu',
      minutes: 20,
      summary: 'Puts a web service under supervision and restarts it.',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('has a section for each heading, numbered where there is work', () => {
    expect(lesson.sections.map(({ id, index, kind, number, shortTitle }) => [id, index, kind, number, shortTitle])).toEqual([
      ['introduction', 0, 'reading', 0, 'Introduction'],
      ['section-1---put-the-service-under-supervision', 1, 'work', 1, 'Put the service under supervision'],
      ['section-2---watch-it', 2, 'work', 2, 'Watch it'],
      ['section-3---restart', 3, 'work', 3, 'Restart'],
      ['section-3---restart-1', 4, 'reading', 0, 'Restart'],
      ['further-reading', 5, 'reading', 0, 'Further reading'],
    ]);
  });

  test('keeps what stands before the first section, but for the title', () => {
    expect(lesson.introduction.map((node) => node.type)).toEqual(['paragraph', 'heading', 'paragraph']);
  });

  test('has run blocks without prompts and sample output, and file blocks with their way in', () => {
    expect(first?.blocks).toEqual([
      {
        kind: 'run',
        id: `${first?.id}:1`,
        commands: [
          { text: 'sudo mv /etc/supervisor/conf.d/web.conf /etc/supervisor/conf.d/web.conf.disabled', terminal: 1 },
          { text: 'sudo -Hu web mkdir /srv/web/var', terminal: 1 },
          { text: 'ls /srv/web', terminal: 1 },
        ],
        optional: false,
        place: { file: `${GOOD}/web-service/lesson.md`, line: 24, column: 1 },
      },
      {
        kind: 'write',
        id: `${first?.id}:2`,
        path: '/etc/supervisor/conf.d/web.conf',
        content: '[program:web]\ncommand = /srv/web/bin/serve --port 8080\n\n[program:other]\ncommand = sleep 1000\n',
        sudo: true,
        mode: { how: 'section', section: 'program:web' },
        optional: false,
        place: { file: `${GOOD}/web-service/lesson.md`, line: 33, column: 1 },
      },
      {
        kind: 'write',
        id: `${first?.id}:3`,
        path: '/tmp/note.sh',
        content: "cat <<EOF >/tmp/note\nit's a note\nEOF\n",
        sudo: false,
        mode: { how: 'append' },
        optional: true,
        place: { file: `${GOOD}/web-service/lesson.md`, line: 43, column: 1 },
      },
    ]);
  });

  test('says in its text which fence became which block, wherever the fence stands', () => {
    const ids = (nodes: readonly Node[]): readonly (string | undefined)[] =>
      nodes.flatMap((node) => {
        if (node.type === 'code') return [node.block];
        if (node.type === 'quote') return ids(node.children);
        return node.type === 'list' ? node.items.flatMap((item) => ids(item.children)) : [];
      });
    expect(ids(first?.body ?? [])).toEqual([`${first?.id}:1`, `${first?.id}:2`, `${first?.id}:3`]);
    expect(ids(second?.body ?? [])).toEqual([`${second?.id}:1`, undefined]);
  });

  test('sends commands to terminals', () => {
    const [block] = second?.blocks ?? [];
    expect(block?.kind === 'run' && block.commands).toEqual([
      { text: 'sudo apt install -y example', terminal: 1 },
      { text: 'while [ 1 ]; do curl -s localhost:8080; sleep 1; done  # in a second terminal', terminal: 2 },
      { text: 'tail -f /srv/web/log/web.log', terminal: 2 },
    ]);
  });

  test('runs other commands where it says so, and says why', () => {
    expect(third?.blocks).toMatchObject([
      {
        commands: [{ text: 'sudo supervisorctl stop web' }, { text: 'sudo supervisorctl start web' }],
        because: 'A restart is too quick to be seen here.',
        optional: true,
      },
    ]);
  });

  test('has hints, an explanation, a monitor and a solution', () => {
    expect(second?.hints).toEqual(['The log says why.', 'Look at its last line.']);
    expect(second?.explain).toMatchObject([{ type: 'paragraph' }]);
    expect(third?.monitor).toEqual({ url: 'http://localhost:8080/', everyMs: 100 });
    expect(third?.solution).toEqual(['sudo supervisorctl restart web']);
    expect(section('section-3---restart-1')?.hints).toEqual(['The same heading, numbered.']);
  });

  test('asks what its checks say, with values as they are written', () => {
    expect(first?.checks.map((check) => check.question)).toEqual([
      {
        kind: 'file',
        path: '/etc/supervisor/conf.d/web.conf.disabled',
        type: 'file',
        mode: '0644',
        minSize: 1,
        maxSize: 4096,
        contains: [{ text: '[program:web]' }, { regex: 'port \\d+', flags: 'i' }],
        lacks: [{ text: 'password' }],
      },
      { kind: 'file', path: '/srv/web/var', type: 'directory', owner: 'web', group: 'web', mode: '0755' },
      { kind: 'file', path: '/srv/web/current', type: 'symlink', target: 'releases/1' },
      { kind: 'file', path: '/etc/supervisor/conf.d/old.conf', absent: true },
      {
        kind: 'ini',
        path: '/etc/supervisor/conf.d/web.conf',
        has: {
          'program:web': {
            autostart: [{ text: 'True' }],
            umask: [{ text: '022' }],
            command: [{ regex: 'serve', flags: '' }],
            priority: [{ text: '999' }],
          },
          'program:other': {},
          uwsgi: { 'master-fifo': [{ text: '/srv/a.fifo' }, { text: '/srv/b.fifo' }] },
        },
        lacks: [{ section: 'program:old' }, { section: 'program:web', key: 'user' }],
      },
    ]);
    expect(second?.checks.map((check) => check.question)).toEqual([
      { kind: 'process', match: { text: 'web --port' }, user: 'web', min: 1, max: 4 },
      { kind: 'process', match: { regex: '^old-web\\b', flags: '' }, user: 'web', absent: true },
      { kind: 'port', port: 8080, address: '127.0.0.1' },
      { kind: 'socket', path: '/srv/web/var/web.sock', absent: true },
      {
        kind: 'http',
        url: 'http://localhost:8080/',
        status: 200,
        body: [{ text: 'ok' }],
        headers: { 'Content-Type': { regex: 'json', flags: '' } },
      },
    ]);
    expect(third?.checks.map((check) => check.question)).toEqual([
      { kind: 'supervisor', program: 'web', state: ['RUNNING', 'STARTING'], minUptimeMs: 3000 },
      {
        kind: 'all',
        of: [
          { kind: 'supervisor', program: 'web', state: ['RUNNING'] },
          { kind: 'not', of: { kind: 'port', port: 8081 } },
        ],
      },
      {
        kind: 'any',
        of: [
          { kind: 'uwsgi', stats: '127.0.0.1:9190', accepting: true, minWorkers: 2, version: { regex: '^2\\.', flags: '' } },
          { kind: 'command', run: 'id -un', exit: 0, stdout: [{ text: 'ubuntu' }], stderr: [{ text: '' }] },
        ],
      },
      { kind: 'command', run: 'false', exit: 1 },
      { kind: 'monitor', minServed: 1, maxFailed: 0 },
    ]);
  });

  test('says when its checks must hold, as whom and for how long they are asked', () => {
    expect(third?.checks.map((check) => check.timing)).toEqual([
      { stableForMs: 3000, invariant: true },
      { once: true },
      { withinMs: 120_000 },
      { never: true },
      {},
    ]);
    expect(second?.checks.map((check) => [check.user, check.timeoutMs])).toEqual([
      [undefined, 5000],
      [undefined, 5000],
      [undefined, 5000],
      [undefined, 5000],
      ['ubuntu', 2000],
    ]);
  });

  test('names its checks, by their author or by their question, and tells where they stand', () => {
    expect(third?.checks.map((check) => [check.id, check.title, check.place.line])).toEqual([
      ['section-3---restart/1', 'web is RUNNING or STARTING and has run for 3 s, for 3 s without a break', 81],
      ['section-3---restart/2', 'web runs alone', 86],
      ['section-3---restart/3', expect.stringContaining(' or `id -un` prints ubuntu'), 89],
      ['section-3---restart/4', 'it never happens that `false` ends with exit code 1', 99],
      ['section-3---restart/5', 'at least 1 request is served and no request fails', 78],
    ]);
    expect(first?.checks[0]?.hint).toBe('It is the old file under a new name.');
  });
});

describe('a text alone', () => {
  test('is a lesson whose commands are its steps', async () => {
    const lesson = await lessonAt(`${GOOD}/plain.md`);
    expect(lesson).toMatchObject({ id: 'plain', title: 'Setext title', host: 'bare', user: 'ubuntu', dir: resolve(GOOD) });
    expect(lesson.introduction.map((node) => node.type)).toEqual(['paragraph', 'code']);
    expect(lesson.sections.map(({ id, kind }) => [id, kind])).toEqual([
      ['setup', 'work'],
      ['notes-on-20', 'reading'],
    ]);
    expect(lesson.sections[0]?.blocks.map((block) => block.kind === 'run' && block.commands.map(({ text }) => text))).toEqual([
      ['sudo apt install nginx'],
      ['cd /etc/nginx', 'ls -l'],
    ]);
  });

  test.each([
    ['# Title\n\ntext\n\n```sh\nls\n```\n', ['title'], 1],
    ['just text\n\n```sh\nls\n```\n', ['shape'], 1],
    ['# One\n\n```sh\nls\n```\n\n# Two\n', ['one', 'two'], 1],
    ['# Title\n\n### A\n\n```sh\nls\n```\n\n#### B\n\n### C\n', ['a', 'c'], 1],
  ])('%j has sections %j', async (text, ids, blocks) => {
    const lesson = await lessonAt(write('shape.md', text));
    expect(lesson.sections.map((section) => section.id)).toEqual(ids);
    expect(lesson.sections.flatMap((section) => section.blocks)).toHaveLength(blocks);
  });

  test('is found in a folder: lesson.md, else README.md, else the only one', async () => {
    expect((await lessonAt(writeLesson('one', '# A\n\n## B\n'))).id).toBe('one');
    write('two/notes.md', '# N\n');
    write('two/README.md', '# Readme\n');
    expect(await lessonAt(join(folder, 'two'))).toMatchObject({ id: 'two', title: 'Readme' });
    write('three/x.md', '# X\n');
    expect((await lessonAt(join(folder, 'three'))).title).toBe('X');
    write('three/y.md', '# Y\n');
    expect(await rulesAt(join(folder, 'three'))).toEqual(['no-text']);
  });

  test('with a command that never ends shows that block, and warns', async () => {
    const path = write('apostrophe.md', "# A\n\n## B\n\n```sh\nls\necho don't\n```\n");
    expect((await lessonAt(path)).sections[0]?.blocks).toEqual([]);
    expect(await readLesson(path)).toMatchObject({ ok: true, warnings: [{ rule: 'unfinished-command', place: { line: 7 } }] });
  });

  test('warns of commands before the first section, and of a missing title', async () => {
    expect(await rulesAt(write('intro.md', '```sh\nls\n```\n\n## B\n'))).toEqual(['no-title', 'introduction-commands']);
  });
});

describe('what lesson.yaml leaves open', () => {
  test('is filled from the text, and with defaults', async () => {
    const lesson = await lessonAt(
      writeLesson('defaults', '# A *b*\n\n## C\n\n```console\nls\n```\n\n```ini\nx=1\n```\n', 'version: 1\n'),
    );
    expect(lesson).toMatchObject({ title: 'A b', host: 'bare', user: 'ubuntu' });
    expect(lesson.sections[0]?.blocks.map((block) => block.kind)).toEqual(['run']);
  });

  test('may be the text itself, which then lies elsewhere', async () => {
    write('upstream/exercise.md', '# Theirs\n\n## A\n');
    write('ours/lesson.yaml', 'version: 1\ntext: ../upstream/exercise.md\nhost: ../hosts/web\n');
    const lesson = await lessonAt(join(folder, 'ours'));
    expect(lesson).toMatchObject({ id: 'ours', title: 'Theirs', host: join(folder, 'hosts/web') });
    expect(lesson.sections[0]?.place.file).toBe(join(folder, 'upstream/exercise.md'));
  });

  test('sections may start at another level', async () => {
    const lesson = await lessonAt(
      writeLesson('level', '# A\n\n## B\n\n### C\n\n### D\n\n## E\n', 'version: 1\nsection_level: 3\n'),
    );
    expect(lesson.sections.map((section) => section.id)).toEqual(['c', 'd']);
    expect(lesson.sections[1]?.body).toMatchObject([{ type: 'heading', depth: 2 }]);
  });

  test('line ends of other systems and a byte order mark make no difference', async () => {
    const lesson = await lessonAt(`${GOOD}/crlf-and-bom`);
    expect(lesson.sections[0]?.blocks).toMatchObject([
      { kind: 'run', commands: [{ text: 'mv /tmp/a /tmp/b' }] },
      { kind: 'write', content: '[main]\nanswer = 42\n' },
    ]);
  });
});

describe('paths', () => {
  test('a lesson can be named by its folder, its text or its lesson.yaml', async () => {
    const { hash } = await lessonAt(`${GOOD}/web-service`);
    expect((await lessonAt(`${GOOD}/web-service/lesson.md`)).hash).toBe(hash);
    expect((await lessonAt(`${GOOD}/web-service/lesson.yaml`)).hash).toBe(hash);
    expect((await lessonAt(`${GOOD}/web-service/`)).id).toBe('web-service');
  });

  test('another text or another lesson.yaml has another hash', async () => {
    const hashes = await Promise.all([
      lessonAt(writeLesson('hash-1', '# A\n\n## B\n', 'version: 1\n')),
      lessonAt(writeLesson('hash-2', '# A\n\n## B\n', 'version: 1\nminutes: 3\n')),
      lessonAt(writeLesson('hash-3', '# A\n\n## C\n', 'version: 1\n')),
    ]);
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(3);
  });

  test('what is not there, no text, or not to be read is a problem', async () => {
    expect(await rulesAt(join(folder, 'nowhere'))).toEqual(['path-missing']);
    expect(await rulesAt(join(folder, 'shape.md/below'))).toEqual(['path-missing']);
    expect(await rulesAt('/dev/null')).toEqual(['not-a-file']);
    symlinkSync('loop', join(folder, 'loop'));
    expect(await rulesAt(join(folder, 'loop'))).toEqual(['file-unreadable']);
  });

  test('a FIFO in the place of the text is refused, not waited for', async () => {
    mkdirSync(join(folder, 'device'));
    symlinkSync('/dev/zero', join(folder, 'device/lesson.md'));
    expect(await rulesAt(join(folder, 'device'))).toEqual(['not-a-file']);
  });
});

describe('the list of lessons', () => {
  test('has titles, summaries and minutes, also of broken lessons', async () => {
    write('list/a/lesson.md', '---\n\n# A `code` [link](x) ##\n');
    write('list/b/lesson.md', '# B\n');
    write('list/b/lesson.yaml', 'version: 1\ntitle: "Better"\nsummary: >\n  In\n  short.\nminutes: 5\n');
    write('list/c/lesson.yaml', 'version: [\n');
    write('list/d/other.txt', '');
    write('list/.hidden/lesson.md', '# Hidden\n');
    expect(await listLessons([join(folder, 'list'), join(folder, 'nowhere'), `${GOOD}/web-service`])).toEqual([
      { id: 'a', title: 'A code link', path: join(folder, 'list/a') },
      { id: 'b', title: 'Better', summary: 'In short.', minutes: 5, path: join(folder, 'list/b') },
      { id: 'c', title: 'c', path: join(folder, 'list/c') },
      {
        id: 'web-service',
        title: 'A supervised web service',
        summary: 'Puts a web service under supervision and restarts it.',
        minutes: 20,
        path: `${GOOD}/web-service`,
      },
    ]);
  });
});

describe('host definitions', () => {
  test('are what host.yaml says', async () => {
    write(
      'hosts/web/host.yaml',
      'title: A web host\nhostname: web\nuser: me\nnetwork: shared\nlimits: { memory: 512MiB, pids: 64, cpus: 0.5 }\n',
    );
    expect(await readHostDefinition(join(folder, 'hosts/web'))).toEqual({
      ok: true,
      definition: {
        name: 'web',
        title: 'A web host',
        dir: join(folder, 'hosts/web'),
        hostname: 'web',
        user: 'me',
        network: 'shared',
        limits: { memory: 536_870_912, pids: 64, cpus: 0.5 },
      },
    });
  });

  test('have defaults for all of it', async () => {
    write('hosts/My_Host/host.yaml', '');
    expect(await readHostDefinition(join(folder, 'hosts/My_Host'))).toMatchObject({
      ok: true,
      definition: {
        name: 'My_Host',
        title: 'My_Host',
        hostname: 'my-host',
        user: 'ubuntu',
        network: 'private',
        limits: { memory: 2_147_483_648, pids: 512, cpus: 1 },
      },
    });
  });

  test('say what is wrong with them', async () => {
    write('hosts/bad/host.yaml', 'hostname: Web Host\nuser: me!\nnetwork: privat\nlimits: { memory: 2G, pid: 5, cpus: none }\n');
    const result = await readHostDefinition(join(folder, 'hosts/bad'));
    expect(result.ok ? [] : result.problems.map((problem) => [problem.rule, problem.place.line, problem.suggestion])).toEqual([
      ['bad-name', 1, 'Use lower-case letters, digits and `-`.'],
      ['bad-name', 2, 'Use lower-case letters, digits, `-` and `_`.'],
      ['unknown-word', 3, 'Did you mean `private`?'],
      ['wrong-unit', 4, 'Did you mean `2GiB`?'],
      ['unknown-key', 4, 'Did you mean `pids`?'],
      ['wrong-type', 4, undefined],
    ]);
  });

  test('that are not there are problems, with the nearest name', async () => {
    expect(await readHostDefinition(join(folder, 'hosts/galxy'), ['bare', 'galaxy'])).toMatchObject({
      ok: false,
      problems: [{ rule: 'unknown-host', suggestion: 'Did you mean `galaxy`?' }],
    });
    mkdirSync(join(folder, 'hosts/empty'));
    expect(await readHostDefinition(join(folder, 'hosts/empty'))).toMatchObject({
      ok: false,
      problems: [{ rule: 'file-missing' }],
    });
  });
});
