import { describe, expect, test, vi } from 'vitest';
import type { UserError } from '../model/errors.ts';
import { RESTORE_KEYS, STASH_KEYS } from './shell-integration.ts';
import { createShellWatch } from './shell-watch.ts';
import { createTypist } from './typist.ts';

/** A shell of a few lines: it answers keys with marks. `react` may answer instead and says so by returning true. */
function setUp(
  options: { readonly react?: (text: string, shell: Shell) => boolean; readonly unsent?: string; readonly paste?: boolean } = {},
) {
  const watch = createShellWatch();
  const written: string[] = [];
  const holds: boolean[] = [];
  const shell = new Shell(watch, options.unsent ?? '');
  const typist = createTypist({
    watch,
    write(text) {
      written.push(text);
      if (!options.react?.(text, shell)) shell.receive(text);
    },
    lineIsEmpty: () => shell.line === '',
    bracketedPaste: () => options.paste ?? true,
    holdKeys: (hold) => holds.push(hold),
  });
  shell.onPrompt = () => typist.promptShown();
  return { watch, written, holds, shell, typist };
}

class Shell {
  line: string;
  aside = '';
  ran: string[] = [];
  onPrompt = () => {};
  private serial = 0;
  readonly watch: ReturnType<typeof createShellWatch>;

  constructor(watch: ReturnType<typeof createShellWatch>, line: string) {
    this.watch = watch;
    this.line = line;
  }

  prompt(code: number): void {
    this.serial++;
    this.watch.take({ type: 'end', code, serial: this.serial });
    const news = this.watch.take({ type: 'prompt-end' });
    if (news.length > 0) this.onPrompt();
  }

  begin(): void {
    this.watch.take({ type: 'start' });
  }

  /** As our rc file does. */
  receive(text: string): void {
    queueMicrotask(() => {
      if (text === STASH_KEYS) {
        this.aside = this.line + this.aside;
        this.line = '';
        this.watch.take({ type: 'stashed', length: this.aside.length });
      } else if (text === RESTORE_KEYS) {
        this.line = this.aside + this.line;
        this.aside = '';
        this.watch.take({ type: 'stashed', length: 0 });
      } else if (text === '\r') {
        this.ran.push(this.line);
        this.line = '';
        this.begin();
        queueMicrotask(() => this.prompt(0));
      } else if (text === '\x03') {
        this.line = '';
        this.prompt(130);
      } else {
        this.line += text.replace(/\x1b\[20[01]~/g, '');
      }
    });
  }
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: UserError) => error.code,
  );

/** Enter begins a command that does not end. */
const endless = (text: string, to: Shell) => {
  if (text !== '\r') return false;
  queueMicrotask(() => to.begin());
  return true;
};

describe('a command is typed', () => {
  test('at the prompt, with Enter, and its code comes back', async () => {
    const { typist, shell, holds } = setUp();
    const onStart = vi.fn();
    const run = typist.type('ls -l', { onStart }, true);
    shell.prompt(0);
    expect(await run).toEqual({ code: 0 });
    expect(shell.ran).toEqual(['ls -l']);
    expect(onStart).toHaveBeenCalledOnce();
    expect(holds).toEqual([true, false]);
  });

  test('several lines go as one paste', async () => {
    const { typist, shell, written } = setUp();
    shell.prompt(0);
    await typist.type('cat <<X\na\tb\nX', {}, true);
    expect(written).toEqual(['\x1b[200~cat <<X\ra\tb\rX\x1b[201~', '\r']);
  });

  test('several lines go one by one where the shell knows no bracketed paste', async () => {
    const seen: string[] = [];
    const { typist, shell } = setUp({
      paste: false,
      react(text, to) {
        seen.push(text);
        if (text === '\r') return false;
        if (text.endsWith('\r')) queueMicrotask(() => to.watch.take({ type: 'continuation' }));
        return true;
      },
    });
    shell.prompt(0);
    await typist.type('for i in 1 2\ndo echo\ndone', {}, true);
    expect(seen).toEqual(['for i in 1 2\r', 'do echo\r', 'done', '\r']);
  });

  test('at a readable pace where that is asked for', async () => {
    const { typist, shell, written } = setUp();
    shell.prompt(0);
    await typist.type('abc', { keyDelayMs: 1 }, true);
    expect(written).toEqual(['a', 'b', 'c', '\r']);
  });

  test('one after the other, in the order they came', async () => {
    const { typist, shell } = setUp();
    shell.prompt(0);
    await Promise.all([typist.type('one', {}, true), typist.type('two', {}, true), typist.type('three', {}, true)]);
    expect(shell.ran).toEqual(['one', 'two', 'three']);
  });

  test('with start() only until it runs', async () => {
    const { typist, shell } = setUp({
      react(text, to) {
        if (text !== '\r') return false;
        queueMicrotask(() => to.begin());
        return true;
      },
    });
    shell.prompt(0);
    expect(await typist.type('tail -f log', {}, false)).toEqual({ code: null });
  });

  test('a syntax error ends it without a start', async () => {
    const { typist, shell } = setUp({
      react(text, to) {
        if (text !== '\r') return false;
        queueMicrotask(() => to.prompt(2));
        return true;
      },
    });
    shell.prompt(0);
    expect(await typist.type('cat f)', {}, true)).toEqual({ code: 2 });
  });
});

