/** What checks of data and of the system are asked about this machine, and what each must say. */
import type { Question } from '../../src/model/check.ts';
import type { Bench } from './check-host.ts';

/** What is asked, and `pass` or the reason; optionally words that the sentence must contain. */
export type SystemCase = readonly [title: string, question: Question, expected: string, says?: string];

const text = (value: string) => ({ text: value });
const regex = (value: string) => ({ regex: value, flags: '' });

/** Files of data. Made once, before `dataCases` are asked. */
export function makeData(bench: Bench): void {
  const data = { server: { ports: [80, 443], name: 'web', tls: true, note: null }, 'a.b': { c: 'x' }, empty: [], list: ['one'] };
  bench.file('data.json', `\uFEFF${JSON.stringify(data)}`);
  bench.file('broken.json', '{ "a": 1,, }');
  bench.file('big.json', JSON.stringify({ filler: 'x'.repeat(300_000) }));
  bench.file(
    'data.yaml',
    '---\nkind: Service\n---\nkind: Pod\nspec: &s\n  image: "nginx:1.25"\n  ports: [80]\nsame: *s\nyes: "on"\nmode: 0644\n...\n',
  );
  bench.file('broken.yaml', 'a: [1\nb: }\n');
  bench.file('empty.yaml', '# nothing\n');
  bench.file(
    'bomb.yaml',
    [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[i]}`).join(',')}]`),
    ].join('\n'),
  );
}

/** `json` and `yaml`. */
export function dataCases(bench: Bench): SystemCase[] {
  const ask = (kind: 'json' | 'yaml', name: string, rest: object): Question => ({ kind, path: bench.path(name), ...rest });
  const json = (has: object, lacks: readonly string[] = []) => ask('json', 'data.json', { has, lacks });
  const yaml = (has: object, lacks: readonly string[] = []) => ask('yaml', 'data.yaml', { has, lacks });
  return [
    [
      'a text, a number, a truth and nothing',
      json({
        'server.name': [text('web')],
        'server.ports[1]': [text('443')],
        'server.tls': [text('true')],
        'server.note': [text('null')],
      }),
      'pass',
    ],
    ['a list by its elements', json({ 'server.ports': [text('80'), text('443')], list: [text('one')] }), 'pass'],
    ['a list as JSON writes it', json({ 'server.ports': [text('[80,443]')], empty: [text('[]')] }), 'pass'],
    ['a key with a dot, and a pattern', json({ '["a.b"].c': [regex('^.$')] }), 'pass'],
    ['what is not there', json({}, ['server.host', 'nothing', 'list[1]']), 'pass'],
    ['another value', json({ 'server.name': [text('db')] }), 'wrong-value', 'server.name in '],
    [
      'the same elements in another order',
      json({ 'server.ports': [text('443'), text('80')] }),
      'wrong-value',
      'but it is [80,443]',
    ],
    ['a list that is longer', json({ 'server.ports': [text('80'), text('443'), text('8080')] }), 'wrong-value'],
    ['a key that is missing', json({ 'server.nam': [text('web')] }), 'key-missing', 'there is ports, name, tls, note'],
    ['an element that is missing', json({ 'server.ports[2]': [text('80')] }), 'key-missing', 'there is a list of 2'],
    ['a key that should be gone', json({}, ['server.tls']), 'unwanted-key', 'server.tls = true'],
    ['no JSON', ask('json', 'broken.json', { lacks: ['a'] }), 'not-readable', 'is not valid JSON'],
    ['YAML is no JSON', ask('json', 'data.yaml', { lacks: ['a'] }), 'not-readable'],
    ['a file that is not there', ask('json', 'nothing.json', { lacks: ['a'] }), 'file-missing'],
    ['a folder', ask('yaml', 'folder', { lacks: ['a'] }), 'not-a-file', 'a directory'],
    ['a FIFO, which is not opened', ask('yaml', 'pipe.fifo', { lacks: ['a'] }), 'not-a-file', 'a FIFO'],
    ['a file that is too long', ask('json', 'big.json', { lacks: ['a'] }), 'too-much', '256 KiB'],
    [
      'one of several documents',
      yaml({ kind: [text('Pod')], 'spec.image': [text('nginx:1.25')], 'same.ports': [text('80')] }),
      'pass',
    ],
    ['no document has all of it', yaml({ kind: [text('Service')], 'spec.image': [text('nginx:1.25')] }), 'key-missing'],
    ['YAML of today: on is a text, 0644 a number', yaml({ kind: [text('Pod')], yes: [text('on')], mode: [text('644')] }), 'pass'],
    ['no YAML', ask('yaml', 'broken.yaml', { lacks: ['a'] }), 'not-readable', 'is not valid YAML'],
    ['an empty YAML', ask('yaml', 'empty.yaml', { lacks: ['a'] }), 'key-missing', 'is empty'],
    ['aliases that grow without end', ask('yaml', 'bomb.yaml', { lacks: ['x'] }), 'not-readable', 'alias'],
    ['as part of a combination', { kind: 'not', of: ask('yaml', 'data.yaml', { has: { kind: [text('Job')] } }) }, 'pass'],
  ];
}

