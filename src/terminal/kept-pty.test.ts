/** The client's half of a kept shell, against a keeper that is played: what is lost on the way is asked for again. */
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import type { KeptShell } from '../host/host.ts';
import { frame, frameReader } from './frames.ts';
import { openKeptPty } from './kept-pty.ts';

type Channel = Awaited<ReturnType<KeptShell>>;

/** One connection: what the client said on it, and a way to answer and to cut it. */
class Line {
  readonly how: string;
  readonly heard: string[] = [];
  readonly channel: Channel;
  readonly #stdout = new PassThrough();

  constructor(how: string) {
    this.how = how;
    const stdin = new PassThrough();
    const read = frameReader((kind, content) => void this.heard.push(`${kind} ${content.toString()}`));
    stdin.on('data', read);
    const events = new PassThrough();
    this.channel = Object.assign(events, {
      stdin,
      stdout: this.#stdout,
      stderr: new PassThrough(),
      kill: () => true,
    }) as unknown as Channel;
  }

  say(kind: string, content: string): void {
    this.#stdout.write(frame(kind, content));
  }

  cut(code: number): void {
    this.channel.emit('close', code, null);
  }
}

function open() {
  const lines: Line[] = [];
  const told: string[] = [];
  const pty = openKeptPty(
    async (how) => {
      const line = new Line(how);
      lines.push(line);
      return line.channel;
    },
    { cols: 80, rows: 24 },
    {
      data: (bytes) => void told.push(bytes.toString()),
      settled() {},
      exit: (code, signal) => void told.push(`exit ${code} ${signal}`),
    },
  );
  const line = async (index: number): Promise<Line> => {
    await vi.waitFor(() => expect(lines[index]?.heard[0]).toMatch(/^h /), 3_000);
    return lines[index]!;
  };
  return { pty, line, told };
}

test('after a cut it says what it has, and sends again only what has not arrived', async () => {
  const { pty, line, told } = open();
  const first = await line(0);
  expect([first.how, first.heard]).toEqual(['start', ['h 0', 'r 80 24']]);
  first.say('h', '0');
  first.say('o', 'hello');
  await vi.waitFor(() => expect(told).toEqual(['hello']));
  pty.write('one ');
  pty.write('two ');
  await vi.waitFor(() => expect(first.heard).toContain('i two '));
  first.say('n', '4');
  await vi.waitFor(() => expect(first.heard).toContain('a 5'));
  first.cut(255);
  pty.write('three');
  pty.resize(100, 30);
  expect(pty.delivered?.()).toBe(false);
  const second = await line(1);
  expect([second.how, second.heard]).toEqual(['attach', ['h 5', 'r 100 30']]);
  // The keeper has more than it could say.
  second.say('h', '6');
  await vi.waitFor(() => expect(second.heard).toContain('i o three'));
  second.say('n', '13');
  second.say('o', ' again');
  await vi.waitFor(() => expect(pty.delivered?.()).toBe(true));
  await vi.waitFor(() => expect(told.join('')).toBe('hello again'));
});

test('what was on its way on a dead connection does not count twice', async () => {
  const { line, told } = open();
  const first = await line(0);
  first.say('h', '0');
  first.say('o', 'a');
  await vi.waitFor(() => expect(told).toEqual(['a']));
  first.cut(255);
  first.say('o', 'b');
  const second = await line(1);
  expect(second.heard[0]).toBe('h 1');
  second.say('h', '0');
  second.say('o', 'b');
  await vi.waitFor(() => expect(told.join('')).toBe('ab'));
});

test('a start that was not heard of is asked for again', async () => {
  const { line } = open();
  (await line(0)).cut(255);
  expect((await line(1)).how).toBe('start');
});

test('the shell’s end is told once, by its code or its signal', async () => {
  const { line, told } = open();
  const first = await line(0);
  first.say('h', '0');
  first.say('o', 'bye');
  first.say('x', '137');
  await vi.waitFor(() => expect(told).toEqual(['bye', 'exit null 9']));
  expect(first.heard.at(-1)).toBe('q ');
  first.cut(0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toHaveLength(2);
});

test('a keeper that is gone has taken the shell with it', async () => {
  const { line, told } = open();
  const first = await line(0);
  first.say('h', '0');
  await vi.waitFor(() => expect(first.heard).toHaveLength(2));
  first.cut(255);
  (await line(1)).cut(3);
  await vi.waitFor(() => expect(told).toEqual(['exit null null']));
});

test('hanging up tells the keeper', async () => {
  const { pty, line, told } = open();
  const first = await line(0);
  first.say('h', '0');
  pty.close();
  await vi.waitFor(() => expect(first.heard).toContain('q '));
  first.cut(0);
  pty.write('x');
  expect(told).toEqual([]);
});
