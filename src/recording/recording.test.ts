import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { englishCommands } from '../words/command-words.ts';
import type { CastEvent } from './asciicast.ts';
import { createPlayer, type PlayerClock } from './player.ts';
import { readCast } from './read-cast.ts';
import { createRecorder, type RecorderOptions } from './recorder.ts';
import { markerOf, summarize, summaryLines } from './summary.ts';
import { tee } from './tee.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-cast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function freshPath(): string {
  files += 1;
  return join(folder, `${files}.cast`);
}

function record(path: string, more: Partial<RecorderOptions> = {}) {
  let now = 1_000_000;
  const recorder = createRecorder({
    path,
    force: false,
    title: 'A lesson',
    cols: 80,
    rows: 24,
    env: { TERM: 'xterm', HOME: '/home/me', SHELL: '/bin/bash' },
    now: () => now,
    onTrouble: () => {},
    ...more,
  });
  return {
    recorder,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

async function eventsOf(path: string): Promise<readonly CastEvent[]> {
  const reader = await readCast(path);
  const all: CastEvent[] = [];
  for await (const event of reader.events) all.push(event);
  return all;
}

describe('recording', () => {
  test('what is shown, marked and resized can be read back, with its times', async () => {
    const path = freshPath();
    const { recorder, pass } = record(path);
    recorder.output('\x1b[31mhé"llo\r\n');
    pass(1_500);
    recorder.marker('Section 1: Begin');
    recorder.resized(100, 30);
    recorder.close();
    expect(await eventsOf(path)).toEqual([
      { at: 0, code: 'o', data: '\x1b[31mhé"llo\r\n' },
      { at: 1.5, code: 'm', data: 'Section 1: Begin' },
      { at: 1.5, code: 'r', data: '100x30' },
    ]);
    const header = JSON.parse(readFileSync(path, 'utf8').split('\n')[0]!);
    expect(header).toEqual({
      version: 2,
      width: 80,
      height: 24,
      timestamp: 1000,
      title: 'A lesson',
      env: { TERM: 'xterm', SHELL: '/bin/bash' },
    });
  });

  test('each event is in the file before the next thing happens, and for the learner only', async () => {
    const path = freshPath();
    const { recorder } = record(path);
    recorder.output('one');
    expect(await eventsOf(path)).toHaveLength(1);
    recorder.output('two');
    expect(await eventsOf(path)).toHaveLength(2);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    recorder.close();
  });

  test('a character that is cut in two by the stream stays one', async () => {
    const path = freshPath();
    const { recorder } = record(path);
    const bytes = Buffer.from('é速');
    for (const byte of bytes) recorder.output(Buffer.from([byte]));
    recorder.close();
    expect((await eventsOf(path)).map((event) => event.data)).toEqual(['é', '速']);
  });

  test('a file that is there is not replaced unless asked for', () => {
    const path = freshPath();
    writeFileSync(path, 'precious');
    expect(() => record(path)).toThrow(/is there already/);
    expect(readFileSync(path, 'utf8')).toBe('precious');
    record(path, { force: true }).recorder.close();
    expect(readFileSync(path, 'utf8')).not.toContain('precious');
  });

  test('a folder that is not there is told', () => {
    expect(() => record(join(folder, 'none', 'x.cast'))).toThrow(/cannot be written/);
  });

  test('a full disk ends the recording, is told once, and nothing else', () => {
    const troubles: string[] = [];
    const { recorder } = record('/dev/full', { force: true, onTrouble: (sentence) => troubles.push(sentence) });
    recorder.output('x');
    recorder.output('y');
    recorder.close();
    expect(troubles).toEqual([expect.stringContaining('The recording ends here')]);
  });

  test('the tee hands everything on and records it', () => {
    const written: unknown[] = [];
    const heard: unknown[] = [];
    const stream = { columns: 80, write: (...args: unknown[]) => written.push(args) > 0 } as unknown as NodeJS.WriteStream;
    const teed = tee(stream, { output: (data) => void heard.push(data) });
    const done = (): void => {};
    teed.write('text', done);
    expect(written).toEqual([['text', done]]);
    expect(heard).toEqual(['text']);
    expect(teed.columns).toBe(80);
  });
});

describe('reading', () => {
  test('a last line that is not whole is where the recording ends', async () => {
    const path = freshPath();
    const { recorder } = record(path);
    recorder.output('one');
    recorder.output('two');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, -6));
    expect((await eventsOf(path)).map((event) => event.data)).toEqual(['one']);
  });

  test('a line in the middle that is no event is told with its number', async () => {
    const path = freshPath();
    writeFileSync(path, '{"version":2,"width":80,"height":24}\n[0,"o","a"]\nnonsense\n[1,"o","b"]\n');
    await expect(eventsOf(path)).rejects.toThrow(`${path}:3 is no event`);
  });

  test('input events of other programs are passed over', async () => {
    const path = freshPath();
    writeFileSync(path, '{"version":2,"width":80,"height":24}\n[0,"i","a"]\n[1,"o","b"]\n');
    expect(await eventsOf(path)).toEqual([{ at: 1, code: 'o', data: 'b' }]);
  });

  test.each([
    ['{"version":3,"term":{"cols":80,"rows":24}}\n', /asciicast v3/],
    ['# a lesson\n', /no recording/],
    ['', /no recording/],
    ['{"version":2,"width":-1,"height":24}\n', /no recording/],
  ])('%j is refused', async (text, sentence) => {
    const path = freshPath();
    writeFileSync(path, text);
    await expect(readCast(path)).rejects.toThrow(sentence);
  });

  test('a file that is not there is told', async () => {
    await expect(readCast(join(folder, 'none.cast'))).rejects.toThrow(/cannot be read: there is no such file\./);
  });
});

