/** Checks as the verify scripts that an export makes of them: run by a real shell, before and after. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { exportScenario } from '../../src/lesson/killercoda/export-scenario.ts';
import type { Question } from '../../src/model/check.ts';
import type { Lesson } from '../../src/model/lesson.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const place = { file: 'x', line: 1, column: 1 };

function verifyOf(question: Question): string {
  const check = { id: 's/1', title: 'it is so', hint: 'Look again.', timeoutMs: 1000, question, timing: {}, place };
  const section = {
    id: 's',
    index: 0,
    title: 'S',
    shortTitle: 'S',
    kind: 'work',
    number: 1,
    body: [],
    blocks: [],
    checks: [check],
    hints: [],
    explain: [],
    place,
  };
  const lesson = { id: 'l', title: 'L', dir: '/', introduction: [], sections: [section], host: 'bare', user: 'root', hash: '' };
  const file = exportScenario(lesson as Lesson).files.find(({ path }) => path.endsWith('verify.sh'));
  return file?.text ?? '';
}

function run(question: Question): { readonly code: number | null; readonly out: string } {
  const script = join(folder, '..', `verify-${process.pid}.sh`);
  writeFileSync(script, verifyOf(question));
  const { status, stdout, stderr } = spawnSync('bash', [script], { encoding: 'utf8', timeout: 20_000 });
  rmSync(script);
  expect(stderr.replace(/^.*No such file or directory\n/gm, '')).toBe('');
  return { code: status, out: stdout };
}

const at = (name: string) => join(folder, name);
const ini = '[a]\nkey = one\nkey = two\n\n[b]\n; c = 3\nd= 4\n';

test.each<[string, Question, () => void]>([
  ['a file', { kind: 'file', path: at('f') }, () => writeFileSync(at('f'), '')],
  ['a folder', { kind: 'file', path: at('d'), type: 'directory' }, () => mkdirSync(at('d'))],
  ['a mode', { kind: 'file', path: at('f'), mode: '0600' }, () => writeFileSync(at('f'), '', { mode: 0o600 })],
  ['a link', { kind: 'file', path: at('l'), type: 'symlink', target: '/x y' }, () => symlinkSync('/x y', at('l'))],
  [
    'text',
    {
      kind: 'file',
      path: at("it's"),
      contains: [{ text: "two\nlines' end" }, { regex: '^T.o$', flags: 'im' }],
      lacks: [{ text: 'no' }],
    },
    () => writeFileSync(at("it's"), "one\ntwo\nlines' end"),
  ],
  ['a size', { kind: 'file', path: at('f'), minSize: 3, maxSize: 3 }, () => writeFileSync(at('f'), 'abc')],
  [
    'ini values',
    {
      kind: 'ini',
      path: at('i'),
      has: { a: { key: [{ text: 'one' }, { text: 'two' }] }, b: { d: [{ text: '4' }] } },
      lacks: [{ section: 'c' }, { section: 'b', key: 'c' }],
    },
    () => writeFileSync(at('i'), ini),
  ],
  [
    'the last of several ini values',
    { kind: 'ini', path: at('i'), has: { a: { key: [{ text: 'two' }] } } },
    () => writeFileSync(at('i'), ini),
  ],
  [
    'values of a JSON file',
    {
      kind: 'json',
      path: at('j'),
      has: {
        'a["b.c"][1]': [{ text: '2' }],
        a: [{ regex: '^\\{"b.c"', flags: '' }],
        list: [{ text: 'x' }, { text: 'true' }],
        empty: [{ text: '[]' }],
      },
      lacks: ['a.b', 'list[2]'],
    },
    () => writeFileSync(at('j'), '\uFEFF{"a": {"b.c": [1, 2]}, "list": ["x", true], "empty": []}'),
  ],
  [
    'a command',
    { kind: 'command', run: `cat ${at('f')}`, stdout: [{ text: 'yes' }], exit: 0 },
    () => writeFileSync(at('f'), 'yes'),
  ],
  ['a script', { kind: 'script', name: 'v.sh', source: `test -e '${at('f')}'` }, () => writeFileSync(at('f'), '')],
  ['not', { kind: 'not', of: { kind: 'file', path: at('f'), absent: true } }, () => writeFileSync(at('f'), '')],
  [
    'all of several',
    {
      kind: 'all',
      of: [
        { kind: 'file', path: at('f') },
        { kind: 'file', path: at('g'), absent: true },
      ],
    },
    () => writeFileSync(at('f'), ''),
  ],
  [
    'any of several',
    {
      kind: 'any',
      of: [
        { kind: 'file', path: at('f') },
        { kind: 'file', path: at('g') },
      ],
    },
    () => writeFileSync(at('g'), ''),
  ],
])('%s', (_, question, make) => {
  expect(run(question)).toEqual({ code: 1, out: 'Look again.\nNot yet: it is so\n' });
  make();
  expect(run(question)).toEqual({ code: 0, out: '' });
});

test('processes and ports', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const port: Question = { kind: 'port', port: address.port, address: '127.0.0.1' };
  expect(run(port).code).toBe(0);
  expect(run({ ...port, absent: true }).code).toBe(1);
  await new Promise((resolve) => server.close(resolve));
  expect(run(port).code).toBe(1);
  expect(run({ kind: 'process', match: { regex: 'vitest|node', flags: '' } }).code).toBe(0);
  expect(run({ kind: 'process', match: { text: 'no-such.program-anywhere' } }).code).toBe(1);
  expect(run({ kind: 'process', match: { text: 'no-such.program-anywhere' }, absent: true }).code).toBe(0);
});

const hasYaml = spawnSync('python3', ['-c', 'import yaml']).status === 0;

test.skipIf(!hasYaml)('values of one of several YAML documents', () => {
  const question: Question = { kind: 'yaml', path: at('y'), has: { kind: [{ text: 'Pod' }], 'spec.port': [{ text: '80' }] } };
  writeFileSync(at('y'), 'kind: Pod\n---\nkind: Service\nspec: { port: 80 }\n');
  expect(run(question).code).toBe(1);
  writeFileSync(at('y'), 'kind: Service\n---\nkind: Pod\nspec: { port: 80 }\n');
  expect(run(question).code).toBe(0);
  writeFileSync(at('y'), 'kind: [Pod\n');
  expect(run(question).code).toBe(1);
});

test.each<[string, Question, Question]>([
  ['a package', { kind: 'package', name: 'dpkg' }, { kind: 'package', name: 'no-such-package' }],
  [
    'a package that is absent',
    { kind: 'package', name: 'no-such-package', absent: true },
    { kind: 'package', name: 'dpkg', absent: true },
  ],
  [
    'a version',
    { kind: 'package', name: 'dpkg', version: { regex: '^\\d+[.]', flags: '' } },
    { kind: 'package', name: 'dpkg', version: { text: '0' } },
  ],
  [
    'a user',
    { kind: 'user', name: 'root', uid: 0, home: '/root', groups: ['root'] },
    { kind: 'user', name: 'root', home: '/home/root' },
  ],
  [
    'a user in a group',
    { kind: 'user', name: 'nobody', groups: ['nogroup'] },
    { kind: 'user', name: 'nobody', groups: ['nogroup', 'root'] },
  ],
  ['a user that is absent', { kind: 'user', name: 'no-such-user', absent: true }, { kind: 'user', name: 'root', absent: true }],
  [
    'a group',
    { kind: 'group', name: 'root', gid: 0, members: ['root'] },
    { kind: 'group', name: 'root', members: ['root', 'nobody'] },
  ],
  ['a group that is absent', { kind: 'group', name: 'no-such-group', absent: true }, { kind: 'group', name: 'no-such-group' }],
])('%s', (_, holds, holdsNot) => {
  expect(run(holds)).toEqual({ code: 0, out: '' });
  expect(run(holdsNot).code).toBe(1);
});

test('services, by whoever keeps them', () => {
  const bin = join(folder, 'bin');
  const tool = (name: string, body: string) => {
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  };
  const path = process.env['PATH'];
  process.env['PATH'] = `${bin}:${path}`;
  const code = (name: string, rest: object): number | null => run({ kind: 'service', name, ...rest } as Question).code;
  try {
    tool(
      'systemctl',
      `for last; do :; done
case $1/$last in
show/none.service) echo LoadState=not-found ;;
show/*) echo LoadState=loaded ;;
is-active/web.service) ;;
is-enabled/web.service) ;;
*) exit 1 ;;
esac`,
    );
    expect(code('web', { state: 'running', enabled: true })).toBe(0);
    expect(code('web', { state: 'stopped' })).toBe(1);
    expect(code('idle', { state: 'stopped', enabled: false })).toBe(0);
    expect(code('idle', { enabled: true })).toBe(1);
    expect(code('none', { state: 'stopped' })).toBe(1);
    tool('systemctl', 'exit 1');
    tool(
      'supervisorctl',
      'case $2 in web) echo "web  RUNNING  pid 1" ;; gx) echo "gx:a  RUNNING"; echo "gx:b  STOPPED" ;; *) echo "$2: ERROR (no such process)" ;; esac',
    );
    expect(code('web', { state: 'running' })).toBe(0);
    expect(code('gx', { state: 'running' })).toBe(1);
    expect(code('no-such-service', { state: 'stopped' })).toBe(1);
  } finally {
    process.env['PATH'] = path;
  }
});
