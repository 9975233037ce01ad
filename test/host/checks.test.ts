/** Every kind of check, asked by each sh: what passes, each way to fail, and what cannot be told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/checks.ts';
import { errorReasons, failReasons } from '../../src/checks/reasons.ts';
import type { Check, Question, Verdict } from '../../src/model/check.ts';
import { Bench, checkOf, isRoot, longTime } from '../support/check-host.ts';
import { localExec, scriptFolders } from '../support/local-exec.ts';
import { findProgram, flavours } from '../support/sh-flavours.ts';
import { dataCases, makeData, makeSystemctl, systemCases } from '../support/system-cases.ts';

/** A case: what is asked, and `pass` or the reason; optionally words that the sentence must contain. */
type Case = readonly [
  title: string,
  question: Question,
  expected: string,
  says?: string | RegExp | undefined,
  extra?: Partial<Check>,
];

const bench = new Bench();
const seen = new Set<string>();
const sleeper = `${longTime}.125`;
const nobody = 65_534;

beforeAll(async () => {
  await makeHost();
});
afterAll(() => bench.close());

let tcp = 0;
let tcp6 = 0;
let wildcard = 0;
let free = 0;
let web = 0;
let statsPort = 0;
let junkPort = 0;
let silentPort = 0;

const stats = (workers: readonly object[], version = '2.0.21'): string => JSON.stringify({ version, workers });

