import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeProblem } from '../model/problem.ts';
import { listLessons, readCourse } from './lesson.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-course-'));
  for (const name of ['alpha', 'beta', 'gamma']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'lesson.md'), `# ${name}\n\n## One\n\nText.\n`);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const course = (text: string): void => writeFileSync(join(folder, 'course.yaml'), text);

test('a course lists its lessons in its own order and under its own titles', async () => {
  course('version: 1\ntitle: All of it\nlessons:\n  - gamma\n  - lesson: ./alpha\n    title: The first letter\n');
  expect(await readCourse(folder)).toMatchObject({ ok: true, course: { title: 'All of it' } });
  expect((await listLessons([folder])).map(({ id, title }) => [id, title])).toEqual([
    ['gamma', 'gamma'],
    ['alpha', 'The first letter'],
  ]);
});

test('a folder without course.yaml is none', async () => {
  expect(await readCourse(folder)).toBeNull();
});

test.each([
  ['version: 1\ntitle: T\nlessons:\n  - alpha\n  - delta\n', /course\.yaml:5:5: There is no lesson `delta`/],
  ['version: 1\nlessons: [alpha]\n', /`title` is missing in course\.yaml/],
  ['version: 1\ntitle: T\nlesons: [alpha]\n', /`lesons` is no key of course\.yaml\. Did you mean `lessons`\?/],
  ['version: 2\ntitle: T\nlessons: [alpha]\n', /reads version 1/],
  ['', /The file says nothing/],
])('a broken course is told with its place, and its lessons are listed by name: %j', async (text, message) => {
  course(text);
  const result = await readCourse(folder);
  expect(result?.ok === false && result.problems.map(describeProblem).join('\n')).toMatch(message);
  expect((await listLessons([folder])).map(({ id }) => id)).toEqual(['alpha', 'beta', 'gamma']);
});

test('a course of scenarios is listed in its order, too', async () => {
  const titles = (await listLessons(['fixtures/scenarios'])).map(({ title }) => title);
  expect(titles.slice(0, 2)).toEqual(['First commands', 'A prepared machine']);
});
