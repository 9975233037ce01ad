/** A real bash with our rc file: commands typed by the program, and what its marks tell. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { openTerminal } from '../../src/terminal/open-terminal.ts';
import { shellIntegration } from '../../src/terminal/shell-integration.ts';
import type { Terminal } from '../../src/terminal/terminal.ts';

const opened: { terminal: Terminal; home: string }[] = [];

afterEach(async () => {
  for (const { terminal, home } of opened.splice(0)) {
    terminal.close();
    // bash writes its history there as it ends.
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
});

/** A bash in a home of its own, with the learner's own bashrc in it. */
function bash(bashrc = '', { cols = 80, rows = 24 } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'lockstep-shell-'));
  const integration = shellIntegration();
  writeFileSync(join(home, 'rc'), integration.rcFile);
  writeFileSync(join(home, '.bashrc'), `PS1='learner@host:\\W$ '\n${bashrc}`);
  const env = { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HISTFILE: join(home, 'history') };
  // The folder is the home, so that the prompt says `~`.
  const start = `cd ${home} && exec bash --rcfile ${join(home, 'rc')} -i`;
  const terminal = openTerminal({ command: { file: '/bin/sh', args: ['-c', start], env }, cols, rows, integration });
  opened.push({ terminal, home });
  const told: string[] = [];
  terminal.on((event) => {
    if (event.type !== 'dirty' && event.type !== 'title' && event.type !== 'bell' && event.type !== 'modes')
      told.push(event.type === 'command-ended' ? `ended ${event.code}` : event.type);
  });
  const screen = () =>
    Array.from({ length: terminal.rows }, (_, y) => terminal.textRow(y).trimEnd())
      .join('\n')
      .trimEnd();
  const shows = (text: string | RegExp) => vi.waitFor(() => expect(screen()).toMatch(text), { timeout: 10_000, interval: 20 });
  const prompt = () => vi.waitFor(() => expect(terminal.atPrompt).toBe(true), { timeout: 10_000, interval: 10 });
  return { terminal, home, told, screen, shows, prompt, integration };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error) => (error instanceof UserError ? error.code : String(error)),
  );

describe('commands typed by the program', () => {
  test.each([
    ['true', 0],
    ['false', 1],
    ['(exit 42)', 42],
    ['no-such-command-here', 127],
    ['kill -9 $BASHPID & wait $!', 137],
    ['echo a; false; (exit 3)', 3],
    ['echo )', 2],
    ['if true; then\n  (exit 5)\nfi', 5],
    ['cat > file <<END\nsome\n\ttabbed text\nEND', 0],
    ['for i in 1 2 3; do\n  echo $i\ndone', 0],
    ['echo one\necho two\n(exit 9)', 9],
    ['echo "quotes \' and \\" and 端末"', 0],
    [`echo ${'long '.repeat(900)}`, 0],
  ])('%j ends with %i', async (command, code) => {
    const { terminal } = bash();
    expect(await terminal.run(command)).toEqual({ code });
    expect(await terminal.run('true')).toEqual({ code: 0 });
  });

  test('are seen as if typed, below a prompt as the learner made it', async () => {
    const { terminal, screen } = bash();
    await terminal.run('echo hello');
    await vi.waitFor(() => expect(screen()).toBe('learner@host:~$ echo hello\nhello\nlearner@host:~$'));
  });

  test('write what they should write', async () => {
    const { terminal, home } = bash();
    await terminal.run('cat > file <<"END"\nsome $text\n\ttabbed\n\n  and `more`\nEND');
    expect(readFileSync(join(home, 'file'), 'utf8')).toBe('some $text\n\ttabbed\n\n  and `more`\n');
  });

  test('stand in the history as typed ones do, and nothing else does', async () => {
    const { terminal, home } = bash();
    await terminal.run('echo first');
    terminal.input('echo second\r');
    await terminal.run('echo third');
    await terminal.run('history -w');
    expect(readFileSync(join(home, 'history'), 'utf8')).toBe('echo first\necho second\necho third\nhistory -w\n');
  });

  test('tell when they start and how they end', async () => {
    const { terminal, told } = bash();
    await terminal.run('(exit 4)');
    await vi.waitFor(() => expect(told).toEqual(['prompt', 'command-started', 'ended 4', 'prompt']));
  });

  test('can be started and left alone', async () => {
    const { terminal, shows } = bash();
    // In a program of its own: bash itself may lose a Ctrl-C that comes between two commands.
    await terminal.start("sh -c 'echo begun; exec sleep 100'");
    await shows(/^begun$/m);
    expect(terminal.atPrompt).toBe(false);
    terminal.interrupt();
    expect(await terminal.run('echo free')).toEqual({ code: 0 });
  });

  test('are interrupted when they are given up', async () => {
    const { terminal, told } = bash();
    const stop = new AbortController();
    expect(await failure(terminal.run('sleep 100', { signal: stop.signal, onStart: () => stop.abort() }))).toBe(
      'command-stopped',
    );
    await vi.waitFor(() => expect(told).toContain('ended 130'));
  });

  test('that are incomplete are dropped, and the prompt comes back', async () => {
    const { terminal } = bash();
    expect(await failure(terminal.run('echo "never closed'))).toBe('command-incomplete');
    expect(await terminal.run('true')).toEqual({ code: 0 });
  });

  test('that end the shell fail with it', async () => {
    const { terminal, told } = bash();
    expect(await failure(terminal.run('exit 3'))).toBe('shell-exited');
    await vi.waitFor(() => expect(told.at(-1)).toBe('exited'));
    expect(terminal.alive).toBe(false);
    expect(await failure(terminal.run('true'))).toBe('shell-exited');
  });

  test('can be typed at a pace that can be read', async () => {
    const { terminal, screen } = bash();
    await terminal.run('echo slowly', { keyDelayMs: 2 });
    expect(screen()).toContain('$ echo slowly\nslowly');
  });
});

