/**
 * Somebody else's markdown, untouched, with a lesson.yaml of ours beside a link to it: the exercise that our own lesson
 * was written after. The text is not ours to keep here; where it is not at hand the test says so and is skipped.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../support/test-state.ts';

const root = resolve(import.meta.dirname, '../..');
const exercise = process.env['LOCKSTEP_EXERCISE'] ?? resolve(root, '../shared/reference/exercise.md');
const folder = mkdtempSync(join(tmpdir(), 'lockstep-exercise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the source exercise, unmodified, passes lockstep test with a lesson.yaml of ours beside it', ({ skip }) => {
  if (!existsSync(exercise)) skip('the source exercise is not at hand (LOCKSTEP_EXERCISE names its file)');
  const yaml = readFileSync(join(root, 'lessons/uwsgi-zerg-mode/lesson.yaml'), 'utf8');
  symlinkSync(exercise, join(folder, 'exercise.md'));
  // The sections, the blocks and what must hold at the end are the same; only the words differ.
  writeFileSync(join(folder, 'lesson.yaml'), yaml.replace(/^version: 1$/m, 'version: 1\ntext: exercise.md'));
  const { code, out, err } = runProgram(['test', folder]);
  expect({ code, err, failed: out.split('\n').filter((line) => line.includes('✗')) }).toEqual({ code: 0, err: '', failed: [] });
  expect(out).toMatch(/ passed, 0 failed/);
}, 600_000);
