/** `npm start` without a terminal: the lesson plays by itself, in plain text, one line an event. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedState } from '../support/test-state.ts';

const start = join(import.meta.dirname, '../../scripts/start.mjs');

test('npm start into a pipe plays all five sections and exits with 0', () => {
  const out = execFileSync(process.execPath, [start], {
    encoding: 'utf8',
    env: { ...process.env, LOCKSTEP_STATE: sharedState },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 1_200_000,
  });
  const lines = out.split('\n');
  for (const number of [1, 2, 3, 4, 5]) {
    const opened = lines.findIndex((line) => line.includes(`Section ${number} of 5:`));
    const done = lines.findIndex((line) => line.endsWith(`Section ${number} done.`));
    expect(opened).toBeGreaterThan(-1);
    expect(done).toBeGreaterThan(opened);
  }
  expect(out).toMatch(/\$ sudo supervisorctl start gx:zergling1/);
  expect(out).toMatch(/gx:zergling0 is EXITED/);
  expect(out).toMatch(/requests in all: [1-9]\d+ served, 0 failed/);
  expect(out).toContain('All 5 sections unlocked.');
  // Nothing for a screen is in it: no escape sequences, no carriage returns.
  expect(out.includes(String.fromCharCode(27))).toBe(false);
  expect(out).not.toContain('\r');
}, 1_300_000);