describe('what the learner typed and did not send', () => {
  test.each([
    ['at its end', 'sudo nano ', ''],
    ['with the cursor in its middle', 'sudo nano file', '\x1b[D\x1b[D'],
  ])('is there again afterwards: %s', async (_name, typed, keys) => {
    const { terminal, shows, prompt } = bash();
    await terminal.run('echo first');
    await prompt();
    terminal.input(typed + keys);
    await shows('nano');
    expect(await terminal.run('echo mine')).toEqual({ code: 0 });
    await shows(`mine\nlearner@host:~$ ${typed.trim()}`);
  });

  test('is there again in vi mode, also in command mode', async () => {
    const { terminal, shows, prompt } = bash('set -o vi\n');
    await prompt();
    terminal.input('unfinished\x1b');
    await shows('unfinished');
    expect(await terminal.run('echo typed')).toEqual({ code: 0 });
    await shows(/^typed\nlearner@host:~\$ unfinished$/m);
  });

  test('is there again though it was being searched for in the history', async () => {
    const { terminal, shows, prompt } = bash();
    await terminal.run('echo first');
    await prompt();
    terminal.input('\x12fir');
    await shows(/search.*echo first/);
    expect(await terminal.run('echo mine')).toEqual({ code: 0 });
    await shows(/^mine\nlearner@host:~\$ echo first$/m);
  });

  test('is left alone where the shell cannot put it aside', async () => {
    const { terminal, shows, screen } = bash();
    await terminal.run('bind -r "\\C-x\\C-]"');
    terminal.input('mine');
    await shows(/mine$/);
    expect(await failure(terminal.run('echo no'))).toBe('shell-line-not-empty');
    expect(screen()).not.toContain('echo no');
    expect(screen()).toMatch(/\$ mine$/);
  });

  test('waits until after the last of several commands', async () => {
    const { terminal, shows, prompt } = bash();
    await prompt();
    terminal.input('mine');
    await shows(/mine$/);
    await Promise.all([terminal.run('echo 1'), terminal.run('echo 2')]);
    await shows(/^2\nlearner@host:~\$ mine$/m);
  });

  test('in the middle of a command of several lines, nothing is typed', async () => {
    const { terminal, prompt, shows, screen } = bash();
    await prompt();
    terminal.input('for i in 1 2\r');
    await shows(/^>$/m);
    expect(await failure(terminal.run('echo no', { promptDeadlineMs: 300 }))).toBe('shell-busy');
    expect(screen()).not.toContain('echo no');
    terminal.input('do echo $i; done\r');
    await shows(/^1\n2$/m);
  });

  test('keys that come while a command is typed come after it', async () => {
    const { terminal, prompt, shows } = bash();
    await prompt();
    const run = terminal.run('echo program', { keyDelayMs: 5 });
    terminal.input('x');
    await run;
    await shows(/^program\nlearner@host:~\$ x$/m);
  });
});

