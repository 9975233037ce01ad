/**
 * A learner goes through the whole tour without a screen, on a real sandbox: the transcript is compared with one that was
 * read. `UPDATE_SCREENS=1` writes it anew: read the difference before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { forgetSession, lockstep, runProgram, sharedState } from '../support/test-state.ts';

const golden = join(import.meta.dirname, 'golden/tour-in-plain-text.txt');
const patienceMs = 60_000;
let program: LaunchedProgram | null = null;

function launch(term: string, ...args: readonly string[]): LaunchedProgram {
  // As many rows as lines, so that all that was said can still be looked at.
  const size = { cols: 100, rows: 1_500 };
  return launchProgram([...lockstep, 'run', 'tour', ...args], { ...size, env: { LOCKSTEP_STATE: sharedState, TERM: term } });
}

beforeEach(() => forgetSession('tour'));
afterEach(async () => {
  await program?.kill();
});
afterAll(() => forgetSession('tour'));

/** What differs from one machine, or one moment, to the next: preparing, dates, and prompts that something came behind. */
function settled(output: string): string {
  const lines = output.replaceAll('\r\n', '\n').split('\n');
  const same = lines
    .map((line) => line.replace(/\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d [A-Z]+ \d{4}/, 'DATE').trimEnd())
    .filter((line) => !/^[^.]*\. Your choice:$/.test(line) && !/^(Starting|Preparing|Making|Bringing)\b/.test(line));
  // Checks are asked while a step goes on: which of its verdicts turns first is a matter of luck.
  const blocks = same
    .join('\n')
    .replace(/(?:^passed: .*\n)+/gm, (lines) => lines.trimEnd().split('\n').sort().join('\n').concat('\n'));
  return `${blocks.trimEnd()}\n`;
}

/** Does what is typed, and waits for what comes of it. */
async function steps(
  running: LaunchedProgram,
  script: readonly (readonly [typed: string, expected: Parameters<LaunchedProgram['waitFor']>[0]])[],
): Promise<void> {
  for (const [typed, expected] of script) {
    running.type(typed);
    await running.waitFor(expected, patienceMs);
  }
}

test('TERM=dumb is enough: the whole tour as text that is only ever added', async () => {
  program = launch('dumb');
  await program.waitFor('The host is ready.', patienceMs);
  await steps(program, [
    ['n\r', 'not yet: ~/tour/where'],
    ['next\r', 'Section 1: Run a block is not done yet.'],
    ['1\r', '*** Section 1 done.'],
    ['n\r', 'not yet: ~/tour/when'],
    ['s\r', /leads back to the lesson.*\nubuntu@bare:~\$/],
    ['date > ~/tour/when; echo typed by hand\r', /^typed by hand$/m],
    ['\x1d', '*** Section 2 done.'],
    ['n\r', 'not yet: ~/tour/report.sh is a shell script'],
    ['1\r', 'Write this file? yes or no:'],
    ['no\r', 'Everything stays as it is.'],
    ['1\r', /Everything stays[\s\S]*Write this file\? yes or no:/],
    ['yes\r', '*** Section 3 done.'],
    ['n\r', 'not yet: running it'],
    ['h\r', 'Hint: Files are made without'],
    ['k\r', 'Skip it? yes or no:'],
    ['no\r', /Skip it\? yes or no: no\n/],
    ['c\r', 'checks: 0 of 2 passed.'],
    ['1\r', '*** Section 4 done'],
    ['n\r', '=== Leave and come back ==='],
    ['n\r', 'This is the end of the lesson; quit leaves.'],
    ['q\r', 'is done.'],
  ]);
  expect((await program.exit()).code).toBe(0);
  // Nothing that a terminal obeys, not even in the shell; backspaces and bells would be told here.
  expect(program.output).not.toMatch(/[\x00-\x09\x0b\x0c\x0e-\x1f]/);
  const transcript = settled(program.output);
  if (process.env['UPDATE_SCREENS'] === '1') {
    mkdirSync(dirname(golden), { recursive: true });
    writeFileSync(golden, transcript);
  }
  if (!existsSync(golden)) throw new Error('the transcript is missing; UPDATE_SCREENS=1 writes it');
  expect(transcript).toBe(readFileSync(golden, 'utf8'));
}, 180_000);

test('--plain in a full terminal: the shell draws as it likes, lives on between visits, and the terminal is given back', async () => {
  program = launch('xterm-256color', '--plain');
  await program.waitFor('The host is ready.', patienceMs);
  expect(program.output).not.toContain('\x1b');
  await steps(program, [
    ['s\r', /leads back to the lesson.*\nubuntu@bare:~\$/],
    ['kept=yes; printf "\\033]0;mine\\007\\033[31mred\\033[0m\\n"\r', /^red$/m],
    ['less /etc/passwd\r', () => program?.modes.alternateScreen === true],
  ]);
  program.press('Ctrl-]');
  await program.waitFor(/Back in the lesson/, patienceMs);
  expect(program.modes.alternateScreen).toBe(false);
  program.type('s\r');
  await program.waitFor(() => program?.modes.alternateScreen === true, patienceMs);
  await program.waitFor('root:x:0:0', patienceMs);
  program.type('q');
  await program.waitFor(() => program?.modes.alternateScreen === false, patienceMs);
  await steps(program, [
    ['echo still $kept\r', /^still yes$/m],
    ['exit\r', 'That shell has ended.'],
    ['q\r', 'Everything is kept'],
  ]);
  expect((await program.exit()).code).toBe(0);
  expect(program.modes).toMatchObject({ cursorVisible: true, bracketedPaste: false, mouse: 'none' });
  expect(program.output).not.toContain('mine\x07');
}, 180_000);

test('a signal ends it in order: the terminal is given back, and what was seen until then is in the recording', async () => {
  const file = join(sharedState, `plain-${process.pid}.cast`);
  program = launch('xterm-256color', '--plain', '--record', file);
  try {
    await program.waitFor('The host is ready.', patienceMs);
    await steps(program, [
      ['s\r', /leads back to the lesson.*\nubuntu@bare:~\$/],
      ['less /etc/passwd\r', () => program?.modes.alternateScreen === true],
    ]);
    await program.waitFor('root:x:0:0', patienceMs);
    program.signal('SIGTERM');
    expect((await program.exit()).code).toBe(143);
    expect(program.modes).toMatchObject({ alternateScreen: false, cursorVisible: true, bracketedPaste: false });
    const { out } = runProgram(['replay', file]);
    expect(out).toMatch(/0:00:\d\d {2}Introduction/);
    expect(readFileSync(file, 'utf8')).toContain('root:x:0:0');
  } finally {
    rmSync(file, { force: true });
  }
}, 180_000);
