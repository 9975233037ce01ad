/** `lockstep preview`: an author sees what a learner will see, and every change as it is saved; without any host. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchProgram } from '../support/launch-program.ts';
import { lockstep, runProgram } from '../support/test-state.ts';

let folder = '';
let dir = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-preview-'));
  dir = join(folder, 'greetings');
  expect(runProgram(['new', dir]).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Saves as most editors do: a new file takes the old one's place. */
function save(name: string, change: (text: string) => string): void {
  const path = join(dir, name);
  writeFileSync(`${path}.new`, change(readFileSync(path, 'utf8')));
  renameSync(`${path}.new`, path);
}

test('shows every section, follows what is saved, and tells mistakes with their place while the last good state stays', async () => {
  const program = launchProgram([...lockstep, 'preview', dir], {
    cols: 120,
    rows: 34,
    env: { LOCKSTEP_STATE: join(folder, 'state') },
  });
  try {
    await program.waitFor('Section 1 · Make a folder');
    expect(program.screen().split('\n')[0]).not.toContain('host');
    program.press('n');
    await program.waitFor('there is a folder ~/greetings');
    expect(program.screen()).toContain('`mkdir ~/greetings` makes it.');
    save('lesson.md', (text) => text.replace('Each section is a step', 'LIVE: each section is a step'));
    await program.waitFor('LIVE: each section is a step');
    save('lesson.yaml', (text) => text.replace('blocks: [run]', 'blocks: [rum]'));
    await program.waitFor(/lesson\.yaml:\d+:\d+: A block cannot be `rum`/);
    expect(program.screen()).toContain('LIVE: each section is a step');
    save('lesson.yaml', (text) => text.replace('blocks: [rum]', 'blocks: [run]').replace('makes it.', 'does it.'));
    await program.waitFor('`mkdir ~/greetings` does it.');
    // A preview runs nothing, whoever asks. A section that has just come up is not acted on at once, so it is asked again.
    await program.waitFor((screen) => {
      if (screen.includes('A preview has no host')) return true;
      program.press('Enter');
      return false;
    });
    program.press('q');
    expect(await program.exit()).toEqual({ code: 0, signal: null });
  } finally {
    await program.kill();
  }
});

test('in a pipe the whole lesson is text, without any escape sequence', () => {
  const { code, out } = runProgram(['preview', dir]);
  expect(code).toBe(0);
  expect(out).toContain('Section 2 - Write a file  (section 2)');
  expect(out).toContain('○ hello.txt says hello to the world');
  expect(out).not.toContain('\x1b');
});

test('a lesson that cannot be read is refused with its problems, and no screen is drawn', () => {
  const { code, err } = runProgram(['preview', 'fixtures/lessons/broken/block-count']);
  expect(code).toBe(1);
  expect(err).toContain('fixtures/lessons/broken/block-count/lesson.yaml:4:13');
});