describe('what the learner typed and did not send', () => {
  test('is put aside and comes back', async () => {
    const { typist, shell, written } = setUp({ unsent: 'rm -rf ' });
    shell.prompt(0);
    await typist.type('ls', {}, true);
    await vi.waitFor(() => expect(shell.line).toBe('rm -rf '));
    expect(shell.ran).toEqual(['ls']);
    expect(written).toEqual([STASH_KEYS, 'ls', '\r', RESTORE_KEYS]);
  });

  test('comes back after the last of several commands', async () => {
    const { typist, shell, written } = setUp({ unsent: 'mine' });
    shell.prompt(0);
    await Promise.all([typist.type('one', {}, true), typist.type('two', {}, true)]);
    await vi.waitFor(() => expect(shell.line).toBe('mine'));
    expect(shell.ran).toEqual(['one', 'two']);
    expect(written.filter((text) => text === RESTORE_KEYS)).toHaveLength(1);
  });

  test('comes back when a command that was only started has ended', async () => {
    const { typist, shell } = setUp({
      unsent: 'mine',
      react(text, to) {
        if (text !== '\r') return false;
        to.ran.push(to.line);
        to.line = '';
        queueMicrotask(() => to.begin());
        return true;
      },
    });
    shell.prompt(0);
    await typist.type('tail -f log', {}, false);
    expect(shell.line).toBe('');
    shell.prompt(130);
    await vi.waitFor(() => expect(shell.line).toBe('mine'));
  });

  test('is not touched where the shell cannot put it aside', async () => {
    const { typist, shell, written } = setUp({ unsent: 'mine', react: (text) => text === STASH_KEYS });
    shell.prompt(0);
    expect(await failure(typist.type('ls', {}, true))).toBe('shell-line-not-empty');
    expect(written).toEqual([STASH_KEYS, STASH_KEYS]);
    expect(shell.line).toBe('mine');
  });
});

describe('a command is not typed', () => {
  test('while something else runs, for longer than the deadline', async () => {
    const { typist, shell, written } = setUp();
    shell.prompt(0);
    shell.begin();
    expect(await failure(typist.type('ls', { promptDeadlineMs: 20 }, true))).toBe('shell-busy');
    expect(written).toEqual([]);
  });
  test('while another one does not end', async () => {
    const { typist, shell } = setUp({ react: endless });
    shell.prompt(0);
    const first = typist.type('sleep 100', {}, true);
    expect(await failure(typist.type('ls', { promptDeadlineMs: 20 }, true))).toBe('shell-busy');
    shell.prompt(0);
    expect(await first).toEqual({ code: 0 });
  });
  test('with control characters in it, which would be keys', async () => {
    const { typist, shell, written } = setUp();
    shell.prompt(0);
    for (const command of ['a\x03b', 'a\x1b[201~b', 'a\rb', 'a\x7f', 'a\x9b']) {
      expect(await failure(typist.type(command, {}, true))).toBe('command-controls');
    }
    expect(written).toEqual([]);
  });
  test('into a shell that has ended', async () => {
    const { typist, watch } = setUp();
    watch.end();
    expect(await failure(typist.type('ls', {}, true))).toBe('shell-exited');
  });
  test('once it was given up', async () => {
    const { typist, written } = setUp();
    expect(await failure(typist.type('ls', { signal: AbortSignal.abort() }, true))).toBe('command-stopped');
    expect(written).toEqual([]);
  });
  test('right after the learner sent a line, until the shell has answered', async () => {
    const { typist, shell, watch, written } = setUp();
    shell.prompt(0);
    watch.lineSent();
    const run = typist.type('ls', {}, true);
    await Promise.resolve();
    expect(written).toEqual([]);
    shell.begin();
    shell.prompt(0);
    expect(await run).toEqual({ code: 0 });
  });
});

test('each line that was sent has its answer before a command is typed', async () => {
  const { typist, shell, watch, written } = setUp();
  shell.prompt(0);
  watch.lineSent();
  watch.lineSent();
  const run = typist.type('ls', {}, true);
  shell.prompt(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(written).toEqual([]);
  shell.prompt(130);
  expect(await run).toEqual({ code: 0 });
});

describe('a command that runs', () => {
  test('gets Ctrl-C when it is given up', async () => {
    const { typist, shell, written } = setUp({ react: endless });
    const stop = new AbortController();
    shell.prompt(0);
    const run = failure(typist.type('sleep 100', { signal: stop.signal, onStart: () => stop.abort() }, true));
    expect(await run).toBe('command-stopped');
    expect(written.at(-1)).toBe('\x03');
  });
  test('fails when the shell ends with it', async () => {
    const { typist, shell, watch } = setUp({ react: endless });
    shell.prompt(0);
    const run = failure(typist.type('exit 3', { onStart: () => watch.end() }, true));
    expect(await run).toBe('shell-exited');
  });
  test('and is incomplete is dropped', async () => {
    const { typist, shell, written } = setUp({
      react(text, to) {
        if (text !== '\r') return false;
        queueMicrotask(() => to.watch.take({ type: 'continuation' }));
        return true;
      },
    });
    shell.prompt(0);
    expect(await failure(typist.type('echo "', {}, true))).toBe('command-incomplete');
    expect(written.at(-1)).toBe('\x03');
  });
});
