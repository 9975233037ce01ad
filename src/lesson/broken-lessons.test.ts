import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeProblem } from '../model/problem.ts';
import { readLesson } from './lesson.ts';

const FOLDER = 'fixtures/lessons/broken';
const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.expected.txt'));

test.each(names)('%s is refused with the problems that are expected of it', async (name) => {
  const result = await readLesson(`${FOLDER}/${name}`, { hosts: ['bare', 'galaxy'] });
  expect(result.ok).toBe(false);
  const problems = result.ok ? [] : result.problems;
  const lines = problems.map(
    (problem) => `${describeProblem(problem).replace(`${FOLDER}/`, '')} (${problem.severity} ${problem.rule})`,
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../${FOLDER}/${name}.expected.txt`);
});