/** A `systemctl` that knows a few services; found first in PATH. */
export function makeSystemctl(bench: Bench, folder: string): void {
  bench.file(
    `${folder}/systemctl`,
    `#!/bin/sh
[ "$1" = show ] || exit 99
while [ $# -gt 1 ]; do shift; done
say() { printf 'LoadState=%s\\nActiveState=%s\\nSubState=%s\\nUnitFileState=%s\\n' "$@"; }
case $1 in
web.service) say loaded active running enabled ;;
idle.service) say loaded inactive dead disabled ;;
bad.service) say loaded failed failed enabled ;;
*) say not-found inactive dead '' ;;
esac
`,
    { mode: 0o755 },
  );
}

/** `service`, `package`, `user` and `group`, asked of a Debian. */
export function systemCases(): SystemCase[] {
  const service = (name: string, rest: object): Question => ({ kind: 'service', name, ...rest }) as Question;
  const pack = (name: string, rest: object = {}): Question => ({ kind: 'package', name, ...rest }) as Question;
  const user = (name: string, rest: object = {}): Question => ({ kind: 'user', name, ...rest }) as Question;
  const group = (name: string, rest: object = {}): Question => ({ kind: 'group', name, ...rest }) as Question;
  return [
    ['a service that runs and starts', service('web', { state: 'running', enabled: true }), 'pass'],
    ['its full name', service('web.service', { state: 'running' }), 'pass'],
    ['one that does neither', service('idle', { state: 'stopped', enabled: false }), 'pass'],
    ['one that should run', service('idle', { state: 'running' }), 'service-stopped', 'it is inactive (dead)'],
    ['one that failed', service('bad', { state: 'running' }), 'service-stopped', 'it is failed (failed)'],
    ['one that should not run', service('web', { state: 'stopped' }), 'service-running'],
    ['one that should start', service('idle', { enabled: true }), 'wrong-start', 'does not start with the system'],
    ['one that should not start', service('web', { enabled: false }), 'wrong-start'],
    ['one that there is not', service('nothing', { state: 'stopped' }), 'unknown-service'],
    ['a package', pack('dpkg'), 'pass'],
    ['its version', pack('dpkg', { version: regex('^\\d+[.]\\d+') }), 'pass'],
    ['another version', pack('dpkg', { version: text('0.0.1') }), 'wrong-version', 'should have version 0.0.1'],
    ['a package that is not installed', pack('no-such-package'), 'package-missing'],
    ['and should not be', pack('no-such-package', { absent: true }), 'pass'],
    ['a package that should not be there', pack('dpkg', { absent: true }), 'package-present'],
    ['a user with all it has', user('root', { uid: 0, home: '/root', groups: ['root'] }), 'pass'],
    ['a user with a group of another name', user('nobody', { groups: ['nogroup'] }), 'pass'],
    ['a user that there is not', user('no-such-user'), 'user-missing', 'There is no user no-such-user yet'],
    ['and should not be', user('no-such-user', { absent: true }), 'pass'],
    ['a user that should not be there', user('root', { absent: true }), 'user-present'],
    ['another number', user('root', { uid: 1 }), 'wrong-number', 'should be 1, but it is 0'],
    ['another home', user('root', { home: '/home/root' }), 'wrong-home', 'but it is /root'],
    ['another shell', user('nobody', { shell: '/bin/zsh' }), 'wrong-shell'],
    ['a group that it is not in', user('nobody', { groups: ['nogroup', 'root'] }), 'not-a-member', 'should be in root'],
    ['a group', group('root', { gid: 0, members: ['root'] }), 'pass'],
    ['a group with a member by its own number', group('nogroup', { members: ['nobody'] }), 'pass'],
    ['a group that there is not', group('no-such-group'), 'group-missing'],
    ['and should not be', group('no-such-group', { absent: true }), 'pass'],
    ['a group that should not be there', group('root', { absent: true }), 'group-present'],
    ['another number of a group', group('root', { gid: 5 }), 'wrong-number'],
    [
      'a member that is missing',
      group('root', { members: ['root', 'nobody', 'no-such-user'] }),
      'not-a-member',
      'nobody and no-such-user should be in',
    ],
  ];
}
