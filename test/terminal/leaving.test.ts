/** Whatever ends the program, the outer terminal is given back and nothing of the host is left; keys reach who has them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

let state: string;

beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), 'lockstep-leaving-'));
});

afterAll(() => rmSync(state, { recursive: true, force: true }));

/** The tour, with its shell ready; `keys` opens in the shell. */
async function tour(): Promise<LaunchedProgram> {
  const program = launchProgram([...lockstep, 'run', 'tour'], { cols: 120, rows: 34, env: { LOCKSTEP_STATE: state } });
  await program.waitFor('ubuntu@bare:~$', 60_000);
  // Ink has taken the screen over once its footer stands; signals must be heard after that as well.
  await program.waitFor('q quit', 20_000);
  return program;
}

function leftovers(): readonly string[] {
  const { stdout } = spawnSync('sh', ['-c', 'ps -eo stat,args; losetup -a; cat /proc/mounts'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(state) && !line.startsWith('Z'));
}

describe('the terminal is given back', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)(
    'after %s, with the exit code that says so',
    async (name, code) => {
      const program = await tour();
      program.signal(name);
      expect(await program.exit(20_000)).toEqual({ code, signal: null });
      expect(program.modes).toMatchObject({ alternateScreen: false, cursorVisible: true, mouse: 'none', bracketedPaste: false });
      await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
    },
    90_000,
  );

  test('after q, and the way back is told', async () => {
    const program = await tour();
    program.press('q');
    expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
    expect(program.screen()).toContain('go on with: lockstep run tour');
    expect(program.modes).toMatchObject({ alternateScreen: false, cursorVisible: true });
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
  }, 90_000);

  test('a second program on the same lesson is refused with the first one’s process, before any screen', async () => {
    const program = await tour();
    const second = launchProgram([...lockstep, 'run', 'tour'], { env: { LOCKSTEP_STATE: state } });
    expect((await second.exit(20_000)).code).toBe(1);
    expect(second.screen().replaceAll('\n', '')).toContain(String(program.pid));
    expect(second.modes.alternateScreen).toBe(false);
    program.press('q');
    await program.exit(20_000);
  }, 90_000);
});

test('Ctrl-C goes to the shell, and a flood leaves the keys alive', async () => {
  const program = await tour();
  program.press('Ctrl-]');
  program.type('echo begun-$((40 + 2)); sleep 600; echo came-back-$((40 + 2))');
  program.press('Enter');
  await program.waitFor('begun-42', 20_000);
  program.press('Ctrl-C');
  program.type('echo still-$((40 + 2))');
  program.press('Enter');
  await program.waitFor('still-42', 20_000);
  expect(program.screen()).not.toContain('came-back-42');
  program.type('head -c 10000000 /dev/urandom | base64 > ~/flood; cat ~/flood; echo over-$((40 + 2))');
  program.press('Enter');
  await program.waitFor('over-42', 60_000);
  program.press('Ctrl-]', 'q');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
}, 120_000);
