/**
 * The whole program is killed while its host goes back to the start of a section, at random moments. Whoever starts it
 * again finds a whole: files and progress from before, or both as they were at that start; never one of each.
 *
 * LOCKSTEP_REWIND_ROUNDS says how often (3 where nothing is said), LOCKSTEP_FAULT_SEED repeats a run.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readContents } from '../../src/journal/read-journal.ts';
import type { DurableEvent } from '../../src/session/events.ts';
import { openSection } from '../support/attendee.ts';
import { leftovers, pause, randomFrom } from '../support/fault-tools.ts';
import { type LaunchedProgram, launchProgram } from '../support/launch-program.ts';
import { lockstep } from '../support/test-state.ts';

const rounds = Number(process.env['LOCKSTEP_REWIND_ROUNDS'] ?? 3);
const seed = Number(process.env['LOCKSTEP_FAULT_SEED'] ?? Date.now() % 1_000_000);
/** Going back takes about as long, milliseconds. */
const longestWait = 2_000;

const text = `# There and back

## One

\`\`\`
mkdir ~/many && cd ~/many && seq 4000 | xargs touch && cd && echo one > ~/one
\`\`\`

## Two

\`\`\`
rm -r ~/many/1* && echo two > ~/two
\`\`\`

## Three

\`\`\`
echo three > ~/three
\`\`\`
`;
const sheet = `version: 1
host: bare
user: ubuntu
sections:
  one:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/one, contains: one, invariant: true, title: one is there }
  two:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/two, contains: two, invariant: true, title: two is there }
      - { file: /home/ubuntu/many/1000, absent: true, invariant: true, title: some are gone }
  three:
    blocks: [run]
    checks:
      - { file: /home/ubuntu/three, title: three is there }
`;

beforeEach((context) => {
  if (process.getuid?.() !== 0) context.skip('a sandbox without being asked for a password needs root');
});

function newest(events: readonly DurableEvent[], ...types: readonly DurableEvent['type'][]): DurableEvent | undefined {
  return events.findLast((event) => types.includes(event.type));
}

test(
  `killed ${rounds} times while it goes back, the next start is whole`,
  async () => {
    const stateDir = mkdtempSync('/var/tmp/lockstep-test-rewind-');
    onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
    const folder = join(stateDir, 'there-and-back');
    writeLesson(folder);
    const random = randomFrom(seed);
    const counts = { before: 0, after: 0 };
    const recorded = (): readonly DurableEvent[] => {
      const path = join(stateDir, 'sessions/there-and-back/journal.jsonl');
      const { state, events } = readContents(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
      expect(['good', 'torn']).toContain(state);
      return events;
    };
    const launch = (): LaunchedProgram => {
      const env = { LOCKSTEP_STATE: stateDir };
      const program = launchProgram([...lockstep, 'run', folder], { cols: 120, rows: 36, env });
      onTestFinished(() => program.kill());
      return program;
    };
    const inSection = async (program: LaunchedProgram, number: number): Promise<void> => {
      const there = (screen: string): boolean =>
        openSection(screen).startsWith(`${number} `) && screen.includes('ubuntu@bare:~$');
      await program.waitFor(there, 60_000);
    };
    const solve = async (program: LaunchedProgram, number: number): Promise<void> => {
      await program.waitFor(/ {2}⏎ run {2}/, 30_000);
      program.press('Enter');
      await program.waitFor(`⏎ Section ${number + 1}`, 30_000);
      program.press('Enter');
      await inSection(program, number + 1);
    };

    let program = launch();
    await inSection(program, 1);
    await solve(program, 1);
    await solve(program, 2);
    for (let round = 0; round < rounds; round += 1) {
      const about = `seed ${seed}, round ${round}`;
      // The third section has begun wholly, its start is kept, and it is watched.
      await expect
        .poll(() => newest(recorded(), 'section-opened', 'baseline-taken'), { timeout: 10_000 })
        .toMatchObject({
          type: 'baseline-taken',
          section: 'three',
        });
      await program.waitFor('✗ three is there');
      program.press('g');
      await program.waitFor('r back to its start');
      program.press('Up');
      await program.waitFor(/▸ . 2 {2}Two/);
      program.press('r');
      await program.waitFor('y go back');
      const known = recorded().length;
      program.press('y');
      await pause(random() * longestWait);
      program.signal('SIGKILL');
      await program.exit();
      program = launch();
      // The way back was begun, or the key had not even been read.
      const begun = recorded()
        .slice(known)
        .some((event) => event.type === 'rewind-begun');
      await inSection(program, begun ? 2 : 3);
      const screen = await program.waitFor(/Checks {2}0 of \d/);
      expect(screen, about).not.toMatch(/drifted|holds no longer/);
      const since = recorded().slice(known);
      expect(
        since.some((event) => event.type === 'section-rewound'),
        about,
      ).toBe(begun);
      expect(
        since.some((event) => event.type === 'section-done'),
        about,
      ).toBe(false);
      counts[begun ? 'after' : 'before'] += 1;
      if (begun) await solve(program, 2);
    }
    program.signal('SIGTERM');
    await program.exit(30_000);
    console.info(`killed ${rounds} times with seed ${seed} while going back: ${JSON.stringify(counts)}`);
    await expect.poll(() => leftovers(stateDir).filter((line) => !line.includes(folder)), { timeout: 15_000 }).toEqual([]);
  },
  120_000 + rounds * 60_000,
);

function writeLesson(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'lesson.md'), text);
  writeFileSync(join(folder, 'lesson.yaml'), sheet);
}
