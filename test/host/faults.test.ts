/**
 * The whole program under faults: killed at random moments while somebody presses keys, and with a full disk under its
 * journal. What was recorded stays recorded, and after the next start nothing of the killed one is left on the machine.
 *
 * LOCKSTEP_FAULT_ROUNDS says how often it is killed (4 where nothing is said), LOCKSTEP_FAULT_SEED repeats a run.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { readContents } from '../../src/journal/read-journal.ts';
import type { DurableEvent } from '../../src/session/events.ts';
import { followUntil, openSection } from '../support/attendee.ts';
import { leftovers, pause, randomFrom } from '../support/fault-tools.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

const rounds = Number(process.env['LOCKSTEP_FAULT_ROUNDS'] ?? 4);
const seed = Number(process.env['LOCKSTEP_FAULT_SEED'] ?? Date.now() % 1_000_000);
/** A program lives for at most this long, milliseconds; in it the tour's host starts and several sections are done. */
const longestLife = 9_000;

const folders: string[] = [];
beforeEach((context) => {
  if (process.getuid?.() !== 0) context.skip('a sandbox without being asked for a password needs root');
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshState(): string {
  const folder = mkdtempSync('/var/tmp/lockstep-test-faults-');
  folders.push(folder);
  return folder;
}

function launch(stateDir: string): LaunchedProgram {
  const program = launchProgram([...lockstep, 'run', 'tour'], { cols: 120, rows: 36, env: { LOCKSTEP_STATE: stateDir } });
  onTestFinished(() => program.kill());
  return program;
}

const journalOf = (stateDir: string): string => join(stateDir, 'sessions/tour/journal.jsonl');

function recorded(stateDir: string): ReturnType<typeof readContents> {
  const path = journalOf(stateDir);
  return readContents(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
}

/** What somebody does now and then; `end` is when the program is killed, milliseconds since 1970. */
type Habit = (program: LaunchedProgram, end: number) => Promise<void>;

const press =
  (...keys: readonly string[]): Habit =>
  async (program, end) => {
    for (const key of keys) {
      program.press(key);
      await pause(Math.min(60, Math.max(0, end - Date.now())));
    }
  };

/** Back to the start of the section before: each key once the screen offers it, since one that comes too early is lost. */
const goBack: Habit = async (program, end) => {
  const shows = (what: RegExp): Promise<boolean> =>
    program.waitFor(what, Math.max(1, Math.min(1_000, end - Date.now()))).then(
      () => true,
      () => false,
    );
  // What lies over the lesson goes away, and a shell gives the keys back.
  for (const key of ['Escape', 'Ctrl-]']) {
    if (/ g go to/.test(program.screen())) break;
    program.press(key);
    await shows(/ g go to/);
  }
  program.press('g');
  if (!(await shows(/r back to its start/))) return;
  program.press('Up', 'r');
  if (await shows(/y go back/)) program.press('y');
};

/** Somebody who mostly goes on, and now and then goes back, takes a hint, asks or answers. */
const onward = press('Enter');
const habits = [
  onward,
  onward,
  onward,
  onward,
  onward,
  press('y'),
  press('y'),
  press('n'),
  press('c'),
  press('?'),
  goBack,
  press('Escape'),
  press('t', 'Ctrl-]'),
  press('x'),
];

async function live(program: LaunchedProgram, random: () => number, forMs: number): Promise<void> {
  const end = Date.now() + forMs;
  while (Date.now() < end) await (habits[Math.floor(random() * habits.length)] ?? onward)(program, end);
}

test(
  `killed at ${rounds} random moments, it loses nothing that was recorded, and the next start leaves nothing behind`,
  async () => {
    const stateDir = freshState();
    const random = randomFrom(seed);
    let known: readonly DurableEvent[] = [];
    const seen = { torn: 0, cleanAtOnce: 0, rewinds: 0, events: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const program = launch(stateDir);
      await live(program, random, random() * longestLife);
      program.signal('SIGKILL');
      await program.exit();
      const { state, events } = recorded(stateDir);
      const about = `seed ${seed}, round ${round}`;
      expect(['good', 'torn'], about).toContain(state);
      expect(events.slice(0, known.length), about).toEqual(known);
      known = events;
      if (state === 'torn') seen.torn += 1;
      await pause(random() * 400);
      if (leftovers(stateDir).length === 0) seen.cleanAtOnce += 1;
      await program.kill();
    }
    const last = launch(stateDir);
    await last.waitFor(/ubuntu@bare:~\$|drifted/, 60_000);
    expect(recorded(stateDir).events.slice(0, known.length)).toEqual(known);
    last.signal('SIGTERM');
    await last.exit(30_000);
    seen.events = known.length;
    seen.rewinds = known.filter((event) => event.type === 'section-rewound').length;
    console.info(`killed ${rounds} times with seed ${seed}: ${JSON.stringify(seen)}`);
    await expect.poll(() => leftovers(stateDir), { timeout: 15_000 }).toEqual([]);
  },
  60_000 + rounds * 20_000,
);

test('with a full disk under its journal the lesson goes on, the learner is told, and all of it is saved once there is room', async () => {
  const stateDir = freshState();
  const disk = join(stateDir, 'sessions');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  const program = launch(stateDir);
  await program.waitFor('ubuntu@bare:~$', 60_000);
  await followUntil(program, (screen) => openSection(screen).startsWith('1 '));
  const ballast = join(disk, 'ballast');
  try {
    for (let size = 1024; ; size += 1024) writeFileSync(ballast, Buffer.alloc(size));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
  await followUntil(program, (screen) => openSection(screen).startsWith('2 '));
  const during = recorded(stateDir);
  expect(['good', 'torn']).toContain(during.state);
  unlinkSync(ballast);
  await expect
    .poll(() => recorded(stateDir).events, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ type: 'section-done', section: 'section-1---run-a-block' }));
  program.signal('SIGTERM');
  await program.exit(30_000);
  const { state, events } = recorded(stateDir);
  expect(state).toBe('good');
  expect(events.slice(0, during.events.length)).toEqual(during.events);
  await expect.poll(() => leftovers(stateDir).filter((line) => !line.includes(disk)), { timeout: 15_000 }).toEqual([]);
}, 120_000);

/** Writes to a file until nothing more goes into it. */
function fillUp(path: string): void {
  for (const size of [1 << 20, 4096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
}

test('with a full disk under journal and sandbox at once the learner is told why, and with room again all of it goes on', async () => {
  const stateDir = freshState();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600m', 'tmpfs', stateDir]);
  onTestFinished(() => void execFileSync('umount', ['-l', stateDir]));
  const program = launch(stateDir);
  await program.waitFor('ubuntu@bare:~$', 60_000);
  await followUntil(program, (screen) => openSection(screen).startsWith('1 '));
  program.press('Ctrl-]');
  program.type('echo precious > ~/kept; sync; echo kept-$((40 + 2))\r');
  await program.waitFor('kept-42');
  program.press('Ctrl-]');
  const before = recorded(stateDir).events;
  const ballast = join(stateDir, 'ballast');
  fillUp(ballast);
  // Something of the learner's own fills what the image had left.
  program.press('Ctrl-]');
  program.type('head -c 600000000 /dev/zero > ~/large; echo wrote-$?\r');
  await program.waitFor(/wrote-\d/, 60_000);
  program.press('Ctrl-]');
  // What the sandbox has put by for such a moment is used up as well.
  for (let more = 0; more < 5; more += 1) {
    fillUp(ballast);
    await pause(500);
  }
  await program.waitFor(/ {2}⏎ run 3 commands|The disk that .* is full/);
  program.press('Enter');
  // Whatever gives way first, it is said what is full: in the shell, by the host, or once something is to be recorded.
  const wall = /mkdir: cannot create directory|The disk that .* is full/;
  const after = await program.waitFor((screen) => wall.test(screen) || screen.includes('⏎ Section 2'), 60_000);
  if (!wall.test(after)) {
    fillUp(ballast);
    program.press('Enter');
    await program.waitFor(/Your progress cannot be saved|The disk that .* is full/, 60_000);
  }
  expect(program.screen()).not.toContain('ended unexpectedly');
  const during = recorded(stateDir);
  expect(['good', 'torn']).toContain(during.state);
  expect(during.events.slice(0, before.length)).toEqual(before);
  program.signal('SIGTERM');
  await program.exit(60_000);
  unlinkSync(ballast);
  const again = launch(stateDir);
  await again.waitFor(/ubuntu@bare:~\$/, 60_000);
  again.press('Ctrl-]');
  again.type('cat ~/kept; rm -f ~/large; echo again-$((40 + 2))\r');
  expect(await again.waitFor('again-42')).toContain('precious');
  again.press('Ctrl-]');
  await followUntil(again, (screen) => openSection(screen).startsWith('2 '));
  again.signal('SIGTERM');
  await again.exit(30_000);
  const { state, events } = recorded(stateDir);
  expect(state).toBe('good');
  expect(events.slice(0, during.events.length)).toEqual(during.events);
}, 180_000);