async function makeHost(): Promise<void> {
  bench.file('plain.txt', 'one\ntwo\n$HOME `id` "quoted" \'single\'\n', { mode: 0o640 });
  bench.file('empty', '');
  bench.file('big.log', `${'x'.repeat(300_000)}needle`);
  bench.folder('folder', 0o750);
  bench.fifo('pipe.fifo');
  makeData(bench);
  makeSystemctl(bench, bench.folder('fakes').split('/').at(-1) ?? '');
  bench.link('link', 'plain.txt');
  bench.link('dangling', '/nowhere/at all');
  bench.link('to-fifo', 'pipe.fifo');
  bench.link('loop', 'loop');
  if (isRoot) {
    bench.file('theirs', 'x', { uid: nobody });
    bench.file('secret', 'x', { mode: 0o600 });
    bench.folder('locked', 0o700);
    bench.file('locked/inside', 'x');
    bench.link('to-locked', bench.path('locked/inside'));
  }
  bench.file(
    'galaxy.ini',
    `[server:main]
port = 8080
[uwsgi]
master = True
master-fifo = /v/new.fifo
master-fifo = /v/run.fifo
if-exists = /v/run.fifo
  hook-accepting1-once = writefifo:/v/run.fifo 2q
endif =
hook-accepting1-once = spinningfifo:/v/new.fifo 1
;zerg = /v/zergpool.sock
`,
  );
  bench.file(
    'galaxy.conf',
    '[program:zergling1]\nAutoStart = no ; by hand\n[group:gx]\nprograms = zergpool, zergling0,\n  zergling1\n',
  );
  await bench.server(bench.path('live.sock'));
  await bench.staleSocket('stale.sock');
  tcp = await bench.server({ host: '127.0.0.1' });
  tcp6 = await bench.server({ host: '::1' });
  wildcard = await bench.server({ host: '0.0.0.0' });
  free = await bench.freePort();
  statsPort = await bench.server(
    { host: '127.0.0.1' },
    stats([
      { pid: 1, accepting: 1, status: 'idle' },
      { pid: 2, accepting: 1, status: 'busy' },
      { pid: 0, accepting: 0, status: 'cheap' },
    ]),
  );
  await bench.server(bench.path('stats.sock'), stats([{ pid: 1, accepting: 0, status: 'idle' }]));
  junkPort = await bench.server({ host: '127.0.0.1' }, 'SSH-2.0-junk\r\n');
  silentPort = await bench.server({ host: '127.0.0.1' }, null);
  web = await bench.http((request, response) => {
    if (request.url === '/broken') {
      request.socket.destroy();
      return;
    }
    const status = Number(/^\/status\/(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
    response.writeHead(status, {
      'x-lesson': 'galaxy',
      'content-type': 'text/html',
      ...(status === 302 ? { location: '/' } : {}),
    });
    response.end(request.url === '/long' ? `${'y'.repeat(200_000)}needle` : `<h1>Galaxy ${request.url}</h1>`);
  });
  await bench.run(['sleep', sleeper]);
  await bench.run(['sleep', sleeper]);
  if (isRoot) await bench.run(['sleep', `${longTime}.625`], { uid: nobody });
}

const text = (value: string) => ({ text: value });
const regex = (value: string, flags = '') => ({ regex: value, flags });
const at = (name: string): string => bench.path(name);

function fileCases(): Case[] {
  const file = (name: string, rest: object = {}): Question => ({ kind: 'file', path: at(name), ...rest });
  return [
    ['a file is there', file('plain.txt'), 'pass'],
    [
      'a file of the right type, mode and size',
      file('plain.txt', { type: 'file', mode: '640', minSize: 8, maxSize: 100 }),
      'pass',
    ],
    ['a folder', file('folder', { type: 'directory', mode: '0750' }), 'pass'],
    ['a FIFO, which is not opened', file('pipe.fifo', { type: 'fifo' }), 'pass'],
    ['a socket', file('live.sock', { type: 'socket' }), 'pass'],
    ['a device', { kind: 'file', path: '/dev/null', type: 'device' }, 'pass'],
    ['a link itself', file('link', { type: 'symlink', target: 'plain.txt' }), 'pass'],
    ['what a link leads to', file('link', { type: 'file', contains: [text('two')] }), 'pass'],
    ['a FIFO through a link', file('to-fifo', { type: 'fifo' }), 'pass'],
    ['nothing there, as asked', file('nothing', { absent: true }), 'pass'],
    ['nothing there below a file', file('plain.txt/below', { absent: true }), 'pass'],
    [
      'text and patterns',
      file('plain.txt', { contains: [text('$HOME `id`'), regex('^TWO$', 'im')], lacks: [text('three')] }),
      'pass',
    ],
    ['text beyond the limit does not matter when the beginning settles it', file('big.log', { contains: [text('xxx')] }), 'pass'],
    ['missing', file('nothing', { type: 'fifo' }), 'file-missing', 'nothing is not there yet'],
    ['missing below a file', file('plain.txt/below'), 'file-missing'],
    ['a link to nowhere', file('dangling', { type: 'file' }), 'file-missing', 'a link to /nowhere/at all, which is not there'],
    ['a link to itself', file('loop', { type: 'file' }), 'file-missing'],
    ['something there that should not be', file('pipe.fifo', { absent: true }), 'file-present', 'there is a FIFO'],
    ['a dangling link is something', file('dangling', { absent: true }), 'file-present'],
    ['a file instead of a FIFO', file('plain.txt', { type: 'fifo' }), 'not-a-fifo', 'should be a FIFO, but it is a regular file'],
    ['a folder instead of a file', file('folder', { type: 'file' }), 'not-a-file'],
    ['a file instead of a folder', file('plain.txt', { type: 'directory' }), 'not-a-directory'],
    ['a FIFO instead of a socket', file('pipe.fifo', { type: 'socket' }), 'not-a-socket'],
    ['a file instead of a link', file('plain.txt', { type: 'symlink' }), 'not-a-symlink'],
    ['a file with a target', file('plain.txt', { target: 'x' }), 'not-a-symlink'],
    ['a file instead of a device', file('plain.txt', { type: 'device' }), 'not-a-device'],
    ['mode', file('plain.txt', { mode: '0644' }), 'wrong-mode', 'should have mode 0644, but it has 0640'],
    ['target', file('link', { target: 'other' }), 'wrong-target'],
    ['empty', file('empty', { minSize: 1 }), 'too-small', 'is empty'],
    ['too big', file('plain.txt', { maxSize: 3 }), 'too-big'],
    ['text missing', file('plain.txt', { contains: [text('three')] }), 'text-missing', 'should contain three'],
    ['text in an empty file', file('empty', { contains: [text('x')] }), 'text-missing'],
    ['unwanted text', file('plain.txt', { lacks: [regex('t.o')] }), 'unwanted-text', '/t.o/'],
    ['text of a FIFO is never read', file('pipe.fifo', { contains: [text('x')] }), 'not-a-file'],
    ['text far down a big file', file('big.log', { contains: [text('needle')] }), 'too-much'],
    ['text that a big file should not have', file('big.log', { lacks: [text('needle')] }), 'too-much'],
    ['a path with a NUL', { kind: 'file', path: '/a\0b' }, 'bad-question'],
    ['a pattern that is none', file('plain.txt', { contains: [regex('(')] }), 'bad-question'],
    ...(isRoot ? ownedFileCases(file) : []),
  ];
}

function ownedFileCases(file: (name: string, rest?: object) => Question): Case[] {
  const asNobody = { user: 'nobody' };
  return [
    ['owner and group', file('theirs', { owner: 'nobody', group: 'nogroup' }), 'pass'],
    ['owner by number', file('theirs', { owner: '65534', group: '65534' }), 'pass'],
    ['owner', file('theirs', { owner: 'root' }), 'wrong-owner', 'should belong to root, but it belongs to nobody'],
    ['group', file('theirs', { group: 'root' }), 'wrong-group'],
    [
      'an unreadable file asked as a user',
      file('secret', { contains: [text('x')] }),
      'permission-denied',
      'permission denied',
      asNobody,
    ],
    ['its type may be asked all the same', file('secret', { type: 'file', owner: 'root' }), 'pass', undefined, asNobody],
    ['a file in a locked folder', file('locked/inside'), 'permission-denied', undefined, asNobody],
    ['a link into a locked folder', file('to-locked', { type: 'file' }), 'permission-denied', undefined, asNobody],
    [
      'nobody can say that it is absent there',
      file('locked/nothing', { absent: true }),
      'permission-denied',
      undefined,
      asNobody,
    ],
  ];
}

function iniCases(): Case[] {
  const uwsgi = (has: Record<string, readonly object[]>): Question =>
    ({ kind: 'ini', path: at('galaxy.ini'), has: { uwsgi: has } }) as Question;
  const supervisor = (section: string, key: string, value: string): Question => ({
    kind: 'ini',
    path: at('galaxy.conf'),
    has: { [section]: { [key]: [text(value)] } },
  });
  return [
    ['a value', uwsgi({ master: [text('true')] }), 'pass'],
    ['repeated values in order', uwsgi({ 'master-fifo': [text('/v/new.fifo'), text('/v/run.fifo')] }), 'pass'],
    ['one value asked of several: the last', uwsgi({ 'master-fifo': [text('/v/run.fifo')] }), 'pass'],
    ['indented keys', uwsgi({ 'hook-accepting1-once': [regex('^writefifo:'), regex('^spinningfifo:')] }), 'pass'],
    ['a list over several lines', supervisor('group:gx', 'programs', 'zergpool,zergling0,zergling1'), 'pass'],
    [
      'an inline comment and a key in capitals, as supervisord reads them',
      supervisor('program:zergling1', 'autostart', 'false'),
      'pass',
    ],
    [
      'what should not be there is not',
      { kind: 'ini', path: at('galaxy.ini'), lacks: [{ section: 'app:main' }, { section: 'uwsgi', key: 'http' }] },
      'pass',
    ],
    ['no file', { kind: 'ini', path: at('nothing') }, 'file-missing'],
    ['a FIFO', { kind: 'ini', path: at('pipe.fifo') }, 'not-a-file'],
    [
      'no section',
      { kind: 'ini', path: at('galaxy.ini'), has: { uswgi: {} } },
      'section-missing',
      'it has [server:main], [uwsgi]',
    ],
    ['no key', uwsgi({ plugin: [text('x')] }), 'key-missing', 'has no plugin'],
    ['a key in another section', uwsgi({ port: [text('8080')] }), 'key-missing', 'it stands in [server:main]'],
    ['a key in a comment', uwsgi({ zerg: [text('x')] }), 'key-missing', 'only in a comment (line 11)'],
    ['a wrong value', uwsgi({ master: [text('false')] }), 'wrong-value', 'should be false, but line 4 says True'],
    [
      'too few values',
      uwsgi({ 'master-fifo': [text('a'), text('b'), text('c')] }),
      'wrong-count',
      /^Expected 3 values for master-fifo in \[uwsgi\] of .*, found 2: \/v\/new.fifo, \/v\/run.fifo\.$/,
    ],
    ['values in another order', uwsgi({ 'master-fifo': [text('/v/run.fifo'), text('/v/new.fifo')] }), 'wrong-order'],
    [
      'one wrong value among several',
      uwsgi({ 'master-fifo': [text('/v/new.fifo'), text('/v/old.fifo')] }),
      'wrong-value',
      'Value 2 of master-fifo',
    ],
    ['an unwanted section', { kind: 'ini', path: at('galaxy.ini'), lacks: [{ section: 'server:main' }] }, 'unwanted-section'],
    ['an unwanted key', { kind: 'ini', path: at('galaxy.ini'), lacks: [{ section: 'uwsgi', key: 'master' }] }, 'unwanted-key'],
    ['too long', { kind: 'ini', path: at('big.log') }, 'too-much'],
    ...(isRoot
      ? [['unreadable', { kind: 'ini', path: at('secret') }, 'permission-denied', undefined, { user: 'nobody' }] satisfies Case]
      : []),
  ];
}

function processCases(): Case[] {
  const running = (rest: object = {}): Question => ({ kind: 'process', match: text(`sleep ${sleeper}`), ...rest }) as Question;
  return [
    ['running', running(), 'pass'],
    ['exactly so many', running({ min: 2, max: 2 }), 'pass'],
    ['by pattern', { kind: 'process', match: regex(`^sleep ${longTime}\\.125$`), min: 2 }, 'pass'],
    ['absent', { kind: 'process', match: text('no-such-program-xyzzy'), absent: true }, 'pass'],
    [
      'the asking itself is not found',
      { kind: 'process', match: regex(`lockstep-checks|${scriptFolders}|${longTime}\\.375`), absent: true },
      'pass',
    ],
    ['nothing matches', { kind: 'process', match: text('no-such-program-xyzzy') }, 'not-running'],
    ['too few', running({ min: 3 }), 'too-few-processes', '2 of at least 3'],
    ['too many', running({ max: 1 }), 'too-many-processes'],
    ['still there', running({ absent: true }), 'still-running', 'and 1 more'],
    ...(isRoot ? ownedProcessCases(running) : []),
  ];
}

function ownedProcessCases(running: (rest?: object) => Question): Case[] {
  const theirs = (rest: object): Question => ({ kind: 'process', match: text(`sleep ${longTime}.625`), ...rest }) as Question;
  return [
    ['as the right user', theirs({ user: 'nobody' }), 'pass'],
    ['as the right user, seen by another', theirs({ user: 'nobody' }), 'pass', undefined, { user: 'nobody' }],
    ['absent as one user though another runs it', theirs({ user: 'root', absent: true }), 'pass'],
    ['as another user', theirs({ user: 'root' }), 'wrong-owner', 'should run as root, but it runs as nobody'],
    ['as a user that is not known', running({ user: 'no-such-user' }), 'wrong-owner'],
  ];
}

function netCases(): Case[] {
  return [
    ['a port', { kind: 'port', port: tcp }, 'pass'],
    ['a port at its address', { kind: 'port', port: tcp, address: '127.0.0.1' }, 'pass'],
    ['a port by name', { kind: 'port', port: tcp, address: 'localhost' }, 'pass'],
    ['a port of all addresses', { kind: 'port', port: wildcard, address: '127.0.0.1' }, 'pass'],
    ['a port of IPv6', { kind: 'port', port: tcp6, address: '::1' }, 'pass'],
    ['a free port', { kind: 'port', port: free, absent: true }, 'pass'],
    ['nobody listens', { kind: 'port', port: free }, 'not-listening'],
    ['only elsewhere', { kind: 'port', port: tcp, address: '10.1.2.3' }, 'not-listening', /only 127\.0\.0\.1:\d+ is there/],
    ['only on IPv6', { kind: 'port', port: tcp6, address: '127.0.0.1' }, 'not-listening', '[::1]'],
    ['all of IPv4 is not IPv6', { kind: 'port', port: wildcard, address: '::1' }, 'not-listening'],
    ['somebody listens though none should', { kind: 'port', port: wildcard, absent: true }, 'still-listening'],
    ['a live socket', { kind: 'socket', path: at('live.sock') }, 'pass'],
    ['a stale socket is not listening', { kind: 'socket', path: at('stale.sock'), absent: true }, 'pass'],
    ['no socket', { kind: 'socket', path: at('nothing') }, 'file-missing'],
    ['a FIFO is no socket', { kind: 'socket', path: at('pipe.fifo') }, 'not-a-socket'],
    ['a stale socket', { kind: 'socket', path: at('stale.sock') }, 'not-listening', 'nobody listens on it'],
    ['a live socket that should be gone', { kind: 'socket', path: at('live.sock'), absent: true }, 'still-listening'],
  ];
}

function httpCases(): Case[] {
  const http = (path: string, rest: object = {}): Question =>
    ({ kind: 'http', url: `http://127.0.0.1:${web}${path}`, ...rest }) as Question;
  return [
    ['an answer', http('/'), 'pass'],
    [
      'a status, a header and a body',
      http('/a?b=c', { status: 200, headers: { 'X-Lesson': text('galaxy') }, body: [text('Galaxy /a?b=c')] }),
      'pass',
    ],
    ['an error status that is asked for', http('/status/503', { status: 503 }), 'pass'],
    ['a redirect is not followed', http('/status/302', { status: 302 }), 'pass'],
    ['a wrong status', http('/status/502'), 'wrong-status', 'a status below 400, but answers with 502'],
    ['a missing header', http('/', { headers: { 'x-other': text('1') } }), 'wrong-header', 'no x-other'],
    ['a wrong header', http('/', { headers: { 'x-lesson': regex('^tour$') } }), 'wrong-header', 'x-lesson: galaxy'],
    ['a body without the text', http('/', { body: [text('Tour')] }), 'text-missing'],
    ['a text far down a long page', http('/long', { body: [text('needle')] }), 'too-much'],
    ['nobody answers', { kind: 'http', url: `http://127.0.0.1:${free}/` }, 'no-answer', 'Nothing answers'],
    ['the connection is closed', http('/broken'), 'no-answer'],
    [
      'no answer in time',
      { kind: 'http', url: `http://127.0.0.1:${silentPort}/` },
      'no-answer-in-time',
      undefined,
      { timeoutMs: 2000 },
    ],
    ['something else answers', { kind: 'http', url: `http://127.0.0.1:${junkPort}/` }, 'broken-answer'],
    ['an address that is none', { kind: 'http', url: 'gopher://x/' }, 'bad-question'],
  ];
}

function uwsgiCases(): Case[] {
  const uwsgi = (rest: object = {}): Question => ({ kind: 'uwsgi', stats: `127.0.0.1:${statsPort}`, ...rest }) as Question;
  return [
    ['stats over TCP', uwsgi({ version: text('2.0'), minWorkers: 2, accepting: true }), 'pass'],
    ['stats over a socket', { kind: 'uwsgi', stats: at('stats.sock'), accepting: false }, 'pass'],
    ['nobody answers', { kind: 'uwsgi', stats: `127.0.0.1:${free}` }, 'no-answer', 'refused'],
    ['no socket', { kind: 'uwsgi', stats: at('nothing') }, 'no-answer'],
    ['a stale socket', { kind: 'uwsgi', stats: at('stale.sock') }, 'no-answer'],
    ['something else answers', { kind: 'uwsgi', stats: `127.0.0.1:${junkPort}` }, 'broken-answer', 'not with uWSGI stats'],
    [
      'no answer in time',
      { kind: 'uwsgi', stats: `127.0.0.1:${silentPort}` },
      'no-answer-in-time',
      undefined,
      { timeoutMs: 2000 },
    ],
    ['a cheap worker is none', uwsgi({ minWorkers: 3 }), 'too-few-workers', '2 of at least 3'],
    ['another version', uwsgi({ version: regex('^2\\.1') }), 'wrong-version'],
    ['none accepts', { kind: 'uwsgi', stats: at('stats.sock'), accepting: true }, 'not-accepting'],
    ['one still accepts', uwsgi({ accepting: false }), 'still-accepting'],
    ...(isRoot
      ? [
          [
            'a socket that may not be used',
            { kind: 'uwsgi', stats: at('locked/inside') },
            'permission-denied',
            undefined,
            { user: 'nobody' },
          ] satisfies Case,
        ]
      : []),
  ];
}

function otherCases(): Case[] {
  const run = (script: string, rest: object = {}): Question => ({ kind: 'command', run: script, ...rest }) as Question;
  return [
    ['a command', run('exit 0'), 'pass'],
    [
      'a command of several lines that says what it should',
      run('for i in 1 2; do\n  echo "line $i"\ndone\necho oops >&2\nexit 3', {
        exit: 3,
        stdout: [text('line 2')],
        stderr: [regex('^oops$', 'm')],
      }),
      'pass',
    ],
    [
      'a command as somebody',
      run('id -un', { stdout: [text(isRoot ? 'nobody' : '')] }),
      'pass',
      undefined,
      isRoot ? { user: 'nobody' } : {},
    ],
    ['a wrong exit code, with what it said', run('echo bad >&2; exit 4'), 'wrong-exit', 'exit code 0, but ended with 4'],
    ['a command that is not there', run('no-such-program-xyzzy'), 'wrong-exit'],
    ['a syntax error', run('if then fi ) ('), 'wrong-exit'],
    ['a missing word', run('echo hi', { stdout: [text('ho')] }), 'text-missing'],
    ['a missing word on stderr', run('echo ho', { stderr: [text('ho')] }), 'text-missing'],
    ['a word far down a long output', run('head -c 100000 /dev/zero; echo needle', { stdout: [text('needle')] }), 'too-much'],
    ['a script of the lesson', { kind: 'script', name: 'verify.sh', source: '#!/bin/sh\n[ "$HOME" = "$(pwd)" ]' }, 'pass'],
    [
      'a script that says no, and why',
      { kind: 'script', name: 'verify.sh', source: 'echo first\necho "not yet"\nexit 1' },
      'script-failed',
      'not yet',
    ],
    [
      'a script that takes too long',
      { kind: 'script', name: 'verify.sh', source: `sleep ${longTime}.875` },
      'timed-out',
      undefined,
      { timeoutMs: 1500 },
    ],
    ['a command that takes too long', run(`sleep ${longTime}.375`), 'timed-out', 'within 1.5 s', { timeoutMs: 1500 }],
    ['the asking shell is ended', run('kill -9 $PPID'), 'answer-lost'],
    ['the monitor served enough', { kind: 'monitor', minServed: 10, maxFailed: 2 }, 'pass'],
    ['the monitor served too few', { kind: 'monitor', minServed: 11, maxFailed: 2 }, 'too-few-requests'],
    [
      'too many requests failed',
      { kind: 'monitor', minServed: 0, maxFailed: 0 },
      'requests-failed',
      '2 of 12 requests failed; there should be no failed request',
    ],
    ['a question to the learner, whom no host knows', { ...question, how: 'text', right: [], example: '' }, 'not-answered'],
    ['all of several', { kind: 'all', of: [run('true'), { kind: 'not', of: run('false') }] }, 'pass'],
    [
      'one of all fails',
      { kind: 'all', of: [run('true'), run('exit 5'), { kind: 'port', port: free }] },
      'wrong-exit',
      'Nothing listens on port',
    ],
    [
      'none of several',
      { kind: 'any', of: [run('exit 5'), { kind: 'port', port: free }] },
      'none-holds',
      'One of these should be so',
    ],
    ['what must not be so is so', { kind: 'not', of: { kind: 'port', port: tcp } }, 'holds', 'something listens on port'],
  ];
}

const question = { kind: 'answer', ask: 'Which?' } as const;

const families: readonly (readonly [name: string, cases: () => Case[]])[] = [
  ['file', fileCases],
  ['ini', iniCases],
  ['process', processCases],
  ['port and socket', netCases],
  ['http', httpCases],
  ['uwsgi', uwsgiCases],
  ['json and yaml', () => dataCases(bench)],
  ['service, package, user and group', () => systemCases()],
  ['command, monitor and groups', otherCases],
];

function expectVerdict(verdict: Verdict | undefined, [title, , expected, says]: Case): void {
  const told = verdict === undefined || verdict.status === 'pass' || verdict.status === 'pending' ? 'pass' : verdict.reason;
  seen.add(told);
  expect(told, `${title}: ${JSON.stringify(verdict)}`).toBe(expected);
  if (verdict?.status === 'fail') expect(verdict.reason in failReasons).toBe(true);
  if (verdict?.status === 'error') expect(verdict.reason in errorReasons).toBe(true);
  if (says === undefined) return;
  const sentence = verdict && 'sentence' in verdict ? verdict.sentence : '';
  if (typeof says === 'string') expect(sentence).toContain(says);
  else expect(sentence).toMatch(says);
}

describe.each(flavours)('asked by $name', (flavour) => {
  const dir = bench.path(`flavour-${flavour.name}`);
  beforeAll(() => {
    if (flavour.missing === null) flavour.prepare(dir);
  });
  const path = `${dir}:${bench.path('fakes')}:${(process.env['PATH'] ?? '')
    .split(':')
    .filter((each) => !each.includes('shims'))
    .join(':')}`;

  test.skipIf(flavour.missing !== null).each(families)(
    '%s: each case is judged as it is, all in one round trip a user',
    async (_name, cases) => {
      const all = cases();
      const host = localExec({ env: { PATH: path } });
      const checks = all.map(([, question, , , extra]) => checkOf(question, extra));
      const { verdicts } = await runChecks(host, checks, { monitor: { served: 10, failed: 2 } });
      all.forEach((each, index) => {
        expectVerdict(verdicts[checks[index]!.id], each);
      });
      expect(host.asked.count).toBeLessThanOrEqual(2);
    },
  );
});

/** What supervisorctl prints, in each state of affairs (supervisor 4.2.5). */
const listing = `gx:handler0                      RUNNING   pid 812, uptime 1 day, 2:03:04
gx:zergling0                     RUNNING   pid 813, uptime 0:00:05
gx:zergling1                     STARTING
solo                             EXITED    Jan 02 03:04 PM
`;

type SupervisorCase = [title: string, exit: number, output: string, question: Question, expected: string, says?: string];

const supervisorCases: SupervisorCase[] = [
  ['running', 3, listing, supervised('gx:zergling0'), 'pass'],
  ['one of several states', 3, listing, supervised('solo', ['STOPPED', 'EXITED']), 'pass'],
  ['up long enough', 3, listing, supervised('gx:zergling0', ['RUNNING'], 5000), 'pass'],
  ['up for days', 3, listing, supervised('gx:handler0', ['RUNNING'], 93_784_000), 'pass'],
  ['absent', 3, listing, supervised('web', ['ABSENT']), 'pass'],
  ['another state', 3, listing, supervised('gx:zergling1'), 'wrong-state', 'should be RUNNING, but it is STARTING'],
  ['known though it should not be', 3, listing, supervised('solo', ['ABSENT']), 'wrong-state'],
  ['not up long enough', 3, listing, supervised('gx:zergling0', ['RUNNING'], 6000), 'too-young'],
  ['not known', 3, listing, supervised('zergling0'), 'unknown-program', 'it knows gx:zergling0'],
  ['no programs at all', 0, '', supervised('web'), 'unknown-program'],
  ['no socket', 4, 'unix:///var/run/supervisor.sock no such file\n', supervised('web'), 'supervisord-down'],
  ['a stale socket', 4, 'unix:///var/run/supervisor.sock refused connection\n', supervised('web'), 'supervisord-down'],
  [
    'down, when nothing is wanted',
    4,
    'unix:///var/run/supervisor.sock no such file\n',
    supervised('web', ['ABSENT']),
    'supervisord-down',
  ],
  [
    'shutting down',
    1,
    "error: <class 'xmlrpc.client.Fault'>, <Fault 6: 'SHUTDOWN_STATE'>: file: /usr/lib/python3.11/xmlrpc/client.py line: 668\n",
    supervised('web'),
    'supervisord-down',
  ],
  [
    'not allowed',
    1,
    "error: <class 'PermissionError'>, [Errno 13] Permission denied: file: /usr/lib/python3/dist-packages/supervisor/xmlrpc.py line: 560\n",
    supervised('web'),
    'permission-denied',
  ],
  [
    'a broken configuration',
    2,
    'Error: .ini file does not include supervisorctl section\n',
    supervised('web'),
    'asking-failed',
    'does not include supervisorctl section',
  ],
  ['no supervisorctl', 127, '', supervised('web'), 'tool-missing'],
];

function supervised(program: string, state: readonly string[] = ['RUNNING'], minUptimeMs?: number): Question {
  return { kind: 'supervisor', program, state, ...(minUptimeMs === undefined ? {} : { minUptimeMs }) };
}

describe('supervisor', () => {
  test.each<SupervisorCase>(supervisorCases)('%s', async (title, exit, output, question, expected, says) => {
    const dir = bench.folder(`supervisor ${title}`);
    bench.file(`supervisor ${title}/output`, output);
    bench.file(
      `supervisor ${title}/supervisorctl`,
      `#!/bin/sh\n[ "$1" = status ] || exit 99\ncat '${dir}/output'\nexit ${exit}\n`,
      { mode: 0o755 },
    );
    const check = checkOf(question);
    const { verdicts } = await runChecks(localExec({ env: { PATH: `${dir}:${process.env['PATH']}` } }), [check]);
    expectVerdict(verdicts[check.id], [title, question, expected, says]);
  });

  test('is asked once for all its checks, and every program’s state comes along', async () => {
    const dir = bench.folder('supervisor counted');
    bench.file('supervisor counted/output', listing);
    bench.file('supervisor counted/supervisorctl', `#!/bin/sh\necho asked >>'${dir}/count'\ncat '${dir}/output'\nexit 3\n`, {
      mode: 0o755,
    });
    const host = localExec({ env: { PATH: `${dir}:${process.env['PATH']}` } });
    const both: Question = { kind: 'all', of: [supervised('gx:zergling0'), supervised('gx:zergling1', ['STARTING'])] };
    const count = checkOf({ kind: 'command', run: `sleep 1; cat '${dir}/count'`, stdout: [{ regex: '^asked\\n$', flags: '' }] });
    const { verdicts, programs } = await runChecks(host, [checkOf(supervised('solo', ['EXITED'])), checkOf(both), count]);
    expect(Object.values(verdicts).map(({ status }) => status)).toEqual(['pass', 'pass', 'pass']);
    expect(programs).toEqual({ 'gx:handler0': 'RUNNING', 'gx:zergling0': 'RUNNING', 'gx:zergling1': 'STARTING', solo: 'EXITED' });
    expect(host.asked.count).toBe(1);
  });
});

describe('what cannot be asked', () => {
  test('a host that rejects makes every check an error', async () => {
    const exec = () => Promise.reject(new Error('the sandbox has ended'));
    const checks = [checkOf({ kind: 'port', port: 1 }), checkOf({ kind: 'not', of: { kind: 'file', path: '/x' } })];
    const { verdicts } = await runChecks({ exec }, checks);
    for (const verdict of Object.values(verdicts)) {
      expectVerdict(verdict, ['rejects', checks[0]!.question, 'host-unreachable', 'the sandbox has ended']);
    }
  });

  test('a user that does not exist is an error that says so', async () => {
    const check = checkOf({ kind: 'file', path: '/' }, { user: 'no-such-user' });
    const { verdicts } = await runChecks(localExec(), [check]);
    expectVerdict(verdicts[check.id], ['user', check.question, 'answer-lost', 'no-such-user']);
  });

  test('a host with no room for answers says where it tried', async () => {
    const dir = bench.folder('no room');
    bench.file('no room/mkdir', '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    bench.file('no room/stat', `#!/bin/sh\nexec ${findProgram('stat')} "$@"\n`, { mode: 0o755 });
    const check = checkOf({ kind: 'file', path: '/' });
    const { verdicts } = await runChecks(localExec({ shell: [findProgram('dash') ?? 'sh'], env: { PATH: dir } }), [check]);
    expectVerdict(verdicts[check.id], ['no room', check.question, 'no-room', '/dev/shm']);
  });

  test.skipIf(!isRoot || findProgram('unshare') === null)('Perl needs room only for what it starts', async () => {
    const closed =
      'for b in /dev/shm /tmp /var/tmp /run; do mount --bind $b $b && mount -o remount,bind,ro $b; done; exec sh "$@"';
    const host = localExec({ shell: ['unshare', '-m', 'sh', '-c', closed, 'sh'] });
    const file = checkOf({ kind: 'file', path: '/' });
    expect((await runChecks(host, [file])).verdicts[file.id]).toEqual({ status: 'pass' });
    const command = checkOf({ kind: 'command', run: 'true' });
    const { verdicts } = await runChecks(host, [command]);
    expectVerdict(verdicts[command.id], ['no room', command.question, 'no-room', '/dev/shm']);
  });

  test('a check about a monitor in a section without one is an error, and the host is not asked', async () => {
    const host = localExec();
    const check = checkOf({ kind: 'monitor', minServed: 1, maxFailed: 0 });
    const { verdicts } = await runChecks(host, [check]);
    expectVerdict(verdicts[check.id], ['no monitor', check.question, 'no-monitor']);
    expect(host.asked.count).toBe(0);
  });

  test('an aborted round rejects with the reason', async () => {
    const controller = new AbortController();
    const round = runChecks(localExec(), [checkOf({ kind: 'port', port: 1 })], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(round).rejects.toThrow('enough');
  });
});

test('every reason in the table has been seen here, but for what only time or the learner gives', () => {
  // Answers are judged where they are given, never here.
  const elsewhere = ['happened', 'wrong-answer'];
  const all = [...Object.keys(failReasons), ...Object.keys(errorReasons)].filter((reason) => !elsewhere.includes(reason));
  const needRoot = ['wrong-owner', 'wrong-group', 'permission-denied'];
  expect(all.filter((reason) => !seen.has(reason) && (isRoot || !needRoot.includes(reason)))).toEqual([]);
});
