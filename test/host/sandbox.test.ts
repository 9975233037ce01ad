/** What only the sandbox promises: the machine stays as it is, nothing survives its owner, every refusal is a sentence. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Host, HostProgress } from '../../src/host/host.ts';
import { probeSandbox } from '../../src/host/sandbox/probe.ts';
import { createSandboxHost, type SandboxOptions } from '../../src/host/sandbox/sandbox.ts';
import { destroySandbox, listSandboxes, sweepSandboxes } from '../../src/host/sandbox/sessions.ts';
import type { HostDefinition } from '../../src/model/host.ts';
import { openPty } from '../../src/terminal/pty.ts';
import { bundleFixture } from '../support/bundle-fixture.ts';
import { makeDefinition, readDefinition } from '../support/host-definition.ts';
import { ROOT, temporaryState, whyNoSandbox } from '../support/host-drivers.ts';
import { openShell, spawnProgram, until } from '../support/host-shell.ts';

const unavailable = await whyNoSandbox();
const PROGRAMS = join(ROOT, 'src/host/sandbox');
const bare = readDefinition('bare', ROOT);

/** A state folder that is gone at the end of the test. */
function freshState(): string {
  const { stateDir, dispose } = temporaryState();
  onTestFinished(dispose);
  return stateDir;
}

/** A host that is destroyed at the end of the test. */
function freshHost(definition: HostDefinition, stateDir: string, options: Partial<SandboxOptions> = {}): Host {
  const host = createSandboxHost(definition, { stateDir, session: 'test', ...options });
  onTestFinished(() => host.destroy().catch(() => {}));
  return host;
}

async function text(host: Host, script: string, user = 'root'): Promise<string> {
  const result = await host.exec({ script, user });
  expect(result.stderr.toString()).toBe('');
  return result.stdout.toString().trimEnd();
}

interface SessionRecord {
  readonly owner: { readonly pid: number };
  readonly helper: { readonly pid: number };
  readonly init: { readonly pid: number };
  readonly cgroups: readonly string[];
}

function recordOf(stateDir: string, session = 'test'): SessionRecord {
  return JSON.parse(readFileSync(join(stateDir, 'sandbox/run', session, 'record.json'), 'utf8')) as SessionRecord;
}

/** Runs a command in the disk image of a state folder that nobody uses. */
function inImage(stateDir: string, command: string): string {
  const script = `mkdir -p "$1/look" && mount -o loop "$1/sandbox/state.img" "$1/look" && cd "$1/look" && { ${command}; }`;
  return execFileSync('unshare', ['--mount', 'sh', '-c', script, 'sh', stateDir]).toString().trim();
}

/** True while a process runs; zombies do not count. */
function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** What is left on the machine of sessions in a state folder: processes, mounts, loop devices, cgroups. */
function leftovers(stateDir: string, record: SessionRecord): readonly string[] {
  const found: string[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (/sleep\x00999[12]\x00/.test(words) || (words.includes('helper.py') && Number(name) === record.helper.pid))
        found.push(`process ${words}`);
      if (readlinkSync(`/proc/${name}/cwd`).startsWith(stateDir)) found.push(`process in the state folder ${words}`);
    } catch {
      // It ended meanwhile.
    }
  }
  if (readFileSync('/proc/self/mountinfo', 'utf8').includes(stateDir)) found.push('a mount');
  for (const loop of readdirSync('/sys/block').filter((entry) => entry.startsWith('loop'))) {
    const backing = `/sys/block/${loop}/loop/backing_file`;
    if (existsSync(backing) && readFileSync(backing, 'utf8').includes(stateDir)) found.push(loop);
  }
  return [...found, ...record.cgroups.filter((folder) => existsSync(folder))];
}

