import { describe, expect, test } from 'vitest';
import type { FileStat, Host } from '../host/host.ts';
import { UserError } from '../model/errors.ts';
import type { Block, Lesson } from '../model/lesson.ts';
import type { DurableEvent, SessionEvent } from '../session/events.ts';
import type { Terminal, TerminalEvent } from '../terminal/terminal.ts';
import { createEngine } from './create-engine.ts';
import type { Engine } from './engine.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };

const blocks: readonly Block[] = [
  {
    kind: 'run',
    id: 's:1',
    commands: [
      { text: 'one', terminal: 1 },
      { text: 'two', terminal: 1 },
      { text: 'three', terminal: 1 },
    ],
    optional: false,
    place,
  },
  { kind: 'write', id: 's:2', path: '/etc/x', content: 'new\n', sudo: true, mode: { how: 'replace' }, optional: false, place },
  { kind: 'run', id: 's:3', commands: [{ text: 'tail -f log', terminal: 2 }], optional: true, place },
];

const lesson: Lesson = {
  id: 'l',
  title: 'L',
  dir: '/l',
  introduction: [],
  host: 'bare',
  user: 'ubuntu',
  hash: 'h',
  sections: [
    {
      id: 's',
      index: 0,
      title: 'S',
      shortTitle: 'S',
      kind: 'work',
      number: 1,
      body: [],
      blocks,
      checks: [],
      hints: [],
      explain: [],
      place,
    },
  ],
};

