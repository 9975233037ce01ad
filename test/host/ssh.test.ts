/** A host over ssh when something is wrong: each way has its own sentence, and a connection that drops comes back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { createSshHost } from '../../src/host/ssh/ssh.ts';
import type { HostDefinition } from '../../src/model/host.ts';
import { readDefinition } from '../support/host-definition.ts';
import { ROOT } from '../support/host-drivers.ts';
import { until } from '../support/host-shell.ts';
import { startSshd, type TestSshd, whyNoSshd } from '../support/sshd.ts';
import { openThrowawayMachine, type ThrowawayMachine, whyNoThrowawayMachine } from '../support/throwaway-machine.ts';

const why = whyNoThrowawayMachine() ?? whyNoSshd();
const nothing = { users: [], commands: [], paths: [], ports: [] };

describe.skipIf(why !== null)(`a host over ssh${why === null ? '' : `, skipped: ${why}`}`, () => {
  let machine: ThrowawayMachine;
  let sshd: TestSshd;

  beforeAll(async () => {
    machine = await openThrowawayMachine();
    machine.run(readFileSync(join(ROOT, 'fixtures/hosts/bare/start.sh'), 'utf8'));
    machine.run('useradd --create-home --shell /bin/bash nosudo');
    sshd = await startSshd(machine);
  });
  afterAll(async () => {
    sshd?.dispose();
    await machine?.close();
  });

  const hostFor = (user: string, changes: Partial<HostDefinition> = {}, config = sshd.config, port = sshd.port): Host => {
    const host = createSshHost(
      { ...readDefinition('bare', ROOT), ...changes },
      { target: `ssh://${user}@127.0.0.1:${port}`, config },
    );
    onTestFinished(() => host.destroy());
    return host;
  };
  const refusal = (host: Host) => host.prepare(() => {}).catch((error: unknown) => error);
  /** The client's configuration with other known_hosts. */
  const knowing = (lines: string, options = ''): string => {
    const folder = mkdtempSync('/tmp/lockstep-test-ssh-');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'known_hosts'), lines);
    const text = readFileSync(sshd.config, 'utf8').replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${folder}/known_hosts`);
    writeFileSync(join(folder, 'config'), `${text}${options}`);
    return join(folder, 'config');
  };

  test('that nobody listens on is told as unreachable', async () => {
    expect(await refusal(hostFor('ubuntu', {}, sshd.config, 9))).toMatchObject({ code: 'ssh-unreachable' });
  });

  test('that does not know the key says so', async () => {
    const config = knowing(readFileSync(join(sshd.folder, 'known_hosts'), 'utf8'));
    writeFileSync(config, readFileSync(config, 'utf8').replace(/IdentityFile .*/, `IdentityFile ${sshd.folder}/host-key`));
    expect(await refusal(hostFor('ubuntu', {}, config))).toMatchObject({
      code: 'ssh-key-refused',
      message: `ubuntu@127.0.0.1:${sshd.port} does not accept your key.`,
    });
  });

  test('with another key than the known one is not connected to', async () => {
    const other = readFileSync(join(sshd.folder, 'key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    const found = await refusal(hostFor('ubuntu', {}, knowing(`[127.0.0.1]:${sshd.port} ${other}\n`)));
    expect(found).toMatchObject({ code: 'ssh-host-key-changed' });
    expect((found as { tries: string[] }).tries.join('\n')).toContain(`ssh-keygen -R '[127.0.0.1]:${sshd.port}'`);
  });

  test('with a key that is not known yet is not connected to', async () => {
    expect(await refusal(hostFor('ubuntu', {}, knowing('')))).toMatchObject({ code: 'ssh-host-key-unknown' });
  });

  test('whose user may not become root says so', async () => {
    expect(await refusal(hostFor('nosudo'))).toMatchObject({
      code: 'host-no-sudo',
      message: expect.stringContaining('nosudo may not become root'),
    });
  });

  test('that is not what the lesson expects is told with all that is missing', async () => {
    const requires = {
      users: ['galaxy', 'root'],
      commands: ['sh', 'no-such-program'],
      paths: ['/etc', '/srv/no such'],
      ports: [9],
    };
    const found = await refusal(hostFor('ubuntu', { requires, title: 'Galaxy host' }));
    expect(found).toMatchObject({
      code: 'host-not-as-expected',
      message: `ubuntu@127.0.0.1:${sshd.port} is not what this lesson expects (Galaxy host). It lacks: the user galaxy, the program no-such-program, /srv/no such, something that listens on port 9.`,
    });
    const enough = { ...nothing, ports: [sshd.port], commands: ['sh'] };
    expect(await refusal(hostFor('ubuntu', { requires: enough }))).toBeUndefined();
  });

  test('comes back after its connection was cut, and nothing was run twice', async () => {
    const host = hostFor('ubuntu');
    const lost: string[] = [];
    host.onLost((sentence) => lost.push(sentence));
    await host.prepare(() => {});
    await host.start();
    const running = host.exec({ script: 'echo once >>/tmp/count; sleep 941' }).catch((error: unknown) => error);
    await until('the script', () => machine.run('cat /tmp/count 2>/dev/null || :') === 'once\n');
    sshd.stop();
    expect(await running).toMatchObject({ code: expect.stringMatching(/^ssh-/) });
    const waiting = host.exec({ script: 'echo twice >>/tmp/count; cat /tmp/count' });
    await sshd.start();
    expect((await waiting).stdout.toString()).toBe('once\ntwice\n');
    expect(lost).toEqual([]);
    // What ran there goes on to its end, and is tidied up after itself.
    machine.run('pkill -f "sleep 94[1]"');
    await until('the end of the helper', () => machine.run("pgrep -f '[s]leep 941' || :") === '');
  });

  test('leaves nothing when it is left: no connection, no folder, no process', async () => {
    const host = hostFor('ubuntu');
    await host.prepare(() => {});
    await host.start();
    await host.shellCommand({ user: 'ubuntu', cols: 80, rows: 24, rcFile: '' });
    await host.stop();
    const left = () => machine.run('ls -d /run/lockstep* /tmp/lockstep* 2>/dev/null || :');
    await until('no folder', () => left() === '', left);
    expect(machine.run("pgrep -af 'lockstep\\.' || :")).toBe('');
    await expect(host.exec({ script: 'true' })).rejects.toMatchObject({ code: 'host-not-running' });
  });
});
