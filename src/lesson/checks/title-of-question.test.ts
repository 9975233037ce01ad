import { expect, test } from 'vitest';
import type { Question, Timing } from '../../model/check.ts';
import { titleOfQuestion } from './title-of-question.ts';

const TITLES: readonly (readonly [string, Question, Timing?])[] = [
  ['/etc/hosts exists', { kind: 'file', path: '/etc/hosts' }],
  ['/etc/old does not exist', { kind: 'file', path: '/etc/old', absent: true }],
  ['/srv/var is a directory owned by galaxy', { kind: 'file', path: '/srv/var', type: 'directory', owner: 'galaxy' }],
  [
    '/a is a file owned by b:c with mode 0644 of 1 to 9 bytes',
    { kind: 'file', path: '/a', type: 'file', owner: 'b', group: 'c', mode: '0644', minSize: 1, maxSize: 9 },
  ],
  ['/a is there, with mode 0755', { kind: 'file', path: '/a', mode: '0755' }],
  ['/a is a symbolic link pointing to b', { kind: 'file', path: '/a', type: 'symlink', target: 'b' }],
  [
    '/a is a file that contains x and /y+/i without z',
    { kind: 'file', path: '/a', type: 'file', contains: [{ text: 'x' }, { regex: 'y+', flags: 'i' }], lacks: [{ text: 'z' }] },
  ],
  [
    'x.conf has [group:gx] with programs = a,b',
    { kind: 'ini', path: '/etc/x.conf', has: { 'group:gx': { programs: [{ text: 'a,b' }] } } },
  ],
  [
    'x.ini has [uwsgi] and has no [old] or key in [new]',
    { kind: 'ini', path: '/x.ini', has: { uwsgi: {} }, lacks: [{ section: 'old' }, { section: 'new', key: 'key' }] },
  ],
  ['x.ini has [a] with f = 1, 2', { kind: 'ini', path: '/x.ini', has: { a: { f: [{ text: '1' }, { text: '2' }] } } }],
  ['a process matches uwsgi', { kind: 'process', match: { text: 'uwsgi' } }],
  [
    'no process of user galaxy matches /^uwsgi/',
    { kind: 'process', match: { regex: '^uwsgi', flags: '' }, user: 'galaxy', absent: true },
  ],
  ['at least 2 processes match uwsgi', { kind: 'process', match: { text: 'uwsgi' }, min: 2 }],
  ['1 process matches uwsgi', { kind: 'process', match: { text: 'uwsgi' }, min: 1, max: 1 }],
  ['1 to 3 processes match uwsgi', { kind: 'process', match: { text: 'uwsgi' }, min: 1, max: 3 }],
  ['something listens on 127.0.0.1:4001', { kind: 'port', port: 4001, address: '127.0.0.1' }],
  ['nothing listens on port 4001', { kind: 'port', port: 4001, absent: true }],
  ['something listens on /run/a.sock', { kind: 'socket', path: '/run/a.sock' }],
  ['http://localhost/ answers', { kind: 'http', url: 'http://localhost/' }],
  [
    'http://localhost/ answers with 200, ok and Type: json',
    { kind: 'http', url: 'http://localhost/', status: 200, body: [{ text: 'ok' }], headers: { Type: { text: 'json' } } },
  ],
  [
    'gx:zergling1 is RUNNING, for 3 s without a break',
    { kind: 'supervisor', program: 'gx:zergling1', state: ['RUNNING'] },
    { stableForMs: 3000 },
  ],
  [
    'web is EXITED or STOPPED and has run for 1.5 s',
    { kind: 'supervisor', program: 'web', state: ['EXITED', 'STOPPED'], minUptimeMs: 1500 },
  ],
  ['supervisord does not know web', { kind: 'supervisor', program: 'web', state: ['ABSENT'] }],
  ['`id -un` succeeds', { kind: 'command', run: 'id -un', exit: 0 }],
  ['`false` ends with exit code 1 and prints no', { kind: 'command', run: 'false', exit: 1, stdout: [{ text: 'no' }] }],
  ['uWSGI reports on 127.0.0.1:9190', { kind: 'uwsgi', stats: '127.0.0.1:9190' }],
  [
    'uWSGI on :9190 reports at least 2 workers and a worker that takes requests',
    { kind: 'uwsgi', stats: ':9190', minWorkers: 2, accepting: true },
  ],
  ['at least 20 requests are served and no request fails', { kind: 'monitor', minServed: 20, maxFailed: 0 }],
  ['at most 2 requests fail', { kind: 'monitor', minServed: 0, maxFailed: 2 }],
  [
    '/a exists, /b exists and it is not so that /c exists at some moment',
    {
      kind: 'all',
      of: [
        { kind: 'file', path: '/a' },
        { kind: 'file', path: '/b' },
        { kind: 'not', of: { kind: 'file', path: '/c' } },
      ],
    },
    { once: true },
  ],
  [
    '/a exists or /b exists',
    {
      kind: 'any',
      of: [
        { kind: 'file', path: '/a' },
        { kind: 'file', path: '/b' },
      ],
    },
  ],
  ['it never happens that /a exists', { kind: 'file', path: '/a' }, { never: true }],
];

for (const [title, question, timing] of TITLES) {
  test(title, () => expect(titleOfQuestion(question, timing)).toBe(title));
}

test('a title is one line of bearable length, however long the question', () => {
  const long = 'word\n'.repeat(1000);
  const title = titleOfQuestion({ kind: 'command', run: long, stdout: [{ text: long }] });
  expect(title).not.toContain('\n');
  expect(title.length).toBeLessThan(160);
});