/** A shell that ends each command with the code written down for it, 0 otherwise; with -1 only when it is stopped. */
function fakeTerminal(codes: Readonly<Record<string, number>>) {
  const typed: string[] = [];
  const listeners = new Set<(event: TerminalEvent) => void>();
  const terminal = {
    cols: 80,
    rows: 24,
    atPrompt: true,
    alive: true,
    closed: false,
    async run(command: string, options: { readonly onStart?: () => void; readonly signal?: AbortSignal } = {}) {
      typed.push(command);
      options.onStart?.();
      await Promise.resolve();
      if (codes[command] === -1) {
        await new Promise((_, reject) =>
          options.signal?.addEventListener('abort', () => reject(new UserError('stopped', 'Stopped.'))),
        );
      }
      return { code: codes[command] ?? 0 };
    },
    async start(command: string) {
      typed.push(command);
    },
    resize(cols: number, rows: number) {
      terminal.cols = cols;
      terminal.rows = rows;
    },
    on(listener: (event: TerminalEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      terminal.closed = true;
    },
    emit(event: TerminalEvent) {
      for (const listener of listeners) listener(event);
    },
  };
  return { terminal, typed };
}

/** A host of one file, whose every wish but those is granted at once. */
function fakeHost(over: Partial<Host> = {}) {
  const files = new Map<string, string>([['/etc/x', 'old\n']]);
  const calls: string[] = [];
  let lost: (sentence: string) => void = () => {};
  const stat: FileStat = { type: 'file', owner: 'galaxy', group: 'galaxy', mode: '0640', size: 4 };
  const host: Partial<Host> = {
    kind: 'sandbox',
    capabilities: { snapshots: false, reset: true },
    prepare: async (tell) => tell({ sentence: 'Preparing', fraction: 0.5 }),
    start: async () => void calls.push('start'),
    stop: async () => void calls.push('stop'),
    stat: async (path) => (files.has(path) ? stat : null),
    readFile: async (path) => Buffer.from(files.get(path) ?? ''),
    writeFile: async (path, content, request) => {
      calls.push(`write ${path} as ${request.user}`);
      files.set(path, content.toString());
      return { backup: `${path}.~1~` };
    },
    onLost: (listener) => {
      lost = listener;
      return () => {};
    },
    ...over,
  };
  return { host: host as Host, files, calls, lose: (sentence: string) => lost(sentence) };
}

function session(
  options: {
    readonly host?: Partial<Host>;
    readonly codes?: Readonly<Record<string, number>>;
    readonly events?: readonly DurableEvent[];
    /** When what was appended is on the disk. */
    readonly flush?: () => Promise<void>;
  } = {},
) {
  const { host, files, calls, lose } = fakeHost(options.host);
  const shells: ReturnType<typeof fakeTerminal>[] = [];
  const kept: DurableEvent[] = [];
  const heard: SessionEvent[] = [];
  let at = 0;
  const engine: Engine = createEngine({
    lesson,
    host,
    journal: {
      events: options.events ?? [],
      append: (event) => void kept.push(event),
      ...(options.flush === undefined ? {} : { flush: options.flush }),
      close: async () => void calls.push('journal closed'),
    },
    openShell: async ({ cols, rows }) => {
      const shell = fakeTerminal(options.codes ?? {});
      shell.terminal.resize(cols, rows);
      shells.push(shell);
      return shell.terminal as unknown as Terminal;
    },
    version: '0',
    actor: 'learner',
    now: () => (at += 1000),
  });
  engine.onEvent((event) => heard.push(event));
  return { engine, files, calls, lose, shells, kept, heard };
}

const step = (engine: Engine, index: number) => engine.view.sections[0]?.steps[index];

describe('a start', () => {
  test('prepares, starts, opens a shell, and only then calls the host ready', async () => {
    const { engine, heard, shells } = session();
    engine.resizeTerminals(100, 30);
    await engine.start();
    expect(engine.view.host.status).toBe('ready');
    expect(heard.map((event) => event.type)).toContain('host-preparing');
    expect(shells[0]?.terminal).toMatchObject({ cols: 100, rows: 30 });
    await engine.close();
  });

  test('that fails says why and what to try, and nothing runs', async () => {
    const { engine, shells } = session({
      host: { prepare: () => Promise.reject(new UserError('no', 'No overlayfs here.', { tries: ['Use a VM.'] })) },
    });
    await engine.start();
    expect(engine.view.host).toMatchObject({ status: 'failed', sentence: 'No overlayfs here.', tries: ['Use a VM.'] });
    engine.ask({ type: 'run', block: 's:1' });
    expect(shells).toHaveLength(0);
    await engine.close();
  });

  test('makes the shell ready meanwhile on a host that takes it early, and shows it once the host is ready', async () => {
    let begin = (): void => {};
    const start = () =>
      new Promise<void>((resolve) => {
        begin = resolve;
      });
    const { engine, shells } = session({ host: { takesShellsEarly: true, start } });
    const started = engine.start();
    await expect.poll(() => shells.length).toBe(1);
    expect(engine.tabs).toHaveLength(0);
    begin();
    await started;
    expect(engine.tabs.map((tab) => tab.terminal)).toEqual([shells[0]?.terminal]);
    await engine.close();
    expect(shells).toHaveLength(1);
  });

  test('closes a shell that was made ready where the host does not start after all, and replaces one that has ended', async () => {
    let fails = true;
    const start = async () => {
      const { length } = shells;
      await expect.poll(() => shells.length).toBe(length + 1);
      if (fails) throw new UserError('no', 'No start.');
      const early = shells.at(-1);
      if (early) early.terminal.alive = false;
    };
    const { engine, shells } = session({ host: { takesShellsEarly: true, start } });
    await engine.start();
    await expect.poll(() => shells.map(({ terminal }) => terminal.closed)).toEqual([true]);
    fails = false;
    engine.ask({ type: 'restart-host' });
    await expect.poll(() => engine.view.host.status).toBe('ready');
    expect(shells.map(({ terminal }) => terminal.closed)).toEqual([true, true, false]);
    expect(engine.tabs.map((tab) => tab.terminal)).toEqual([shells[2]?.terminal]);
    await engine.close();
  });

  test('after an earlier session goes on with it', async () => {
    const first = session();
    await first.engine.start();
    first.engine.ask({ type: 'write', block: 's:2' });
    await expect.poll(() => first.engine.view.question?.type).toBe('write');
    first.engine.ask({ type: 'confirm' });
    await expect.poll(() => step(first.engine, 1)?.status).toBe('done');
    await first.engine.close();
    const { engine, kept } = session({ events: first.kept });
    expect(step(engine, 1)?.status).toBe('done');
    await engine.start();
    expect(kept[0]?.type).toBe('session-resumed');
    await engine.close();
  });
});

describe('a run block', () => {
  test('is typed command by command', async () => {
    const { engine, shells } = session();
    await engine.start();
    engine.ask({ type: 'run', block: 's:1' });
    await expect.poll(() => step(engine, 0)?.status).toBe('done');
    expect(shells[0]?.typed).toEqual(['one', 'two', 'three']);
    await engine.close();
  });

  test('stops at the first command that fails and says which', async () => {
    const { engine, shells } = session({ codes: { two: 3 } });
    await engine.start();
    engine.ask({ type: 'run', block: 's:1' });
    await expect.poll(() => step(engine, 0)?.status).toBe('failed');
    expect(shells[0]?.typed).toEqual(['one', 'two']);
    expect(step(engine, 0)).toMatchObject({
      finished: 1,
      sentence: '`two` ended with exit code 3. The commands after it were not typed.',
    });
    await engine.close();
  });

  test('for another terminal opens one, is named for what runs there and is not waited for', async () => {
    const { engine, shells } = session();
    await engine.start();
    engine.ask({ type: 'run', block: 's:3' });
    await expect.poll(() => step(engine, 2)?.status).toBe('done');
    expect(engine.tabs.map((tab) => tab.title)).toEqual(['shell', 'tail']);
    expect(shells[1]?.typed).toEqual(['tail -f log']);
    await engine.close();
  });

  test('is not typed into a program that is still running there', async () => {
    const { engine, shells } = session();
    await engine.start();
    if (shells[0]) shells[0].terminal.atPrompt = false;
    engine.ask({ type: 'run', block: 's:1' });
    await expect.poll(() => step(engine, 0)?.status, { timeout: 10_000 }).toBe('failed');
    expect(shells[0]?.typed).toEqual([]);
    expect(step(engine, 0)?.sentence).toContain('busy with another program');
    await engine.close();
  });
});

describe('a file block', () => {
  test('is shown with what changes, keeps owner and mode, and is written as root only after a yes', async () => {
    const { engine, files, calls } = session();
    await engine.start();
    engine.ask({ type: 'write', block: 's:2' });
    await expect.poll(() => engine.view.question).not.toBeNull();
    expect(engine.view.question).toMatchObject({
      preview: { path: '/etc/x', as: 'root', owner: 'galaxy', mode: '0640', exists: true },
    });
    expect(files.get('/etc/x')).toBe('old\n');
    engine.ask({ type: 'cancel' });
    expect(files.get('/etc/x')).toBe('old\n');
    engine.ask({ type: 'write', block: 's:2' });
    await expect.poll(() => engine.view.question).not.toBeNull();
    engine.ask({ type: 'confirm' });
    await expect.poll(() => step(engine, 1)?.status).toBe('done');
    expect(files.get('/etc/x')).toBe('new\n');
    expect(calls).toContain('write /etc/x as root');
    await engine.close();
  });

  test('is refused where something else than a file is, and that is left alone', async () => {
    const fifo: FileStat = { type: 'fifo', owner: 'root', group: 'root', mode: '0644', size: 0 };
    const { engine, calls } = session({ host: { stat: async () => fifo } });
    await engine.start();
    engine.ask({ type: 'write', block: 's:2' });
    await expect.poll(() => step(engine, 1)?.status).toBe('failed');
    expect(step(engine, 1)?.sentence).toContain('is a fifo, not a file');
    expect(calls.some((call) => call.startsWith('write'))).toBe(false);
    await engine.close();
  });
});

describe('shells and hosts that go', () => {
  test('a first shell that was left gets a successor in its place', async () => {
    const { engine, shells } = session();
    await engine.start();
    shells[0]?.terminal.emit({ type: 'exited', code: 0, signal: null });
    await expect.poll(() => shells.length).toBe(2);
    await expect.poll(() => engine.tabs.length).toBe(1);
    expect(shells[0]?.terminal.closed).toBe(true);
    await engine.close();
  });

  test('a lost host is told, and what is kept', async () => {
    const { engine, lose } = session();
    await engine.start();
    lose('The sandbox has ended.');
    expect(engine.view.host).toMatchObject({ status: 'lost', sentence: 'The sandbox has ended.' });
    await engine.close();
  });

  test('a block that was being typed ends with the host, and no more of it is typed', async () => {
    const { engine, lose, shells } = session({ codes: { two: -1 } });
    await engine.start();
    engine.ask({ type: 'run', block: 's:1' });
    await expect.poll(() => shells[0]?.typed).toEqual(['one', 'two']);
    lose('The connection is gone.');
    await expect.poll(() => step(engine, 0)?.status).toBe('failed');
    expect(engine.view).toMatchObject({ running: null, host: { status: 'lost' } });
    expect(shells[0]?.typed).toEqual(['one', 'two']);
    await engine.close();
  });

  test('closing ends shells, host and journal, once', async () => {
    const { engine, calls, shells } = session();
    await engine.start();
    await Promise.all([engine.close(), engine.close()]);
    expect(shells[0]?.terminal.closed).toBe(true);
    expect(calls.filter((call) => call === 'stop' || call === 'journal closed')).toEqual(['stop', 'journal closed']);
  });
});

test('a section is not shown as done before that is on the disk, and nothing else waits for it', async () => {
  let written: () => void = () => {};
  const flush = (): Promise<void> => new Promise((resolve) => (written = resolve));
  const { engine, kept, shells } = session({ flush });
  await engine.start();
  engine.ask({ type: 'skip' });
  engine.ask({ type: 'confirm' });
  let told = 0;
  engine.onChange(() => (told += 1));
  const meanwhile: unknown[] = [];
  const deaf = engine.onEvent(() => meanwhile.push(engine.view.sections[0]?.status));
  engine.ask({ type: 'confirm' });
  deaf();
  expect(new Set(meanwhile)).toEqual(new Set(['open']));
  expect(kept.map(({ type }) => type)).toContain('section-skipped');
  expect([engine.view.sections[0]?.status, engine.view.finished]).toEqual(['open', false]);
  await engine.openTab();
  expect(shells).toHaveLength(2);
  const before = told;
  written();
  await expect.poll(() => engine.view.sections[0]?.status).toBe('skipped');
  expect(engine.view.finished).toBe(true);
  expect(told).toBeGreaterThan(before);
});

test('what happened for good is in the journal, in order, and nothing else', async () => {
  const { engine, kept } = session();
  await engine.start();
  engine.ask({ type: 'run', block: 's:1' });
  await expect.poll(() => step(engine, 0)?.status).toBe('done');
  expect(kept.map((event) => event.type)).toEqual(['session-started', 'section-opened', 'step-started', 'step-finished']);
  await engine.close();
});
