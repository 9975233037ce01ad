/** `npm start` without a terminal: the lesson plays by itself, in plain text, one line an event. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
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
  const transcript = settled(out);
  if (process.env['UPDATE_SCREENS'] === '1') writeFileSync(golden, transcript);
  expect(transcript).toBe(readFileSync(golden, 'utf8'));
}, 1_300_000);

/** The lesson's transcript as it was read; `UPDATE_SCREENS=1` writes it anew. */
const golden = join(import.meta.dirname, 'golden/zerg-in-plain-text.txt');

/**
 * What every run says: no clock, nothing of preparing, of each section its commands and files in order, then what has come
 * to hold. What does not hold yet, and how many requests there were by then, is told at moments that differ.
 */
function settled(out: string): string {
  const said: string[] = [];
  let held: string[] = [];
  for (const line of out.split('\n').map((each) => each.replace(/^\d\d:\d\d {2}/, '').trimEnd())) {
    if (/^(Preparing|Starting) /.test(line) || /^ {2}✗|^ {2}requests: \d|is (STARTING|STOPPED|BACKOFF)$/.test(line)) continue;
    if (line.startsWith('  ✓')) {
      held.push(line);
      continue;
    }
    if (/^(Section \d done|The program solves)/.test(line)) {
      said.push(...[...new Set(held)].sort());
      held = [];
    }
    said.push(line.replace(/\d+ served/, 'N served').replace(/slowest \d+(\.\d+)? m?s/, 'slowest T'));
  }
  return `${[...said, ...held].join('\n').trimEnd()}\n`;
}
