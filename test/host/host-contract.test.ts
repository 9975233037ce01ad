/** What every host driver promises, on each driver that can run here. */
import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ExecRequest, Host } from '../../src/host/host.ts';
import { openPty } from '../../src/terminal/pty.ts';
import { hostDrivers } from '../support/host-drivers.ts';
import { openShell, type TestShell, until, withoutHeld } from '../support/host-shell.ts';

const drivers = await hostDrivers();

/** Paths of all that this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // the folder itself, closed by now
    }
  });
}

for (const driver of drivers) {
  const title = driver.unavailable === null ? driver.name : `${driver.name}, skipped: ${driver.unavailable}`;
  describe.skipIf(driver.unavailable !== null)(title, () => {
    let host: Host;
    let dispose: () => Promise<void>;

    beforeAll(async () => {
      ({ host, dispose } = await driver.create());
      await host.prepare(() => {});
      await host.start();
    });
    afterAll(() => dispose());

    const run = (script: string, more: Partial<ExecRequest> = {}) => host.exec({ script, ...more });
    const text = async (script: string, more: Partial<ExecRequest> = {}) => {
      const result = await run(script, more);
      expect(result.stderr.toString()).toBe('');
      expect(result.code).toBe(0);
      return result.stdout.toString().trimEnd();
    };
    let way: 'held' | 'relayed' = 'held';
    const shell = async (request: Parameters<typeof openShell>[1] = {}): Promise<TestShell> => {
      const opened = await openShell(host, request, way);
      onTestFinished(() => opened.close());
      return opened;
    };
    const alive = async (pattern: string) => (await run(`pgrep -f '${pattern}'`)).code === 0;

    describe('scripts', () => {
      test('an exit code, output and error output come back apart', async () => {
        const result = await run('echo out; echo err >&2; exit 3');
        expect(result).toMatchObject({ code: 3, signal: null, truncated: false, timedOut: false });
        expect(result.stdout.toString()).toBe('out\n');
        expect(result.stderr.toString()).toBe('err\n');
      });

      test('an end by a signal is told as the signal', async () => {
        expect(await run('kill -TERM $$')).toMatchObject({ code: null, signal: 'SIGTERM', timedOut: false });
      });

      test('a script runs as the user who was asked for, in their home, with a login environment', async () => {
        const lines = await text('id -un; id -gn; pwd; echo "$HOME|$USER|$LOGNAME|$LANG"', { user: 'ubuntu' });
        expect(lines.split('\n')).toEqual(['ubuntu', 'ubuntu', '/home/ubuntu', '/home/ubuntu|ubuntu|ubuntu|C.UTF-8']);
        expect(await text('id -u')).toBe('0');
      });

      test("nothing of this program's own environment is visible", async () => {
        expect(await text('env')).not.toContain('VITEST');
        expect(await text('cat /proc/1/environ 2>/dev/null || true')).not.toContain('VITEST');
      });

      test('an unknown user is refused with a sentence', async () => {
        await expect(run('true', { user: 'nobody-here' })).rejects.toMatchObject({ code: 'host-no-user' });
      });

      test('input arrives byte by byte, and is empty where none is given', async () => {
        const stdin = Buffer.from(Array.from({ length: 256 * 1024 }, (_, index) => index % 256));
        expect((await run('cat', { stdin })).stdout.equals(stdin)).toBe(true);
        expect(await text('wc -c')).toBe('0');
      });

      test('a script of a megabyte runs', async () => {
        expect(await text(`${'# a long line of comment\n'.repeat(42_000)}echo end`)).toBe('end');
      });

      test('the text of a script is in no command line', async () => {
        expect(await text('ps -eo args | grep -c "needle-[x]yz" || true')).toBe('0');
        expect(await text('pgrep -f needle-xyz || echo none')).toBe('none');
      });

      test('output beyond the limit is dropped, the script runs to its end', async () => {
        const result = await run('yes 1234567 | head -c 3000000; echo done >&2; exit 5', { maxOutput: 1000 });
        expect(result).toMatchObject({ code: 5, truncated: true });
        expect(result.stdout.toString()).toBe('1234567\n'.repeat(125));
        expect(result.stderr.toString()).toBe('done\n');
      });

      test('output just within the limit is whole', async () => {
        const result = await run('head -c 100000 /dev/zero', { maxOutput: 100_000 });
        expect(result.truncated).toBe(false);
        expect(result.stdout.length).toBe(100_000);
      });

      test('a deadline ends the whole tree, also what detached itself', async () => {
        const result = await run(
          `sleep 901 & (setsid sh -c "sleep 902" &) ; ${driver.holdsAll ? 'env -i' : ''} setsid setsid sleep 903 & setsid sh -c "setsid sleep 904 & setsid sleep 905 & wait" & echo up; sleep 906`,
          { timeoutMs: 700 },
        );
        expect(result).toMatchObject({ code: null, signal: 'SIGKILL', timedOut: true });
        expect(result.stdout.toString()).toBe('up\n');
        expect(await alive('sleep 90[0-9]')).toBe(false);
      });

      test('a deadline ends a tree that keeps forking', async () => {
        const result = await run('f() { sleep 0.01; f & }; f; f; f; sleep 907', { timeoutMs: 500 });
        expect(result.timedOut).toBe(true);
        await until('an end of the forking', async () => !(await alive('sleep 907')));
        expect(await text('echo fine')).toBe('fine');
      });

      test('an abort ends the whole tree and rejects', async () => {
        const stop = new AbortController();
        const running = run('(setsid sleep 911 &); sleep 912', { signal: stop.signal });
        await until('the script', () => alive('sleep 91[12]'));
        stop.abort(new Error('enough'));
        await expect(running).rejects.toThrow('enough');
        await until('its end', async () => !(await alive('sleep 91[12]')));
      });

      test('an abort before the start runs nothing', async () => {
        await expect(run('touch /tmp/never', { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
        expect(await host.stat('/tmp/never')).toBeNull();
      });

      test('a daemon that a script leaves keeps running, and writing, and holds nobody up', async () => {
        const script = 'sh -c "while :; do echo tick; sleep 0.05; done" & echo $! >/tmp/daemon';
        const result = await run(script, { timeoutMs: 60_000 });
        expect(result.code).toBe(0);
        expect(result.durationMs).toBeLessThan(30_000);
        await run('sleep 0.5');
        expect(await text('kill -0 $(cat /tmp/daemon) && echo alive')).toBe('alive');
        await run('kill $(cat /tmp/daemon)');
      });

      test('many scripts at once keep their output apart', async () => {
        const numbers = Array.from({ length: 24 }, (_, index) => index);
        const answers = await Promise.all(numbers.map((number) => text(`sleep 0.0${number % 5}; echo ${number}`)));
        expect(answers).toEqual(numbers.map(String));
      });
    });

    describe('streams', () => {
      test('lines arrive as they are written, and stopping ends the tree', async () => {
        const stream = await host.stream({ script: 'i=0; while :; do i=$((i+1)); echo "line $i é"; sleep 0.02; done' });
        const lines: string[] = [];
        stream.onLine((line) => lines.push(line));
        await until('five lines', () => lines.length >= 5);
        stream.stop();
        await stream.ended;
        expect(lines.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((number) => `line ${number} é`));
        await until('its end', async () => !(await alive('while :; do')));
      });

      test('a stream that ends by itself has all its lines, the last one without a newline too', async () => {
        const stream = await host.stream({ script: 'seq 20000; printf last', user: 'ubuntu' });
        const lines: string[] = [];
        stream.onLine((line) => lines.push(line));
        await stream.ended;
        expect(lines.length).toBe(20_001);
        expect(lines.at(-1)).toBe('last');
      });
    });

    describe('files', () => {
      test('each kind of file is told without opening it', async () => {
        await run(
          'mkdir -m 1770 /tmp/kinds && cd /tmp/kinds && printf 12345 >file && chown ubuntu:daemon file && chmod 4640 file && mkfifo fifo && ln -s nowhere link && python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'sock\')"',
        );
        expect(await host.stat('/tmp/kinds/file')).toEqual({
          type: 'file',
          owner: 'ubuntu',
          group: 'daemon',
          mode: '4640',
          size: 5,
        });
        expect(await host.stat('/tmp/kinds')).toMatchObject({ type: 'directory', owner: 'root', mode: '1770' });
        expect(await host.stat('/tmp/kinds/fifo')).toMatchObject({ type: 'fifo' });
        expect(await host.stat('/tmp/kinds/sock')).toMatchObject({ type: 'socket' });
        expect(await host.stat('/tmp/kinds/link')).toMatchObject({ type: 'symlink' });
        expect(await host.stat('/dev/null')).toMatchObject({ type: 'device', mode: '0666' });
        expect(await host.stat('/tmp/kinds/none')).toBeNull();
        expect(await host.stat('/tmp/kinds/file/below')).toBeNull();
        await expect(host.stat('/tmp/kinds/file', 'ubuntu')).rejects.toMatchObject({ code: 'host-denied' });
      });

      test('a binary file is written and read back as it is', async () => {
        const content = Buffer.from(Array.from({ length: 1 << 20 }, (_, index) => (index * 7) % 256));
        expect(await host.writeFile('/tmp/binary', content, { user: 'ubuntu', mode: '0600' })).toEqual({ backup: null });
        expect((await host.readFile('/tmp/binary')).equals(content)).toBe(true);
        expect(await host.stat('/tmp/binary')).toMatchObject({ owner: 'ubuntu', group: 'ubuntu', mode: '0600', size: 1 << 20 });
      });

      test('what is not a regular file is not read, and not even opened', async () => {
        await run('mkfifo /tmp/pipe; (cat /tmp/pipe >/tmp/from-pipe &) ; true');
        await expect(host.readFile('/tmp/pipe')).rejects.toMatchObject({ code: 'host-not-regular' });
        await expect(host.readFile('/tmp')).rejects.toThrow('/tmp is a directory, not a regular file.');
        await expect(host.readFile('/dev/zero')).rejects.toMatchObject({ code: 'host-not-regular' });
        await expect(host.readFile('/tmp/none')).rejects.toMatchObject({ code: 'host-no-file' });
        await expect(host.writeFile('/tmp/pipe', Buffer.from('x'), { user: 'root' })).rejects.toThrow(/is a FIFO/);
        await expect(host.writeFile('/tmp', Buffer.from('x'), { user: 'root' })).rejects.toThrow(/is a directory/);
        // The reader still waits for a first writer: nobody opened the other end.
        expect(await alive('cat /tmp/pip[e]')).toBe(true);
        await run('pkill -f "cat /tmp/pip[e]"');
      });

      test('a file that is too large is refused', async () => {
        await run('head -c 5000000 /dev/zero >/tmp/large');
        await expect(host.readFile('/tmp/large')).rejects.toMatchObject({ code: 'host-too-large' });
        expect((await host.readFile('/tmp/large', { maxBytes: 5_000_000 })).length).toBe(5_000_000);
      });

      test("writing keeps the file's owner and mode, and the old file as a numbered backup with its own", async () => {
        await run('printf old >/tmp/kept && chown daemon:ubuntu /tmp/kept && chmod 0640 /tmp/kept');
        expect(await host.writeFile('/tmp/kept', Buffer.from('new'), { user: 'root', mode: '0777' })).toEqual({
          backup: '/tmp/kept.~1~',
        });
        expect(await host.stat('/tmp/kept')).toEqual({ type: 'file', owner: 'daemon', group: 'ubuntu', mode: '0640', size: 3 });
        expect(await host.stat('/tmp/kept.~1~')).toEqual({
          type: 'file',
          owner: 'daemon',
          group: 'ubuntu',
          mode: '0640',
          size: 3,
        });
        expect((await host.readFile('/tmp/kept.~1~')).toString()).toBe('old');
        expect((await host.writeFile('/tmp/kept', Buffer.from('newer'), { user: 'root' })).backup).toBe('/tmp/kept.~2~');
        expect((await host.writeFile('/tmp/kept', Buffer.from('newest'), { user: 'root', backup: false })).backup).toBeNull();
        expect((await text('ls /tmp/kept*')).split('\n')).toEqual(['/tmp/kept', '/tmp/kept.~1~', '/tmp/kept.~2~']);
        expect((await host.readFile('/tmp/kept')).toString()).toBe('newest');
      });

      test("a user's own rights decide what they may write", async () => {
        await run('printf x >/tmp/roots && mkdir -m 755 /tmp/rootdir && install -m 666 /dev/null /tmp/rootdir/open');
        await expect(host.writeFile('/tmp/roots', Buffer.from('y'), { user: 'ubuntu' })).rejects.toThrow(
          'ubuntu may not write /tmp/roots, which belongs to root and has mode 0644.',
        );
        await expect(host.writeFile('/tmp/rootdir/new', Buffer.from('y'), { user: 'ubuntu' })).rejects.toMatchObject({
          code: 'host-denied',
        });
        await expect(host.writeFile('/tmp/missing/new', Buffer.from('y'), { user: 'root' })).rejects.toMatchObject({
          code: 'host-no-file',
        });
        await host.writeFile('/tmp/rootdir/open', Buffer.from('y'), { user: 'ubuntu', backup: false });
        expect(await host.stat('/tmp/rootdir/open')).toMatchObject({ owner: 'root', mode: '0666', size: 1 });
        expect((await host.readFile('/tmp/roots')).toString()).toBe('x');
      });

      test('a link is followed and stays a link', async () => {
        await run('mkdir -p /tmp/links && cd /tmp/links && printf old >target && ln -s target link && ln -s circle circle');
        expect((await host.writeFile('/tmp/links/link', Buffer.from('new'), { user: 'root' })).backup).toBe(
          '/tmp/links/target.~1~',
        );
        expect(await host.stat('/tmp/links/link')).toMatchObject({ type: 'symlink' });
        expect((await host.readFile('/tmp/links/link')).toString()).toBe('new');
        await expect(host.writeFile('/tmp/links/circle', Buffer.from('x'), { user: 'root' })).rejects.toMatchObject({
          code: /host-/,
        });
      });

      test('somebody who reads meanwhile sees the old contents or the new ones', async () => {
        const bodies = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(200_000)));
        await host.writeFile('/tmp/whole', bodies[0]!, { user: 'root' });
        const reader = await host.stream({ script: 'while :; do md5sum </tmp/whole; done' });
        const sums = new Set<string>();
        reader.onLine((line) => sums.add(line));
        for (let turn = 0; turn < 20; turn += 1)
          await host.writeFile('/tmp/whole', bodies[turn % 2]!, { user: 'root', backup: false });
        await until('both contents', () => sums.size >= 1);
        reader.stop();
        await reader.ended;
        expect(sums.size).toBeLessThanOrEqual(2);
      });
    });

    // The sandbox has two ways to its shells.
    const isSandbox = driver.name.startsWith('sandbox');
    const ways = isSandbox ? (['held', 'relayed'] as const) : (['held'] as const);
    describe.each(ways)('shells, %s', (chosen) => {
      beforeAll(() => {
        way = chosen;
      });

      if (isSandbox && chosen === 'held') {
        test("its terminal's master is ours", async () => {
          const opened = await shell();
          await opened.run('true');
          expect(openFiles().filter((path) => path.endsWith('/ptmx'))).not.toEqual([]);
        });
      }

      test("it is a terminal of the host's own with the size it was asked for, and follows a new size", async () => {
        const opened = await shell({ cols: 93, rows: 31 });
        expect(await opened.run('tty')).toMatch(/^\/dev\/pts\/\d+$/);
        expect(await opened.run('stty size')).toBe('31 93');
        opened.write('sh -c \'trap "stty size; exit" WINCH; echo set; while :; do sleep 0.05; done\'\r');
        await opened.see(/\nset/);
        opened.resize(71, 17);
        await opened.see(/17 71\s+ready> /);
        expect(await opened.run('stty size')).toMatch(/^17 71$/m);
      });

      test('it starts like a login: user, home, environment, job control', async () => {
        const opened = await shell({ env: { LESSON: 'größer' } });
        expect(await opened.run('id -un; pwd; echo $HOME $USER $LOGNAME $SHELL $TERM $LANG $LESSON; echo $-')).toMatch(
          /^ubuntu\n\/home\/ubuntu\n\/home\/ubuntu ubuntu ubuntu \/bin\/bash xterm-256color C.UTF-8 größer\n\w*m/,
        );
        expect(await opened.run('echo $PATH')).toContain('/usr/local/bin:/usr/sbin:/usr/bin');
      });

      test("Ctrl-C reaches the running program, Ctrl-Z stops it, and the shell's own exit code comes back", async () => {
        const opened = await shell();
        opened.write('sleep 921\r');
        await until('sleep', () => alive('sleep 92[1]'));
        opened.write('\x03');
        await opened.see(/\^C[\s\S]*ready> /);
        opened.write('sleep 922\r');
        await until('sleep', () => alive('sleep 92[2]'));
        opened.write('\x1a');
        await opened.see(/Stopped/);
        // A shell does not exit while it knows of a stopped job: the job's end is waited for.
        await opened.run('kill %1; wait %1');
        opened.write('exit 42\r');
        expect(await opened.exited).toMatchObject({ exitCode: 42 });
      });

      test('UTF-8 passes both ways', async () => {
        const opened = await shell();
        expect(await opened.run("printf '%s\\n' 'Grüße, 世界 🎉' | cat")).toBe('Grüße, 世界 🎉');
      });

      test('a megabyte that is pasted arrives whole', async () => {
        const opened = await shell();
        const paste = Array.from({ length: 17_000 }, (_, index) => `line ${index} ${'x'.repeat(50)}\n`).join('');
        opened.write('stty -echo; cat >/tmp/pasted; stty echo; echo wr""itten\r');
        await until('cat', () => alive('ca[t]$'));
        opened.write(paste);
        opened.write('\x04');
        await opened.see(/written/);
        expect((await host.readFile('/tmp/pasted')).toString()).toBe(paste);
      });

      test('keys still arrive while a flood of output is shown', async () => {
        const opened = await shell();
        opened.write('yes 0123456789\r');
        await opened.see(/(0123456789\r\n){2000}/);
        opened.write('\x03');
        await until('an end of yes', async () => !(await alive('^yes 0123')));
        expect(await opened.run('echo still here')).toMatch(/still here$/);
      });

      test('the last words before the exit are shown', async () => {
        const opened = await shell();
        opened.write('exec seq 3000\r');
        await opened.exited;
        await opened.see(/2999\r\n3000\r\n/);
      });

      test('closing it ends what runs in it, but not what detached itself', async () => {
        const opened = await shell();
        opened.write('setsid sleep 931 & sleep 932\r');
        await until('both', async () => (await alive('^sleep 93[1]')) && (await alive('sleep 93[2]')));
        opened.close();
        await until('its end', async () => !(await alive('sleep 93[2]')));
        expect(await alive('sleep 93[1]')).toBe(true);
        await run('pkill -f "sleep 93[1]"');
      });

      test('two shells are apart', async () => {
        const [one, two] = [await shell(), await shell({ user: 'root' })];
        expect(await one.run('whoami')).toBe('ubuntu');
        expect(await two.run('whoami')).toBe('root');
        expect(await one.run('tty')).not.toBe(await two.run('tty'));
      });

      test('a host without the user says so in the terminal', async () => {
        const command = await host.shellCommand({ user: 'nobody-here', cols: 80, rows: 24 });
        let output = '';
        const exitCode = await new Promise<number | null>((exit) =>
          openPty(
            chosen === 'held' ? command : withoutHeld(command),
            { cols: 80, rows: 24 },
            {
              settled() {},
              data(bytes) {
                output += bytes.toString();
              },
              exit,
            },
          ),
        );
        expect(exitCode).not.toBe(0);
        expect(output).toContain('There is no user nobody-here on the host.');
      });
    });

    describe('files of a session', () => {
      beforeEach((context) => {
        if (driver.foundNotMade) context.skip('such a host is found, not made: nothing on it is thrown away or brought back');
      });

      test('a snapshot brings back files as they were, with owners, links and FIFOs', async () => {
        const list = () =>
          text('cd /srv && find . -printf "%p %y %u %g %m %s %l %n\\n" | sort; find . -type f -exec md5sum {} + | sort');
        await run(
          'cd /srv && mkdir -p deep/er && echo one >deep/er/file && ln deep/er/file hard && ln -s deep soft && mkfifo fifo && chown ubuntu deep/er/file && chmod 4711 deep/er/file && truncate -s 100M sparse && rm -rf /usr/share/doc/bash && echo changed >>/etc/issue',
        );
        const before = await list();
        await host.snapshot('first');
        await run(
          'rm -rf /srv/deep /srv/fifo; echo two >/srv/new; echo again >>/etc/issue; mkdir -p /usr/share/doc/bash; sleep 941 &',
        );
        await host.snapshot('second');
        await host.rewind('first');
        expect(await list()).toBe(before);
        expect(await text('tail -n 1 /etc/issue; ls -d /usr/share/doc/bash 2>/dev/null || echo gone')).toBe('changed\ngone');
        expect(await alive('sleep 94[1]')).toBe(false);
        await host.rewind('second');
        expect(await text('cat /srv/new; ls /srv')).toBe('two\nhard\nnew\nsoft\nsparse');
        await expect(host.rewind('none')).rejects.toMatchObject({ code: /^(sandbox|host)-no-snapshot$/ });
        expect(await text('cat /srv/new')).toBe('two');
      });

      test('files survive a stop and a start; sockets, FIFOs and pid files in /run do not, nor do processes', async () => {
        await run(
          'echo kept >/srv/kept; mkdir -p /run/x; echo 1 >/run/x/a.pid; mkfifo /run/x/fifo; echo 2 >/run/x/other; sleep 951 & python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'/run/x/sock\')"',
        );
        await host.stop();
        await expect(run('true')).rejects.toMatchObject({ code: /^(sandbox|host)-(gone|not-running)$/ });
        await host.start();
        expect(await text('cat /srv/kept; ls /run/x')).toBe('kept\nother');
        expect(await alive('sleep 95[1]')).toBe(false);
      });

      test('a reset throws away what the session changed', async () => {
        await run('echo x >/srv/gone; rm -f /etc/issue');
        await host.reset();
        expect(await text('ls /srv; test -e /etc/issue && echo issue; id -un ubuntu')).toBe('issue\nubuntu');
      });
    });
  });
}
