import { describe, expect, test } from 'vitest';
import { explainSsh, nameOf, parseTarget } from './target.ts';

describe('a host for ssh', () => {
  test.each([
    ['ssh://galaxy', { user: null, host: 'galaxy', port: null }],
    ['ssh://ubuntu@galaxy.example:2222', { user: 'ubuntu', host: 'galaxy.example', port: 2222 }],
    ['ssh://root@[::1]:22/', { user: 'root', host: '::1', port: 22 }],
  ])('%s is understood', (text, target) => expect(parseTarget(text)).toEqual(target));

  test.each([
    'ssh://',
    'ssh://-oProxyCommand=x',
    'ssh://-l@host',
    'ssh://a b',
    'ssh://host:0',
    'ssh://host:99999',
    'ssh://host/path',
  ])('%s is refused', (text) => expect(() => parseTarget(text)).toThrow('does not name a host'));
});

describe('each way in which ssh fails has its own sentence', () => {
  const target = { user: 'ubuntu', host: 'galaxy', port: 2222 };

  test.each([
    ['ssh: connect to host galaxy port 2222: Connection refused', 'ssh-unreachable'],
    ['ssh: Could not resolve hostname galaxy: Name or service not known', 'ssh-unreachable'],
    ['ubuntu@galaxy: Permission denied (publickey).', 'ssh-key-refused'],
    ['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'ssh-host-key-changed'],
    [
      'No ED25519 host key is known for [galaxy]:2222 and you have requested strict checking.\nHost key verification failed.',
      'ssh-host-key-unknown',
    ],
    ['spawn ssh ENOENT', 'ssh-missing'],
    ['Connection to galaxy closed by remote host.', 'ssh-lost'],
  ])('%s', (words, code) =>
    expect(explainSsh(target, words)).toMatchObject({
      code,
      message: expect.stringContaining(code === 'ssh-missing' ? 'ssh' : nameOf(target)),
    }),
  );
});
