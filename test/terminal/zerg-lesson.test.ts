import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followUntil, openSection } from '../support/attendee.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { machineListing } from '../support/machine-listing.ts';
import { forgetSession, lockstep, sharedState } from '../support/test-state.ts';

const lesson = 'uwsgi-zerg-mode';
const prepareMs = 900_000;
const size = { cols: 140, rows: 40 };

function launch(): LaunchedProgram {
  return launchProgram([...lockstep, 'run', lesson], { ...size, env: { LOCKSTEP_STATE: sharedState } });
}

/** Types a line into the shell and comes back to the lesson. */
async function inShell(program: LaunchedProgram, line: string, expected: string | RegExp): Promise<void> {
  program.press('Ctrl-]');
  program.type(line);
  program.press('Enter');
  await program.waitFor(expected, 60_000);
  program.press('Ctrl-]');
}

/** What runs on the lesson's host, and what holds it: nothing of it may outlive the program. */
function leftovers(): readonly string[] {
  const lines = (file: string, args: readonly string[]): readonly string[] =>
    execFileSync(file, args, { encoding: 'utf8' }).split('\n');
  const processes = lines('ps', ['-eo', 'pid,stat,args']).filter(
    (line) => line.includes(sharedState) && !line.includes(' ps ') && !/^\s*\d+\s+Z/.test(line),
  );
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(sharedState));
  const loops = lines('losetup', ['-a']).filter((line) => line.includes(sharedState));
  return [...processes, ...mounts, ...loops];
}

/** Names of the control groups that sandboxes of this lesson run in, on the whole machine. */
function groups(): readonly string[] {
  // Groups come and go while they are listed: find goes on where one has gone.
  const found = spawnSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `lockstep-*-${lesson}`], { encoding: 'utf8' }).stdout;
  return [...new Set(found.split('\n').map((path) => basename(path)))].filter((name) => name !== '');
}

/** True for the group of this test's own sandbox: its name holds the pid of a helper that works in our state folder. */
function isOurs(name: string): boolean {
  const pid = /^lockstep-(\d+)-/.exec(name)?.[1] ?? '0';
  return spawnSync('cat', [`/proc/${pid}/cmdline`], { encoding: 'utf8' }).stdout.includes(sharedState);
}

let program: LaunchedProgram;
let outside: ReadonlyMap<string, string>;

beforeAll(() => {
  forgetSession(lesson);
  outside = machineListing();
});

afterAll(async () => {
  await program?.kill();
});

test(
  'an attendee sees the lesson while the host is prepared, then a shell',
  async () => {
    program = launch();
    await program.waitFor('Introduction', 20_000);
    await program.waitFor('ubuntu@galaxy:~$', prepareMs);
    expect(openSection(program.screen())).toBe('Introduction');
  },
  prepareMs + 60_000,
);

test('section 1 opens after the introduction and stays closed to what comes after it until its work is done', async () => {
  await followUntil(program, (screen) => openSection(screen).startsWith('1 '));
  await program.waitFor('Checks  0 of 7', 20_000);
  // The sections after it can be named, not opened: Enter on a locked one changes nothing.
  program.press('g');
  await program.waitFor((screen) => screen.includes('you are here') && /· 2 {2}Configure Galaxy/.test(screen));
  program.press('Down', 'Enter');
  program.press('Escape');
  await program.waitFor((screen) => !screen.includes('you are here'));
  expect(openSection(program.screen())).toBe('1 Configure Supervisor');
});

test('half of the work does not unlock it, all of it does', async () => {
  await followUntil(program, (screen) => screen.includes('Checks  2 of 7'));
  expect(openSection(program.screen())).toBe('1 Configure Supervisor');
  expect(program.screen()).not.toContain('Section 1 done');
  await followUntil(program, (screen) => screen.includes('Section 1 done'));
}, 60_000);

test('work typed by hand into the shell counts as well, and a file is written with what was there kept', async () => {
  await followUntil(program, (screen) => openSection(screen).startsWith('2 '));
  await program.waitFor('Checks  0 of 5', 20_000);
  await followUntil(program, (screen) => screen.includes('Section 2 done'));
  await inShell(program, 'ls /srv/galaxy/config', 'galaxy.ini.~1~');
}, 60_000);

test('killed in the middle of section 3, it leaves nothing running and nothing changed, and goes on there', async () => {
  await followUntil(program, (screen) => openSection(screen).startsWith('3 '));
  const actions = await followUntil(program, (screen) => /✓ done/.test(screen));
  expect(actions.at(-1)).toMatch(/^run/);
  await inShell(program, 'ls ~', 'spinningfifo_plugin.so');
  const before = groups().filter(isOurs);
  expect(before).toHaveLength(1);
  program.signal('SIGKILL');
  await program.exit();
  await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);

  program = launch();
  await program.waitFor('ubuntu@galaxy:~$', 120_000);
  expect(openSection(program.screen())).toBe('3 Configure uWSGI');
  await inShell(program, 'ls ~', 'spinningfifo_plugin.so');
  expect(groups().filter((name) => before.includes(name))).toEqual([]);
  await followUntil(program, (screen) => screen.includes('Section 3 done'));
}, 240_000);

test('section 4 waits until the zerg Galaxy really runs', async () => {
  await followUntil(program, (screen) => openSection(screen).startsWith('4 '));
  await program.waitFor(/supervisor has forgotten the old web process/, 20_000);
  await followUntil(program, (screen) => screen.includes('Section 4 done'));
}, 240_000);

test('section 5 shows the restart: zergling1 takes over, zergling0 has exited, no request was lost', async () => {
  await followUntil(program, (screen) => openSection(screen).startsWith('5 '));
  await program.waitFor('requests to localhost', 20_000);
  await followUntil(program, (screen) => screen.includes('Section 5 done'));
  const screen = program.screen();
  expect(screen).toContain('EXITED');
  expect(screen).toMatch(/[\d,]+ served\s+0 failed/);
  await inShell(program, 'sudo supervisorctl status | grep zergling', /zergling0\s+EXITED[\s\S]*zergling1\s+RUNNING/);
}, 240_000);

test('leaving restores the terminal, says how to come back and leaves the machine as it was', async () => {
  await followUntil(program, (screen) => screen.includes('All 5 sections are done'));
  program.press('q');
  await program.waitFor((screen) => screen.includes('is done') || screen.includes('y leave'), 20_000).catch(() => undefined);
  if (program.screen().includes('y leave')) program.press('y');
  expect(await program.exit(30_000).catch((error: unknown) => `${error}\n${program.screen()}`)).toEqual({
    code: 0,
    signal: null,
  });
  expect(program.screen()).toContain('is done');
  expect(program.modes).toMatchObject({ alternateScreen: false });
  expect(leftovers()).toEqual([]);
  expect(machineListing()).toEqual(outside);
}, 60_000);