async function* stream(events: readonly CastEvent[]): AsyncGenerator<CastEvent, void, undefined> {
  yield* events;
}

const story: readonly CastEvent[] = [
  { at: 0, code: 'o', data: 'a' },
  { at: 1, code: 'm', data: 'Introduction' },
  { at: 2, code: 'o', data: 'b' },
  { at: 5, code: 'm', data: 'Section 1: Begin' },
  { at: 5, code: 'o', data: 'c' },
  { at: 65, code: 'o', data: 'd\x1b]52;c;eA==\x07' },
];

test('the summary gives duration and markers, and a section is found by its number', async () => {
  const summary = await summarize({ width: 80, height: 24, title: 'A lesson' }, stream(story));
  expect(summaryLines('a.cast', summary, englishCommands.replay, (text) => text)).toEqual([
    'a.cast: A lesson',
    '  0:01:05 long, 4 pieces of output, 80 columns by 24 rows',
    '  0:00:01  Introduction',
    '  0:00:05  Section 1: Begin',
  ]);
  expect(markerOf(summary.markers, 1)?.label).toBe('Section 1: Begin');
  expect(markerOf(summary.markers, 2)).toBeUndefined();
  expect(markerOf(summary.markers.slice(0, 1), 1)?.label).toBe('Introduction');
});

/** A clock that a test moves. */
function handClock(): PlayerClock & { pass(ms: number): Promise<void>; readonly waiting: number } {
  let now = 0;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    get waiting() {
      return timers.length;
    },
    async pass(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.callback();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function playing(options: { readonly speed?: number; readonly from?: number | null } = {}) {
  const clock = handClock();
  let shown = '';
  const player = createPlayer({
    events: stream(story),
    show: (text) => {
      shown += text;
    },
    speed: options.speed ?? 1,
    from: options.from ?? null,
    clock,
  });
  const end = player.play();
  return { clock, player, end, shown: () => shown };
}

describe('playing', () => {
  test('pieces come at their times, at the speed asked for, and only what draws is shown', async () => {
    const { clock, end, shown } = playing({ speed: 2 });
    await clock.pass(0);
    expect(shown()).toBe('a');
    await clock.pass(500);
    await clock.pass(499);
    expect(shown()).toBe('a');
    await clock.pass(1);
    expect(shown()).toBe('ab');
    await clock.pass(1_500);
    expect(shown()).toBe('abc');
    await clock.pass(30_000);
    expect(await end).toBe('ended');
    expect(shown()).toBe('abcd');
  });

  test('from a section on: what came before is there at once', async () => {
    const { clock, shown } = playing({ from: 1 });
    await clock.pass(0);
    expect(shown()).toBe('abc');
    expect(clock.waiting).toBe(1);
  });

  test('space stops the clock and starts it again with what was left', async () => {
    const { clock, player, shown } = playing({ from: 1 });
    await clock.pass(0);
    await clock.pass(40_000);
    player.key(' ');
    await clock.pass(100_000);
    expect(shown()).toBe('abc');
    player.key(' ');
    await clock.pass(19_999);
    expect(shown()).toBe('abc');
    await clock.pass(1);
    expect(shown()).toBe('abcd');
  });

  test('a dot shows the next piece while it is stopped, and does nothing otherwise', async () => {
    const { clock, player, shown } = playing({ from: 1 });
    await clock.pass(0);
    player.key('.');
    await clock.pass(0);
    expect(shown()).toBe('abc');
    player.key(' ');
    player.key('.');
    await clock.pass(0);
    expect(shown()).toBe('abcd');
  });

  test('dots that come faster than pieces are shown are not lost', async () => {
    const { clock, player, shown } = playing();
    player.key(' ');
    for (const key of '....') player.key(key);
    await clock.pass(0);
    expect(shown()).toBe('ab');
  });

  test.each(['q', '\x03'])('%j ends it', async (key) => {
    const { clock, player, end } = playing();
    await clock.pass(0);
    player.key(key);
    expect(await end).toBe('quit');
    expect(clock.waiting).toBe(0);
  });
});