describe('a shell inside of the shell', () => {
  test.each([
    ['bash --norc', /^bash-.*[$#]$/m],
    ['sh', /^[$#]$/m],
    ['python3 -q', /^>>>$/m],
  ])('%s counts as a command that runs, and nothing is typed into it', async (inner, ready) => {
    const { terminal, told, screen, shows } = bash();
    await terminal.start(inner);
    await shows(ready);
    expect(await failure(terminal.run('echo no', { promptDeadlineMs: 300 }))).toBe('shell-busy');
    expect(screen()).not.toContain('echo no');
    terminal.input('\x04');
    expect(await terminal.run('echo yes')).toEqual({ code: 0 });
    expect(told).toContain('command-started');
  });
});

describe('marks', () => {
  test('cannot be forged by what a program prints', async () => {
    const { terminal, told, prompt } = bash();
    await prompt();
    const forged = ['D;0;serial=99', 'A', 'B', `D;0;lockstep=${'0'.repeat(32)};serial=99`, `B;lockstep=${'0'.repeat(32)}`];
    const run = terminal.run(`printf '${forged.map((mark) => `\\033]133;${mark}\\007`).join('')}'; sleep 0.3; (exit 7)`);
    expect(await run).toEqual({ code: 7 });
    expect(told.filter((each) => each.startsWith('ended'))).toEqual(['ended 7']);
  });

  test('are not printed by anything the learner may print', async () => {
    const { terminal, told } = bash();
    await terminal.run('set; declare -f; echo "$PS1" "$PS0" "$PS2"; trap; env; bind -X; history');
    await vi.waitFor(() => expect(told).toEqual(['prompt', 'command-started', 'ended 0', 'prompt']));
  });

  test('an empty Enter and Ctrl-C at the prompt are no commands', async () => {
    const { terminal, told, prompt } = bash();
    await prompt();
    terminal.input('\r');
    terminal.input('half typed\x03');
    expect(await terminal.run('echo now')).toEqual({ code: 0 });
    expect(told.filter((each) => each === 'command-started')).toHaveLength(1);
  });

  test('survive a prompt that is set anew, at once or each time', async () => {
    const { terminal, shows } = bash(`PROMPT_COMMAND='PS1="made anew> "'\n`);
    expect(await terminal.run('true')).toEqual({ code: 0 });
    await shows('made anew>');
    expect(await terminal.run('PROMPT_COMMAND=$PROMPT_COMMAND; PS1="once> "; PS0=; PS2=')).toEqual({ code: 0 });
    expect(await terminal.run('(exit 6)')).toEqual({ code: 6 });
  });

  test('keep the learner’s own PROMPT_COMMAND, also as a list, and its view of $?', async () => {
    const { terminal, shows } = bash(`PROMPT_COMMAND=('echo "[saw $?]"' 'true')\n`);
    expect(await terminal.run('(exit 8)')).toEqual({ code: 8 });
    await shows('[saw 8]');
  });

  test.each([
    'set -u',
    'set -x',
    'set -o posix',
    'shopt -u promptvars',
    'set -o vi',
    'stty -echo',
    'IFS=x',
    'unset PROMPT_COMMAND',
    'trap "echo debug" DEBUG',
  ])('hold under %s', async (setting) => {
    const { terminal } = bash();
    await terminal.run(setting);
    const { code } = await terminal.run('(exit 11)');
    expect(code).toBe(setting === 'shopt -u promptvars' ? null : 11);
  });

  test('make no noise under set -x', async () => {
    const { terminal, shows, screen } = bash();
    await terminal.run('set -x');
    await terminal.run('echo traced');
    await shows(/^\+ echo traced\ntraced\nlearner@host:~\$$/m);
    expect(screen()).not.toContain('lockstep');
  });

  test('are not repeated when the prompt is only drawn again', async () => {
    const { terminal, told, prompt } = bash();
    await prompt();
    terminal.input('abc\x0c');
    terminal.resize(70, 20);
    terminal.resize(60, 20);
    terminal.input('\x15');
    expect(await terminal.run('true')).toEqual({ code: 0 });
    expect(told).toEqual(['prompt', 'command-started', 'ended 0', 'prompt']);
  });
});

describe('the program behind the terminal', () => {
  test('tells when it asks for other modes, and only then', async () => {
    const { terminal, home } = bash();
    writeFileSync(
      join(home, 'ask'),
      `printf '\\033[?1000h\\033[?1006h'; sleep 0.2; printf '\\033[?1000h'; sleep 0.2; printf '\\033[?1000l\\033[?1006l'`,
    );
    await terminal.run('bind "set enable-bracketed-paste off"');
    const seen: string[] = [];
    terminal.on((event) => event.type === 'modes' && seen.push(`${terminal.modes.mouse} ${terminal.modes.mouseEncoding}`));
    await terminal.run('sh ask');
    expect(seen).toEqual(['press sgr', 'none default']);
  });

  test('gets the size, and each change of it', async () => {
    const { terminal, shows } = bash('', { cols: 70, rows: 20 });
    await terminal.run('stty size');
    await shows(/^20 70$/m);
    terminal.resize(90, 30);
    await terminal.run('stty size');
    await shows(/^30 90$/m);
  });

  test('ends with its children when the terminal is closed', async () => {
    const { terminal, home } = bash();
    await terminal.start(`trap '' HUP; sleep 300 & echo $! > ${home}/child; echo $BASHPID > ${home}/shell; wait`);
    const pid = (name: string) => Number(readFileSync(join(home, name), 'utf8'));
    await vi.waitFor(() => expect(pid('shell')).toBeGreaterThan(0));
    const shell = pid('shell');
    const child = pid('child');
    terminal.close();
    const gone = (id: number) => {
      try {
        return /^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
      } catch {
        return true;
      }
    };
    await vi.waitFor(() => expect([gone(shell), gone(child)]).toEqual([true, true]), { timeout: 10_000 });
  });

  test('that cannot be started is told by its end', async () => {
    const terminal = openTerminal({
      command: { file: '/no/such/program', args: [], env: {} },
      cols: 80,
      rows: 24,
      integration: shellIntegration(),
    });
    const ended = new Promise((resolve) => terminal.on((event) => event.type === 'exited' && resolve(event)));
    expect(await ended).toMatchObject({ type: 'exited', code: expect.any(Number) });
    expect(await failure(terminal.run('true'))).toBe('shell-exited');
    terminal.close();
  });
});