describe.skipIf(unavailable !== null)(unavailable === null ? 'the sandbox' : `the sandbox, skipped: ${unavailable}`, () => {
  describe('the view', () => {
    let host: Host;
    let stateDir: string;
    let dispose: () => void;

    beforeAll(async () => {
      ({ stateDir, dispose } = temporaryState());
      host = createSandboxHost(bare, { stateDir, session: 'test' });
      await host.start();
    });
    afterAll(async () => {
      await host.destroy();
      dispose();
    });

    test('it has its own name, processes and terminals', async () => {
      expect(await text(host, 'hostname; cat /etc/hostname; getent hosts bare | wc -l')).toBe('bare\nbare\n1');
      const processes = (await text(host, 'ps -eo pid,args --no-headers')).split('\n');
      expect(processes[0]).toMatch(/^ +1 lockstep-init$/);
      expect(processes.length).toBeLessThan(6);
    });

    test('private places of the machine are hidden, the state folder too', async () => {
      writeFileSync('/tmp/lockstep-test-secret', 'x');
      onTestFinished(() => rmSync('/tmp/lockstep-test-secret'));
      expect(await text(host, `ls /tmp /root /mnt /media /var/tmp ${stateDir} 2>/dev/null; ls /home`)).not.toMatch(
        /lockstep-test|state/,
      );
      expect(await text(host, 'ls /home')).toBe('ubuntu');
    });

    test('root inside has no way to the machine', async () => {
      const attempts = [
        'mknod /tmp/disk b 254 0 && head -c 1 /tmp/disk',
        'mknod /tmp/kmsg c 1 11 && head -c 1 /tmp/kmsg',
        'mount -t tmpfs none /mnt',
        'mount -o remount,rw /sys',
        'echo 1 >/proc/sys/kernel/panic',
        'echo h >/proc/sysrq-trigger',
        'date -s 2001-01-01',
        'hostname other',
        'nsenter -t 1 -m true',
        'unshare -m true',
        'dmesg -C',
        'ls /proc/1/root/',
        'ls -l /proc/1/fd/5',
        'nice -n -5 true 2>&1 | grep .; exit 1',
        'chroot /proc/1/root ls /work',
      ];
      for (const attempt of attempts) {
        expect([attempt, (await host.exec({ script: attempt })).code === 0]).toEqual([attempt, false]);
      }
    });

    test('its network is its own: only lo, ports of the machine free, nothing outside reachable', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const port = (server.address() as { port: number }).port;
      const script = `
import socket
print(sorted(name for _, name in socket.if_nameindex()))
mine = socket.socket(); mine.bind(('127.0.0.1', ${port})); mine.listen(); print('bound')
other = socket.create_connection(('127.0.0.1', ${port})); print('connected')
try: socket.create_connection(('192.0.2.1', 80), 5)
except OSError as error: print(error.strerror)
`;
      const result = await host.exec({ script: 'exec python3 -', stdin: script });
      expect(result.stdout.toString().split('\n').slice(0, 4)).toEqual([
        "['lo']",
        'bound',
        'connected',
        'Network is unreachable',
      ]);
    });

    test('with the shared network the loopback is the one of the machine', async () => {
      const server = createServer((socket) => socket.end('hello\n'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const shared = freshHost(bare, freshState(), { network: 'shared' });
      await shared.start();
      const port = (server.address() as { port: number }).port;
      const script = `import socket; print(socket.create_connection(('127.0.0.1', ${port})).recv(99).decode())`;
      expect((await shared.exec({ script: 'exec python3 -', stdin: script })).stdout.toString()).toBe('hello\n\n');
    });

    test('the user has sudo without a password where sudo is installed', async () => {
      const has = existsSync('/usr/bin/sudo');
      expect(await text(host, has ? 'sudo -n id -u' : 'echo 0', 'ubuntu')).toBe('0');
    });

    test('what root writes and removes inside does not change the machine', async () => {
      const places = ['/etc', '/usr/local', '/usr/bin', '/var/lib/dpkg', '/srv', '/opt', '/home'];
      const list = () =>
        execFileSync('find', [...places, '-printf', '%p %y %i %s %m %U %G %T@ %C@ %l\n'], { maxBuffer: 1 << 28 }).toString();
      const before = list();
      await text(
        host,
        'for d in /etc /usr/local /usr/bin /var/lib/dpkg /srv /opt /root /home /run; do echo x >$d/new; done; echo x >>/etc/passwd; rm -rf /usr/local/bin /etc/ssl; mv /etc/issue /srv/; chmod 777 /etc/shadow; touch /var/lib/dpkg/status; mkdir -p /run/y /opt/z; useradd -m somebody 2>/dev/null; setfattr -n user.x -v y /srv/issue 2>/dev/null; ln /etc/hosts /etc/hosts2',
      );
      await host.snapshot('changed');
      await host.rewind('changed');
      expect(await text(host, 'cat /srv/new; ls /usr/local')).toMatch(/^x\n/);
      expect(list()).toBe(before);
    });
  });

  describe('a machine that is misused', () => {
    test('checks still answer while a fork bomb goes off, and a reset cures it', async () => {
      const host = freshHost({ ...bare, limits: { ...bare.limits, pids: 100, cpus: 0.5 } }, freshState());
      await host.start();
      const shell = await openShell(host);
      onTestFinished(() => shell.close());
      shell.write('bomb() { bomb | bomb & }; bomb 2>/dev/null\r');
      await until('a full group', async () => Number((await host.exec({ script: 'ls -d /proc/[0-9]* | wc -l' })).stdout) > 90);
      for (let turn = 0; turn < 5; turn += 1) expect((await host.exec({ script: 'echo fine' })).stdout.toString()).toBe('fine\n');
      await host.writeFile('/etc/during', Buffer.from('x'), { user: 'root' });
      await host.reset();
      expect(await text(host, 'ls -d /proc/[0-9]* | wc -l; ls /etc/during 2>/dev/null')).toMatch(/^\d$/);
    });

    test('memory is limited: the hog is killed, the sandbox goes on', async () => {
      const host = freshHost({ ...bare, limits: { ...bare.limits, memory: 300 * 2 ** 20 } }, freshState());
      await host.start();
      const shell = await openShell(host);
      onTestFinished(() => shell.close());
      shell.write("python3 -c 'x = bytearray(900 << 20); print(len(x))'\r");
      await shell.see(/Killed/);
      expect(await text(host, 'echo fine')).toBe('fine');
    });

    test('when the system files are removed a script is refused with a sentence, and a reset cures it', async () => {
      const host = freshHost(bare, freshState());
      await host.start();
      await host.exec({ script: 'rm -rf /bin /etc /lib64 /usr/bin /usr/sbin; echo unreachable' });
      await expect(host.exec({ script: 'true' })).rejects.toMatchObject({ code: 'host-broken' });
      expect(await host.stat('/etc/passwd')).toBeNull();
      await host.reset();
      expect(await text(host, 'id -un', 'ubuntu')).toBe('ubuntu');
    });

    test('kill -9 -1 as root ends what runs, not the sandbox', async () => {
      const host = freshHost(bare, freshState());
      await host.start();
      await host.exec({ script: 'kill -9 -1' });
      expect(await text(host, 'echo fine')).toBe('fine');
    });
  });

  describe('owners and their end', () => {
    let program: string;

    beforeAll(async () => {
      program = await bundleFixture('test/support/host-owner.ts');
    });
    afterAll(() => rmSync(program, { force: true }));

    interface Owner {
      readonly child: ChildProcess;
      readonly output: () => string;
      readonly ended: Promise<void>;
    }

    function launchOwner(
      stateDir: string,
      words: readonly string[] = [],
      user: { uid?: number; gid?: number } = {},
      from = { program, programs: PROGRAMS },
    ): Owner {
      const child = spawn(process.execPath, [from.program, stateDir, 'test', from.programs, ...words], {
        stdio: ['pipe', 'pipe', 'inherit'],
        ...user,
      });
      let output = '';
      child.stdout?.on('data', (data: Buffer) => {
        output += data.toString();
      });
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      onTestFinished(async () => {
        child.kill('SIGKILL');
        await ended;
      });
      return { child, output: () => output, ended };
    }

    const ready = (owner: Owner) => until('ready', () => /^ready$/m.test(owner.output()), owner.output);

    test('SIGKILL of the owner leaves nothing, and the session continues where it was', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      expect(leftovers(stateDir, record).length).toBeGreaterThan(3);
      owner.child.kill('SIGKILL');
      await until(
        'the end of everything',
        () => leftovers(stateDir, record).length === 0,
        () => leftovers(stateDir, record).join('\n'),
      );
      expect(runs(record.helper.pid) || runs(record.init.pid)).toBe(false);
      const host = freshHost(bare, stateDir);
      await host.start();
      expect(await text(host, 'cat /home/ubuntu/work')).toBe('work');
    });

    test('SIGKILL of owner and helper at once leaves nothing running, and the next start removes the rest', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      process.kill(record.helper.pid, 'SIGKILL');
      owner.child.kill('SIGKILL');
      await until(
        'the end of the processes',
        () => !runs(record.init.pid) && !leftovers(stateDir, record).some((left) => left.startsWith('process')),
      );
      expect(record.cgroups.some((folder) => existsSync(folder))).toBe(true);
      const other = createSandboxHost(bare, { stateDir, session: 'other' });
      onTestFinished(() => other.destroy());
      await other.start();
      await until('no groups', () => record.cgroups.every((folder) => !existsSync(folder)));
      expect(existsSync(join(stateDir, 'sandbox/run/test/record.json'))).toBe(false);
    });

    test('processes that are frozen at that moment end too', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      const freezers = record.cgroups.map((folder) => join(folder, 'check/freezer.state')).filter((file) => existsSync(file));
      for (const file of freezers) writeFileSync(file, 'FROZEN');
      owner.child.kill('SIGKILL');
      await until(
        'the end of everything',
        () => leftovers(stateDir, record).length === 0,
        () => leftovers(stateDir, record).join('\n'),
      );
      expect(runs(record.init.pid)).toBe(false);
    });

    test('a helper that hangs is ended by the sweep once its owner is dead', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      process.kill(record.helper.pid, 'SIGSTOP');
      owner.child.kill('SIGKILL');
      await owner.ended;
      expect(await sweepSandboxes(stateDir)).toEqual(['test']);
      await until(
        'nothing',
        () => leftovers(stateDir, record).length === 0,
        () => leftovers(stateDir, record).join('\n'),
      );
      expect(readdirSync(join(stateDir, 'sandbox/run'))).toEqual(['test']);
      expect(await sweepSandboxes(stateDir)).toEqual([]);
    });

    test('a session whose owner is alive is not touched, and cannot be opened twice or thrown away', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      expect(listSandboxes(stateDir)).toEqual([{ session: 'test', definition: 'bare', openIn: owner.child.pid }]);
      expect(await sweepSandboxes(stateDir)).toEqual([]);
      const same = createSandboxHost(bare, { stateDir, session: 'test' });
      await expect(same.start()).rejects.toMatchObject({
        code: 'sandbox-in-use',
        message: expect.stringContaining(String(owner.child.pid)),
      });
      await expect(destroySandbox(stateDir, 'test')).rejects.toMatchObject({ code: 'sandbox-in-use' });
      const other = createSandboxHost(bare, { stateDir, session: 'other' });
      await other.start();
      expect(await text(other, 'ls /home/ubuntu')).toBe('');
      await other.destroy();
      expect(runs(record.init.pid)).toBe(true);
      owner.child.stdin?.write('stop\n');
      await owner.ended;
      expect(leftovers(stateDir, record)).toEqual([]);
      expect(listSandboxes(stateDir)).toEqual([{ session: 'test', definition: 'bare', openIn: null }]);
      await destroySandbox(stateDir, 'test');
      expect(listSandboxes(stateDir)).toEqual([]);
    });

    test.each([
      ['its helper', 'helper'],
      ['its first process', 'init'],
    ] as const)('the owner is told when %s is killed, and can start again', async (_, who) => {
      const stateDir = freshState();
      const host = freshHost(bare, stateDir);
      await host.start();
      await text(host, 'echo kept >/srv/kept');
      const record = recordOf(stateDir);
      const told: string[] = [];
      host.onLost((sentence) => told.push(sentence));
      const running = host.exec({ script: 'sleep 60' });
      process.kill(record[who].pid, 'SIGKILL');
      await expect(running).rejects.toMatchObject({ code: 'sandbox-gone' });
      await until('the sentence', () => told.length > 0);
      expect(told).toEqual([expect.stringContaining('ended unexpectedly')]);
      await expect(host.exec({ script: 'true' })).rejects.toMatchObject({ code: 'sandbox-gone' });
      await until('the end', () => !runs(record.init.pid) && !runs(record.helper.pid));
      await host.start();
      expect(await text(host, 'cat /srv/kept')).toBe('kept');
    });

    test('a program that ends without stopping its host can end', async () => {
      const stateDir = freshState();
      const owner = launchOwner(stateDir);
      await ready(owner);
      const record = recordOf(stateDir);
      owner.child.kill('SIGTERM');
      await owner.ended;
      await until('nothing', () => leftovers(stateDir, record).length === 0);
    });

    test('an owner killed while preparing leaves nothing, and the next one prepares anew', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'slow'), {
        'setup.sh':
          '#!/bin/sh\nprintf "10\\tbusy\\n" >&3\necho half >/srv/half\nsetsid sleep 9991 &\n[ -e "$PWD/quick" ] || sleep 9992\n',
      });
      const owner = launchOwner(stateDir, ['prepare', definition.dir]);
      await until('its progress', () => /busy/.test(owner.output()), owner.output);
      const record = recordOf(stateDir);
      owner.child.kill('SIGKILL');
      await until(
        'nothing',
        () => leftovers(stateDir, record).length === 0,
        () => leftovers(stateDir, record).join('\n'),
      );
      const host = freshHost(definition, stateDir);
      expect(await host.isPrepared()).toBe(false);
      writeFileSync(join(definition.dir, 'quick'), '');
      await host.prepare(() => {});
      await host.start();
      expect(await text(host, 'cat /srv/half')).toBe('half');
    });

    describe('an ordinary user', () => {
      const user = `lockstep-${process.pid}`;
      const can = existsSync('/usr/bin/sudo') && existsSync('/usr/sbin/useradd') && existsSync('/etc/sudoers.d');
      let ids: { uid: number; gid: number };
      /** A copy of what the user runs: this tree may lie in a folder that only root may look into. */
      let open: { readonly program: string; readonly programs: string };
      let copy = '';

      beforeAll(() => {
        if (!can) return;
        copy = mkdtempSync('/var/tmp/lockstep-test-user-');
        chmodSync(copy, 0o755);
        open = { program: join(copy, 'owner.mjs'), programs: join(copy, 'src/host/sandbox') };
        cpSync(program, open.program);
        for (const part of ['src/host/sandbox', 'fixtures/hosts/bare'])
          cpSync(join(ROOT, part), join(copy, part), { recursive: true });
        execFileSync('useradd', ['-M', '-d', '/var/tmp', '-s', '/bin/bash', user]);
        execFileSync('chpasswd', { input: `${user}:open sesame\n` });
        const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user]).toString()));
        ids = { uid: uid ?? 0, gid: gid ?? 0 };
      });
      afterAll(() => {
        if (!can) return;
        rmSync(copy, { recursive: true, force: true });
        rmSync(`/etc/sudoers.d/${user}`, { force: true });
        spawnSync('userdel', [user]);
      });

      const allow = (rule: string) => {
        writeFileSync(`/etc/sudoers.d/${user}`, `${user} ALL=(ALL:ALL) ${rule}\nDefaults:${user} !lecture\n`, { mode: 0o440 });
      };
      const statefor = () => {
        const stateDir = freshState();
        execFileSync('chown', [user, stateDir]);
        return stateDir;
      };

      test.skipIf(!can)(
        'with sudo but without its password: only the helper is root, the state folder stays theirs',
        async () => {
          allow('NOPASSWD: ALL');
          const stateDir = statefor();
          const owner = launchOwner(stateDir, [], ids, open);
          await ready(owner);
          expect(owner.output()).toContain('ubuntu work root');
          const record = recordOf(stateDir);
          const uidOf = (pid: number) => /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
          expect(uidOf(record.helper.pid)).toBe('0');
          expect(uidOf(record.owner.pid)).toBe(String(ids.uid));
          owner.child.kill('SIGKILL');
          await until(
            'nothing',
            () => leftovers(stateDir, record).length === 0,
            () => leftovers(stateDir, record).join('\n'),
          );
          const foreign = execFileSync('find', [stateDir, '!', '-user', user]).toString().trimEnd().split('\n');
          expect(foreign).toEqual([join(stateDir, 'sandbox/state.img')]);
          execFileSync('rm', ['-rf', join(stateDir, 'sandbox')], ids);
        },
      );

      test.skipIf(!can)('who may use sudo with a password is asked once, on the terminal', async () => {
        allow('ALL');
        const stateDir = statefor();
        const owner = spawnProgram(process.execPath, [open.program, stateDir, 'test', open.programs, 'ask'], ids);
        onTestFinished(() => owner.kill());
        await until('the question', () => /assword/.test(owner.output()), owner.output);
        owner.write('open sesame\r');
        await until('ready', () => /ready/.test(owner.output()), owner.output);
        expect(owner.output().match(/assword for/g)).toHaveLength(1);
        const record = recordOf(stateDir);
        owner.kill();
        await until(
          'nothing',
          () => leftovers(stateDir, record).length === 0,
          () => leftovers(stateDir, record).join('\n'),
        );
      });

      test.skipIf(!can)('who may not use sudo is refused with what to do', async () => {
        rmSync(`/etc/sudoers.d/${user}`, { force: true });
        const owner = launchOwner(statefor(), [], ids, open);
        await owner.ended;
        expect(owner.output()).toMatch(/^refused sandbox-not-root .*sudo/);
      });
    });
  });

  describe('preparing', () => {
    const collect = () => {
      const told: HostProgress[] = [];
      return { told, onProgress: (progress: HostProgress) => void told.push(progress) };
    };

    test('setup.sh runs once, as root, in its folder, with the network, and tells how far it is', async () => {
      const stateDir = freshState();
      const setup =
        '#!/bin/sh\nset -e\nprintf "40\\thalf\\033[2J way\\n" >&3\nid -u >/srv/who\npwd >>/srv/who\nip -o link | wc -l >>/srv/who\ncp files/note /srv/\nuseradd -m learner\necho rest >/tmp/rest\nmkfifo /run/fifo\nprintf "100\\tdone\\n" >&$LOCKSTEP_STATUS_FD\n';
      const definition = makeDefinition(join(stateDir, 'def', 'once'), { 'setup.sh': setup });
      mkdirSync(join(definition.dir, 'files'));
      writeFileSync(join(definition.dir, 'files/note'), 'a note\n');
      const host = freshHost(definition, stateDir);
      const { told, onProgress } = collect();
      expect(await host.isPrepared()).toBe(false);
      await host.prepare(onProgress);
      expect(await host.isPrepared()).toBe(true);
      expect(told).toContainEqual({ fraction: 0.4, sentence: 'Preparing the once host: half[2J way' });
      expect(told.map(({ fraction }) => fraction)).toEqual([0, 0.4, 1, 1]);
      await host.start();
      const links = execFileSync('sh', ['-c', 'ls /sys/class/net | wc -l']).toString().trim();
      expect((await text(host, 'cat /srv/who')).split('\n').slice(0, 2)).toEqual(['0', '/run/lockstep/host']);
      expect(Number((await text(host, 'cat /srv/who')).split('\n')[2])).toBe(Number(links));
      expect(await text(host, 'cat /srv/note; id -un learner; ls /tmp; ls /run/fifo 2>/dev/null')).toBe('a note\nlearner');
      const again = createSandboxHost(definition, { stateDir, session: 'second' });
      expect(await again.isPrepared()).toBe(true);
      const second = collect();
      await again.prepare(second.onProgress);
      expect(second.told).toEqual([]);
      await again.start();
      expect(await text(again, 'cat /srv/note')).toBe('a note');
      await again.destroy();
    });

    test('a changed definition is prepared anew; a session goes on with what it began with until it is reset', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'changing'), { 'setup.sh': '#!/bin/sh\necho one >/srv/version\n' });
      const host = freshHost(definition, stateDir);
      await host.prepare(() => {});
      await host.start();
      await text(host, 'echo mine >/srv/mine');
      await host.stop();
      writeFileSync(join(definition.dir, 'setup.sh'), '#!/bin/sh\necho two >/srv/version\n');
      expect(await host.isPrepared()).toBe(true);
      await host.start();
      expect(await text(host, 'cat /srv/version /srv/mine')).toBe('one\nmine');
      const fresh = createSandboxHost(definition, { stateDir, session: 'fresh' });
      expect(await fresh.isPrepared()).toBe(false);
      await host.reset();
      expect(await text(host, 'cat /srv/version; ls /srv')).toBe('two\nversion');
      expect(await fresh.isPrepared()).toBe(true);
    });

    test('a prepared host that is gone is prepared again, which is said, and the session keeps its files', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'going'), { 'setup.sh': '#!/bin/sh\necho made >/srv/made\n' });
      const host = freshHost(definition, stateDir);
      await host.prepare(() => {});
      await host.start();
      await text(host, 'echo mine >/srv/mine');
      await host.stop();
      inImage(stateDir, 'rm -rf layers/*');
      const { told, onProgress } = collect();
      await host.prepare(onProgress);
      await host.start(onProgress);
      expect(await text(host, 'cat /srv/made /srv/mine')).toBe('made\nmine');
      expect(told.map(({ sentence }) => sentence)).toContain(
        'The prepared host that this session began on is gone; it is prepared again',
      );
      await host.stop();
      await host.start();
      expect(await text(host, 'cat /srv/made /srv/mine')).toBe('made\nmine');
    });

    test('when the notes in the state folder are lost, all that they were about is still found, reset and thrown away', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'noted'), { 'setup.sh': '#!/bin/sh\necho x >>/srv/setup-ran\n' });
      const host = freshHost(definition, stateDir);
      await host.prepare(() => {});
      await host.start();
      await text(host, 'echo mine >/srv/mine');
      await host.stop();
      const lose = (): void => {
        for (const name of ['sessions', 'layers']) rmSync(join(stateDir, 'sandbox', name), { recursive: true });
      };
      lose();
      await host.prepare(() => {});
      expect(await host.isPrepared()).toBe(true);
      await host.start();
      expect(await text(host, 'cat /srv/setup-ran /srv/mine')).toBe('x\nmine');
      await host.stop();
      lose();
      const again = createSandboxHost(definition, { stateDir, session: 'test' });
      await again.reset();
      expect(await text(again, 'ls /srv')).toBe('setup-ran');
      await text(again, 'echo more >/srv/more');
      await again.stop();
      lose();
      await createSandboxHost(definition, { stateDir, session: 'test' }).destroy();
      expect(inImage(stateDir, 'ls sessions snapshots trash')).toBe('sessions:\n\nsnapshots:\n\ntrash:');
    });

    test.each([
      ['a plain failure', 'echo going; echo the reason >&2; exit 3', 'host-setup-failed', /setup\.sh ended with 3/],
      [
        'no network',
        'echo "E: Failed to fetch http://deb.example/x  Temporary failure resolving \'deb.example\'"; exit 100',
        'host-setup-no-network',
        /network/,
      ],
      ['trouble with apt', 'echo "E: Unable to locate package nothing-like-that"; exit 100', 'host-setup-apt', /apt/],
      [
        'a lock',
        'echo "E: Could not get lock /var/lib/dpkg/lock-frontend."; exit 100',
        'host-setup-apt-locked',
        /installing packages/,
      ],
      ['a full disk', 'dd if=/dev/zero of=/dev/shm/x bs=1M count=400; exit 1', 'sandbox-disk-full', /disk is full/],
    ])('%s of setup.sh is told with the log and its last lines, and keeps nothing', async (_, lines, code, sentence) => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'failing'), { 'setup.sh': `#!/bin/sh\necho half >/srv/half\n${lines}\n` });
      const host = freshHost(definition, stateDir);
      const error = await host.prepare(() => {}).catch((thrown: unknown) => thrown as Error);
      expect(error).toMatchObject({ name: 'UserError', code, message: expect.stringMatching(sentence) });
      const log = /Its log is (\S+);/.exec((error as Error).message)?.[1] ?? '';
      expect(log.startsWith(stateDir)).toBe(true);
      expect((error as Error).message).toContain(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1));
      expect(await host.isPrepared()).toBe(false);
      expect(readdirSync(join(stateDir, 'sandbox/layers'))).toEqual([]);
      await expect(host.start()).rejects.toMatchObject({ code: 'host-not-prepared' });
      writeFileSync(join(definition.dir, 'setup.sh'), '#!/bin/sh\nls /srv >/srv/list\n');
      await host.prepare(() => {});
      await host.start();
      expect(await text(host, 'cat /srv/list')).toBe('list');
    });

    test('apt-get without a network fails with a sentence about the network', async () => {
      const stateDir = freshState();
      const setup =
        '#!/bin/sh\nexec unshare -n true || exec apt-get -o Acquire::http::Proxy=http://127.0.0.1:9 -o Acquire::Retries=0 install -y -d --reinstall hello tree\n';
      const definition = makeDefinition(join(stateDir, 'offline'), { 'setup.sh': setup.replace('exec unshare -n true || ', '') });
      const host = freshHost(definition, stateDir);
      await expect(host.prepare(() => {})).rejects.toMatchObject({ code: 'host-setup-no-network' });
    });

    test('an abort ends setup.sh at once and keeps nothing', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'slow'), {
        'setup.sh': '#!/bin/sh\nprintf "5\\tbusy\\n" >&3\nsleep 9991\n',
      });
      const host = freshHost(definition, stateDir);
      const stop = new AbortController();
      const preparing = host.prepare(({ sentence }) => /busy/.test(sentence) && stop.abort(new Error('stopped')), stop.signal);
      await expect(preparing).rejects.toThrow('stopped');
      expect(await host.isPrepared()).toBe(false);
      expect(spawnSync('pgrep', ['-fx', 'sleep 9991']).status).toBe(1);
      await host.stop();
    });

    test('of two programs that prepare at once, one waits, says so, and finds the result', async () => {
      const stateDir = freshState();
      const setup = '#!/bin/sh\nprintf "5\\tbusy\\n" >&3\nsleep 1.5\ndate +%N >/srv/stamp\n';
      const definition = makeDefinition(join(stateDir, 'twice'), { 'setup.sh': setup });
      const [one, two] = ['one', 'two'].map((session) => createSandboxHost(definition, { stateDir, session })) as [Host, Host];
      onTestFinished(async () => {
        await one.destroy();
        await two.destroy();
      });
      const first = collect();
      const second = collect();
      const preparing = one.prepare(first.onProgress);
      await until('the first', () => first.told.some(({ sentence }) => /busy/.test(sentence)));
      await Promise.all([preparing, two.prepare(second.onProgress)]);
      expect(second.told).toEqual([
        { sentence: `Another lockstep (process ${process.pid}) is preparing a host; waiting for it` },
      ]);
      await one.start();
      await two.start();
      expect(await text(one, 'cat /srv/stamp')).toBe(await text(two, 'cat /srv/stamp'));
    });

    test('sessions that begin at the same moment in a new state folder all come up', async () => {
      const stateDir = freshState();
      const hosts = ['one', 'two', 'three', 'four'].map((session) => createSandboxHost(bare, { stateDir, session }));
      onTestFinished(async () => {
        for (const host of hosts) await host.destroy();
      });
      await Promise.all(hosts.map((host) => host.start()));
      expect(await Promise.all(hosts.map((host) => text(host, 'echo up')))).toEqual(['up', 'up', 'up', 'up']);
    });

    test('while the machine installs packages itself, preparing waits and says so', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'waiting'), { 'setup.sh': '#!/bin/sh\ntrue\n' });
      const lock =
        'import fcntl,sys; f=open("/var/lib/dpkg/lock-frontend","rb+"); fcntl.lockf(f,fcntl.LOCK_EX); print("locked",flush=True); sys.stdin.read()';
      const holder = spawn('python3', ['-c', lock], { stdio: ['pipe', 'pipe', 'inherit'] });
      onTestFinished(() => void holder.kill('SIGKILL'));
      await new Promise<void>((resolve) => holder.stdout.once('data', () => resolve()));
      const host = freshHost(definition, stateDir);
      const { told, onProgress } = collect();
      const preparing = host.prepare(onProgress);
      await until('the sentence', () => told.length > 0);
      expect(told).toEqual([{ sentence: expect.stringContaining(`installing packages (process ${holder.pid})`) }]);
      holder.stdin.end();
      await preparing;
      expect(await host.isPrepared()).toBe(true);
    });

    test('a start.sh that fails is told with its last lines', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'broken'), { 'start.sh': '#!/bin/sh\necho no service >&2\nexit 4\n' });
      const host = freshHost(definition, stateDir);
      await expect(host.start()).rejects.toThrow(/start\.sh ended with 4\.\n {2}no service/);
      await expect(host.exec({ script: 'true' })).rejects.toMatchObject({ code: 'sandbox-not-running' });
      rmSync(join(definition.dir, 'start.sh'));
      await host.start();
      expect(await text(host, 'echo fine')).toBe('fine');
    });

    test('a shell that is asked for with the start begins when start.sh has ended, as the user that it made', async () => {
      const host = freshHost(bare, freshState());
      const started = host.start();
      const shell = await openShell(host);
      await started;
      expect(await shell.run('id -un')).toBe('ubuntu');
      shell.close();
    });

    test('and not at all where start.sh fails', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'broken'), { 'start.sh': '#!/bin/sh\nsleep 0.3\nexit 4\n' });
      const host = freshHost(definition, stateDir);
      const started = host.start();
      started.catch(() => {});
      const size = { cols: 80, rows: 24 };
      const command = await host.shellCommand({ user: 'root', rcFile: 'echo it began\n', ...size });
      let said = '';
      const ended = new Promise<void>((resolve) => {
        const data = (bytes: Buffer): void => {
          said += bytes.toString();
        };
        openPty(command, size, { data, settled: () => {}, exit: () => resolve() });
      });
      await expect(started).rejects.toThrow(/start\.sh ended with 4/);
      await ended;
      expect(said).not.toContain('it began');
    });

    test('services that start.sh starts keep running under the limits of the learner', async () => {
      const stateDir = freshState();
      const definition = makeDefinition(join(stateDir, 'serving'), {
        'start.sh': '#!/bin/sh\nsetsid sleep 9993 &\necho $! >/run/service.pid\n',
      });
      const host = freshHost(definition, stateDir);
      await host.start();
      expect(await text(host, 'cat /proc/$(cat /run/service.pid)/cgroup')).toMatch(/\/user/);
      expect(await text(host, 'cat /proc/self/cgroup')).toMatch(/\/check/);
    });
  });

  describe('the state folder', () => {
    /** A small file system of its own as state folder. */
    const smallState = (mebibytes: number) => {
      const stateDir = freshState();
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'lockstep-test', stateDir]);
      onTestFinished(() => void spawnSync('umount', ['-l', stateDir]));
      return stateDir;
    };
    const free = (folder: string) => {
      const about = statfsSync(folder);
      return about.bavail * about.bsize;
    };
    const fill = (stateDir: string) => {
      const file = openSync(join(stateDir, 'filler'), 'w');
      const chunk = Buffer.alloc(1 << 20, 1);
      try {
        for (;;) writeSync(file, chunk);
      } catch {
        // Full.
      } finally {
        closeSync(file);
      }
    };

    test('too little room is refused with both figures', async () => {
      const host = freshHost(bare, smallState(64));
      await expect(host.start()).rejects.toMatchObject({
        code: 'sandbox-disk-full',
        message: expect.stringMatching(/needs 256 MiB of free disk space in .*; there are 6\d MiB/),
      });
    });

    test('too little room for preparing is refused before anything is installed', async () => {
      const stateDir = smallState(700);
      const definition = makeDefinition(join(freshState(), 'large'), { 'setup.sh': '#!/bin/sh\ntouch /srv/ran\n' });
      const host = freshHost(definition, stateDir);
      const told: string[] = [];
      await expect(host.prepare(({ sentence }) => told.push(sentence))).rejects.toMatchObject({ code: 'sandbox-disk-full' });
      expect(told).toEqual([]);
    });

    test('a disk that fills up while the lesson runs is told as such, and nothing that was there is lost', async () => {
      const stateDir = smallState(600);
      const host = freshHost(bare, stateDir);
      await host.start();
      await host.writeFile('/srv/work', Buffer.from('precious'), { user: 'root' });
      fill(stateDir);
      expect(free(stateDir)).toBeLessThan(1 << 20);
      const large = Buffer.alloc(30 << 20, 7);
      const error = await until('a refusal', () =>
        host.writeFile('/srv/work', large, { user: 'root', backup: false }).then(
          () => null,
          (thrown: unknown) => thrown as { code: string },
        ),
      );
      expect(error.code).toBe('sandbox-disk-full');
      expect((await host.readFile('/srv/work')).toString()).toBe('precious');
      expect((await host.exec({ script: 'head -c 60000000 /dev/zero >/srv/more' })).stderr.toString()).toMatch(
        /No space left|Input\/output|Read-only/,
      );
      await expect(host.snapshot('full')).rejects.toMatchObject({ code: 'sandbox-disk-full' });
      rmSync(join(stateDir, 'filler'));
      await host.stop();
      await host.start();
      expect((await host.readFile('/srv/work')).toString()).toBe('precious');
      await until('room again', () => host.writeFile('/srv/work', large, { user: 'root' }).catch(() => null));
    });

    test('a program inside that writes without end meets a full disk before the machine does', async () => {
      const stateDir = smallState(600);
      const host = freshHost(bare, stateDir);
      await host.start();
      const result = await host.exec({ script: 'head -c 2000000000 /dev/zero >/srv/huge; ls /srv', timeoutMs: 60_000 });
      expect(result.stderr.toString()).toMatch(/No space left on device/);
      expect(free(stateDir)).toBeGreaterThan(64 << 20);
      await host.reset();
      await until('room again', async () => (await host.exec({ script: 'head -c 50000000 /dev/zero >/srv/small' })).code === 0);
    });

    test('an image that was made in a small place grows when there is more', async () => {
      const stateDir = smallState(500);
      const host = freshHost(bare, stateDir);
      await host.start();
      const size = async () => Number(await text(host, 'df -m --output=size / | tail -n 1'));
      const small = await size();
      await host.stop();
      execFileSync('mount', ['-o', 'remount,size=2000m', stateDir]);
      await host.start();
      expect(await size()).toBeGreaterThan(small + 1000);
    });

    test('its path may be long and have spaces, commas and colons in it', async () => {
      const stateDir = join(freshState(), 'a, folder: with "odd" characters', 'x'.repeat(200), 'ünd mehr');
      const host = freshHost(bare, stateDir);
      await host.start();
      expect(await text(host, 'id -un', 'ubuntu')).toBe('ubuntu');
      const shell = await openShell(host);
      expect(await shell.run('id -un')).toBe('ubuntu');
      shell.close();
      await host.snapshot('one');
      await host.rewind('one');
      expect(await text(host, 'echo fine')).toBe('fine');
    });

    test('any text can name a session', async () => {
      const stateDir = freshState();
      const host = freshHost(bare, stateDir, { session: '../a lesson/with ünlikely name' });
      await host.start();
      expect(listSandboxes(stateDir)).toEqual([
        { session: '../a lesson/with ünlikely name', definition: 'bare', openIn: process.pid },
      ]);
      await host.stop();
      await destroySandbox(stateDir, '../a lesson/with ünlikely name');
      expect(listSandboxes(stateDir)).toEqual([]);
    });

    test('room that sessions gave back is given back to the disk', async () => {
      const stateDir = freshState();
      const host = freshHost(bare, stateDir);
      await host.start();
      const used = () =>
        Number(
          execFileSync('du', ['-k', join(stateDir, 'sandbox/state.img')])
            .toString()
            .split('\t')[0],
        );
      const before = used();
      await text(host, 'head -c 100000000 /dev/urandom >/srv/large; sync');
      expect(used() - before).toBeGreaterThan(90_000);
      await host.destroy();
      expect(used() - before).toBeLessThan(20_000);
    });
  });

  describe('a machine that lacks something', () => {
    let program: string;

    beforeAll(async () => {
      program = await bundleFixture('test/support/host-owner.ts');
    });
    afterAll(() => rmSync(program, { force: true }));

    /** Runs the owner on a machine that was changed for it alone, and returns what it said. */
    const runOwner = (change: string): string => {
      const stateDir = freshState();
      const words = [process.execPath, program, stateDir, 'test', PROGRAMS].map((word) => `'${word}'`).join(' ');
      const script = `mount --make-rprivate / && ${change} ${words}`;
      const ran = spawnSync('/usr/bin/unshare', ['-m', 'sh', '-c', script], {
        input: 'stop\n',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
        timeout: 60_000,
      });
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(stateDir);
      return ran.stdout.toString() + ran.stderr.toString();
    };

    test('without Python the package is named', () => {
      const hide =
        'for p in /usr/bin/python3 /bin/python3 /usr/local/bin/python3; do [ ! -e $p ] || mount --bind /dev/null $(readlink -f $p); done;';
      expect(runOwner(hide)).toMatch(
        /^refused sandbox-no-python The sandbox cannot run here\. Python 3 is not installed\. apt-get install -y python3$/m,
      );
    });

    test('without the right to mount, as in a container, it is refused with what to do instead', () => {
      expect(runOwner('setpriv --inh-caps=-all --bounding-set=-sys_admin')).toMatch(
        /^refused sandbox-no-namespaces The sandbox cannot run here\. The kernel does not let root make namespaces or mounts here .*--privileged.*--host docker/m,
      );
    });

    test('without mkfs.ext4 the package is named', () => {
      expect(runOwner('mount --bind /dev/null $(readlink -f /usr/sbin/mkfs.ext4);')).toMatch(
        /^refused sandbox-no-mkfs The sandbox cannot run here\. The program mkfs\.ext4 is not installed\. apt-get install -y e2fsprogs$/m,
      );
    });

    test('without loop devices the files are kept in memory, and that is said', () => {
      const said = runOwner('mount --bind /dev/null /dev/loop-control;');
      expect(said).toMatch(/^Files are kept in memory and are lost at the end: .*/m);
      expect(said).toMatch(/^ready$/m);
    });

    test('without cgroups it runs all the same', () => {
      expect(runOwner('umount -l /sys/fs/cgroup;')).toMatch(/^ready$/m);
    });

    test('further file systems of the machine are part of the view, each with changes of its own', () => {
      const before = readdirSync('/opt').length;
      const extra =
        'mkdir -p /srv/lockstep-test-disk && mount -t tmpfs x /mnt && truncate -s 32M /mnt/image && mkfs.ext4 -q /mnt/image && mount -o loop /mnt/image /srv/lockstep-test-disk && echo on the disk >/srv/lockstep-test-disk/note &&';
      onTestFinished(() => rmSync('/srv/lockstep-test-disk', { recursive: true, force: true }));
      const said = runOwner(
        `${extra} LOCKSTEP_TEST_SCRIPT='cat /srv/lockstep-test-disk/note; echo changed >/srv/lockstep-test-disk/note; rm -rf /srv/lockstep-test-disk/lost+found; cat /srv/lockstep-test-disk/*'`,
      );
      expect(said).toMatch(/^on the disk changed /m);
      expect(readdirSync('/opt').length).toBe(before);
    });
  });

  test('the probes tell in a sentence each that this machine can do it, and leave nothing', async () => {
    const stateDir = freshState();
    const probes = await probeSandbox({ stateDir });
    expect(probes.map(({ name, ok }) => [name, ok])).toEqual(
      ['linux', 'python', 'root', 'mkfs', 'disk', 'namespaces', 'overlayfs', 'view', 'image', 'limits'].map((name) => [
        name,
        true,
      ]),
    );
    for (const probe of probes) expect(probe.sentence).toMatch(/^[A-Z0-9].*\.$/);
    expect(readdirSync(stateDir)).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(stateDir);
  });
});
