/** `lockstep run --record` and `lockstep replay`, by the built program on a real sandbox. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { forgetSession, lockstep, runProgram, sharedState } from '../support/test-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-recording-'));
const file = join(folder, 'tour.cast');
const [node, bin] = lockstep as readonly [string, string];
const env = { LOCKSTEP_STATE: sharedState };
const secret = 'xq7Zkw9Jvb3Ghd5T';
const readable = 'everybody-may-read-this';

function launch(...args: readonly string[]): LaunchedProgram {
  return launchProgram([node, bin, ...args], { cols: 100, rows: 30, env });
}

/** Everything that was shown, without what terminals obey, so that letters drawn one by one stand together. */
function shownText(): string {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => JSON.parse(line) as [number, string, string])
    .filter(([, code]) => code === 'o')
    .map(([, , data]) => data.replace(/\x1b\[[0-9;?<=>]*[ -/]*[@-~]/g, ''))
    .join('');
}

beforeAll(async () => {
  forgetSession('tour');
  const program = launch('run', 'tour', '--record', file);
  try {
    await program.waitFor('● rec');
    await program.waitFor('ubuntu@bare:~$', 60_000);
    await program.waitFor('^] shell');
    program.press('Ctrl-]');
    await program.waitFor((screen) => !screen.includes('^] shell'));
    program.type(`echo ${readable}\r`);
    await program.waitFor(new RegExp(`│${readable}`));
    program.type('read -s word; echo "it has $(printf %s "$word" | wc -c) letters"\r');
    await program.waitFor(/read -s word/);
    // One key after the other, as fingers do.
    for (const letter of secret) program.press(letter);
    program.press('Enter');
    await program.waitFor(`it has ${secret.length} letters`);
    program.signal('SIGKILL');
    await program.exit();
  } finally {
    await program.kill();
  }
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  forgetSession('tour');
});

describe('a recording of a program that was killed', () => {
  test('is whole up to its last line and holds what the learner saw', () => {
    expect(shownText()).toContain('A short tour of Lockstep');
    expect(shownText()).toContain(readable);
    expect(shownText()).toContain(`it has ${secret.length} letters`);
  });

  test('does not hold what was typed without echo', () => {
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(secret);
    // Nor a part of it that frames could have torn apart.
    for (let start = 0; start + 4 <= secret.length; start += 1) {
      expect(shownText()).not.toContain(secret.slice(start, start + 4));
    }
  });

  test('is not replaced by another one unless asked for', async () => {
    const before = readFileSync(file, 'utf8');
    const program = launch('run', 'tour', '--record', file);
    try {
      await program.waitFor('--force');
      expect((await program.exit()).code).toBe(2);
    } finally {
      await program.kill();
    }
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is summed up where there is no terminal', () => {
    const { code, out } = runProgram(['replay', file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^tour\.cast: A short tour of Lockstep\n {2}0:00:\d\d long, \d+ pieces of output, 100 columns by 30 rows/,
    );
    expect(out).toContain('Introduction');
    expect(runProgram(['replay', file, '--section', '9']).err).toContain('has no section 9');
  });

  test('plays in a terminal, stops, steps and gives the terminal back', async () => {
    const program = launch('replay', file, '--speed', '0.01');
    try {
      await program.waitFor(() => program.modes.alternateScreen);
      // Slower by far than anybody waits: only steps can show what comes.
      program.press('Space', '.', '.', '.');
      await program.waitFor('A short tour of Lockstep');
      program.press('q');
      expect((await program.exit()).code).toBe(0);
      expect(program.modes.alternateScreen).toBe(false);
    } finally {
      await program.kill();
    }
  });

  test('plays to its end, faster than it was', async () => {
    const program = launch('replay', file, '--speed', '500');
    try {
      expect((await program.exit(30_000)).code).toBe(0);
      expect(program.output).toContain('letters');
    } finally {
      await program.kill();
    }
  });
});

test('nothing is recorded where there is no terminal, and that is said', () => {
  const { code, err } = runProgram(['run', 'tour', '--record', join(folder, 'none.cast')]);
  expect(code).toBe(2);
  expect(err).toContain('needs a terminal');
  expect(existsSync(join(folder, 'none.cast'))).toBe(false);
});
