/**
 * A real learner in a real class: the program in a pty on a sandbox, the class server beside it, both killed in the
 * middle. What the learner did is told once each, whatever was killed when.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ClassSnapshot, SeatPage } from '../../src/classroom/protocol/instructor-api.ts';
import { sessionFolder } from '../../src/journal/state-folder.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { forgetSession, lockstep, sharedState } from '../support/test-state.ts';

const patienceMs = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'lockstep-class-'));
let port = 0;
let server: ChildProcess | null = null;
let code = '';
let secret = '';
let program: LaunchedProgram | null = null;

/** Starts the class server, and waits until it has said where it is. */
async function serve(): Promise<void> {
  const [file, ...args] = lockstep;
  const child = spawn(file, [...args, 'class', 'serve', '--lesson', 'tour', '--listen', `127.0.0.1:${port}`], {
    env: { ...process.env, LOCKSTEP_STATE: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  await vi.waitFor(() => expect(said).toMatch(/instructor#\S+/), { timeout: patienceMs, interval: 50 });
  code = /code (\S+)/.exec(said)?.[1] ?? '';
  secret = /instructor#(\S+)/.exec(said)?.[1] ?? '';
}

async function killServer(): Promise<void> {
  const child = server;
  server = null;
  if (child === null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function seat() {
  const { seats } = await ask<ClassSnapshot>('/class');
  expect(seats).toHaveLength(1);
  return seats[0]!;
}

function learn(...args: readonly string[]): LaunchedProgram {
  program = launchProgram([...lockstep, ...args], { cols: 120, rows: 34, env: { LOCKSTEP_STATE: sharedState } });
  return program;
}

/** The journal's lines and what the class has of them are the same, each once. */
async function everythingTold(): Promise<void> {
  const path = join(sessionFolder(sharedState, 'tour'), 'journal.jsonl');
  await vi.waitFor(
    async () => {
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      const hashes = lines.map((line) => (JSON.parse(line) as { readonly hash: string }).hash);
      const { journals } = await ask<SeatPage>(`/seats/${(await seat()).seat}`);
      expect(journals).toHaveLength(1);
      expect(journals[0]!.reports.map(({ hash }) => hash)).toEqual(hashes);
    },
    { timeout: patienceMs, interval: 200 },
  );
}

beforeAll(async () => {
  // A port that is free now, and the same again after a restart.
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  await serve();
});
beforeEach(async () => {
  forgetSession('tour');
  if (server === null) await serve();
});
afterEach(async () => {
  await program?.kill();
});
afterAll(async () => {
  await killServer();
  forgetSession('tour');
  rmSync(join(sharedState, 'class.json'), { force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('what a learner does is told once each, though server and learner are killed, and the class reaches the learner', async () => {
  let learner = learn('join', `http://127.0.0.1:${port}/#${code}`, '--name', 'Ada');
  await learner.waitFor('● class', patienceMs);
  await learner.waitFor('ubuntu@bare:~$', patienceMs);
  await vi.waitFor(async () => expect((await seat()).open).toBe('introduction'), { timeout: patienceMs });
  const { lesson } = await ask<ClassSnapshot>('/class');
  const [, first] = lesson.sections;

  // Held before the first section of work, told so, and let go.
  await ask('/gate', { section: first!.id });
  await learner.waitFor('The class waits for the instructor before section 1.', patienceMs);
  learner.press('n');
  await learner.waitFor('The class waits before section 1', patienceMs);
  await ask('/gate', { section: null });
  await learner.waitFor('1 Run a block', patienceMs);

  // A hint reaches the lesson pane, and is known to have been shown.
  const check = first!.checks[0]!.id;
  await ask('/messages', { to: { type: 'all' }, kind: 'hint', check, text: 'Enter does the step.' });
  await learner.waitFor('▌ Enter does the step.', patienceMs);
  learner.press('m');
  await learner.waitFor((screen) => !screen.includes('Enter does the step.'), patienceMs);

  // The server is gone: work goes on and is counted.
  await killServer();
  await learner.waitFor('class offline', patienceMs);
  // A section that has just come up is not acted on yet.
  await learner.waitFor('⏎ run 3 commands', patienceMs);
  learner.press('Enter');
  await learner.waitFor(/class offline, \d+ waiting/, patienceMs);
  await learner.waitFor('Section 1 done.', patienceMs);

  // So is the learner, in the next moment. What the screen said is on the disk.
  learner.signal('SIGKILL');
  await learner.exit();
  await learner.kill();
  expect(readFileSync(join(sessionFolder(sharedState, 'tour'), 'journal.jsonl'), 'utf8')).toContain('"section-done"');
  await serve();

  // Run again without a word of the class, it is still in it.
  learner = learn('run', 'tour');
  await learner.waitFor('● class', patienceMs);
  await everythingTold();
  learner.press('u');
  learner.type('which file?\r');
  await vi.waitFor(async () => expect((await seat()).hand?.note).toBe('which file?'), { timeout: patienceMs });
  await vi.waitFor(async () => expect((await seat()).sections[first!.id]?.status).toBe('done'), { timeout: patienceMs });
  const now = await seat();
  expect(now.checks[check]?.verdict).toEqual({ status: 'pass' });

  // The terminal is seen only after a yes, and as it is.
  await ask(`/seats/${now.seat}/share`, {});
  await learner.waitFor('The instructor asks to see your terminal', patienceMs);
  learner.press('e');
  await learner.waitFor('Let the instructor see your terminal?', patienceMs);
  learner.press('y');
  await learner.waitFor('● seen by the instructor', patienceMs);
  const screen = await fetch(`http://127.0.0.1:${port}/api/v1/seats/${now.seat}/screen`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  const reader = screen.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  while (!seen.includes('ubuntu@bare')) seen += (await reader.read()).value ?? '';
  await reader.cancel();
  learner.press('e');
  await learner.waitFor((text) => !text.includes('seen by the instructor'), patienceMs);

  learner.press('q');
  await learner.exit();
  await everythingTold();
});

test('a lesson can be followed while its class cannot be reached, and one that is left is told nothing', async () => {
  const left = learn('leave');
  await left.waitFor('You have left the class', patienceMs);
  await left.kill();
  const wrong = learn('run', 'tour', '--class', `http://127.0.0.1:${port}`, '--code', 'NO-SUCH', '--name', 'Bob');
  await wrong.waitFor('There is no class with this join code here.', patienceMs);
  await wrong.kill();
  await killServer();
  const alone = learn('run', 'tour', '--class', `http://127.0.0.1:${port}/#${code}`, '--name', 'Bob');
  await alone.waitFor('class offline', patienceMs);
  alone.press('q');
  await alone.exit();
  // The next start still wants to join, and does as soon as the class is there.
  const again = learn('run', 'tour');
  await again.waitFor('class offline', patienceMs);
  await serve();
  await again.waitFor('● class', patienceMs);
  await vi.waitFor(async () => expect((await ask<ClassSnapshot>('/class')).seats.map(({ name }) => name)).toContain('Bob'), {
    timeout: patienceMs,
  });
  again.press('q');
  await again.exit();
});
