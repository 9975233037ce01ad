import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failReasons } from '../../src/checks/reasons.ts';
import { courseJsonSchema } from '../../src/lesson/sheet/course-shape.ts';
import { lessonJsonSchema } from '../../src/lesson/sheet/lesson-shape.ts';
import { authoringReference } from './authoring-reference.mjs';
import { replaceTable } from './readme-tables.mjs';

const page = readFileSync(new URL('../../docs/authoring.md', import.meta.url), 'utf8');
const reference = authoringReference({ lesson: lessonJsonSchema(), course: courseJsonSchema(), reasons: failReasons });

test('the reference for authors is the code’s own; npm run docs writes it', () => {
  expect(page).toBe(replaceTable(page, 'reference', `\n${reference}\n`));
});

test('every kind of check, every key and every reason is in it', () => {
  for (const word of [
    'file',
    'ini',
    'process',
    'http',
    'supervisor',
    'command',
    'all',
    'not',
    'stable_for',
    'solution',
    'lessons',
  ])
    expect(reference).toContain(`\`${word}\``);
  for (const reason of Object.keys(failReasons)) expect(reference).toContain(`| \`${reason}\` |`);
});

test('its links lead somewhere', () => {
  const targets = [...page.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]!);
  expect(targets.filter((target) => !existsSync(new URL(`../../docs/${target}`, import.meta.url)))).toEqual([]);
});
