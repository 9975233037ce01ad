/** A course is chosen from: with one key on the screen, by a number in plain text, and not at all without a terminal. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchProgram } from '../support/launch-program.ts';
import { lockstep, runProgram } from '../support/test-state.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-course-'));
  for (const name of ['one', 'two', 'three']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'lesson.md'), `# Lesson ${name}\n\n## Read this\n\nIt is ${name}.\n`);
  }
  writeFileSync(
    join(folder, 'course.yaml'),
    'version: 1\ntitle: Three evenings\nsummary: One after the other.\nlessons: [two, { lesson: one, title: The first }, three]\n',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ LOCKSTEP_STATE: join(folder, 'state') });

test('on the screen its lessons stand in their order with what is done of them, and a key starts one', async () => {
  const program = launchProgram([...lockstep, 'run', folder], { cols: 100, rows: 30, env: env() });
  const screen = await program.waitFor('q leaves', 30_000);
  expect(screen).toMatch(
    /Three evenings\nOne after the other\.\n\n {2}1 {2}Lesson two +░{8} .*\n {2}2 {2}The first +░{8} .*\n {2}3 {2}Lesson three/,
  );
  expect(screen).toContain('Enter starts with Lesson two');
  program.press('2');
  await program.waitFor('It is one.', 60_000);
  program.press('q');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });

  const again = launchProgram([...lockstep, 'run', folder], { cols: 100, rows: 30, env: env() });
  await again.waitFor('Enter goes on with The first', 30_000);
  again.press('q');
  expect(await again.exit(20_000)).toEqual({ code: 0, signal: null });
}, 120_000);

test('another lesson in a folder of the same name has progress of its own, and says so once', async () => {
  const elsewhere = join(folder, 'elsewhere', 'one');
  mkdirSync(elsewhere, { recursive: true });
  writeFileSync(join(elsewhere, 'lesson.md'), '# Quite another\n\n## Look around\n\nIt is not the first.\n');
  const listed = (path: string) => runProgram(['list', path], env()).out;
  expect(listed(folder)).toMatch(/one +The first \(0 of 0 sections done/);
  expect(listed(join(folder, 'elsewhere'))).toContain('one  Quite another (0 sections)');

  const program = launchProgram([...lockstep, 'run', elsewhere], { cols: 100, rows: 30, env: env() });
  await program.waitFor('It is not the first.', 60_000);
  await program.waitFor(/Another lesson called one/, 20_000);
  program.press('q');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
  expect(listed(join(folder, 'elsewhere'))).toContain('one  Quite another (0 of 0 sections done)');
}, 150_000);

test('in plain text it is asked for a number, until it is one', async () => {
  const program = launchProgram([...lockstep, 'run', '--plain', folder], { cols: 100, rows: 30, env: env() });
  await program.waitFor(/^Lesson:$/m, 30_000);
  program.type('7\r');
  await program.waitFor('The lessons have the numbers 1 to 3.', 10_000);
  program.type('3\r');
  await program.waitFor('It is three.', 60_000);
  expect(program.output).not.toContain('░');
  program.type('q\r');
  expect(await program.exit(20_000)).toEqual({ code: 0, signal: null });
}, 90_000);

test('without a terminal it says what it is and which lessons can be named', () => {
  const { code, err } = runProgram(['run', 'fixtures/scenarios'], env());
  expect(code).toBe(2);
  expect(err).toMatch(/is a course of \d+ lessons, and there is no terminal to ask which one on/);
  expect(err).toContain('lockstep run fixtures/scenarios/first-commands');
});
