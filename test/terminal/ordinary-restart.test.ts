/**
 * The negative control of the zerg lesson: an ordinary restart of the ordinary Galaxy does lose requests, and the strip
 * of requests shows it. Without this, "0 failed" would prove nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSection } from '../support/attendee.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { forgetSession, lockstep, sharedState } from '../support/test-state.ts';

const lesson = 'uwsgi-zerg-mode';
const prepareMs = 900_000;

let program: LaunchedProgram;

beforeAll(() => forgetSession(lesson));

afterAll(async () => {
  await program?.kill();
  forgetSession(lesson);
});

/** Skips the open section: asked once, asked again, then gone. */
async function skip(number: number): Promise<void> {
  program.press('s');
  await program.waitFor(/[Ss]kip/);
  const asked = program.screen();
  program.press('y');
  await program.waitFor((screen) => screen !== asked);
  expect(openSection(program.screen())).toMatch(new RegExp(`^${number} `));
  program.press('y');
  await program.waitFor((screen) => openSection(screen).startsWith(`${number + 1} `));
}

test(
  'sections can be skipped, asked twice each',
  async () => {
    program = launchProgram([...lockstep, 'run', lesson], { cols: 140, rows: 40, env: { LOCKSTEP_STATE: sharedState } });
    await program.waitFor('ubuntu@galaxy:~$', prepareMs);
    program.press('End');
    await program.waitFor('⏎ Section 1');
    program.press('Enter');
    await program.waitFor((screen) => openSection(screen).startsWith('1 '));
    for (const number of [1, 2, 3, 4]) await skip(number);
  },
  prepareMs + 60_000,
);

test('an ordinary restart fails requests, and the screen says so', async () => {
  await program.waitFor(/[1-9]\d* served\s+0 failed/, 60_000);
  program.press('Ctrl-]');
  program.type('sudo supervisorctl restart gx:web');
  program.press('Enter');
  await program.waitFor(/served\s+✗ [1-9]\d* failed/, 120_000);
  expect(openSection(program.screen())).toMatch(/^5 /);
}, 180_000);

test('the list tells of skipped sections', async () => {
  program.press('Ctrl-]', 'g');
  await program.waitFor('you are here');
  expect(program.screen().match(/skipped/g)).toHaveLength(4);
});
