import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Lesson } from '../../model/lesson.ts';
import { readLesson } from '../lesson.ts';
import { type ExportedScenario, exportScenario } from './export-scenario.ts';

async function lessonAt(path: string): Promise<Lesson> {
  const result = await readLesson(path);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.lesson;
}

async function readBack({ files, copies }: ExportedScenario): Promise<Lesson> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const all = [...files, ...copies.map(({ path }) => ({ path, text: '' }))];
  for (const { path, text } of all) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return lessonAt(folder);
}

/** What of a section must be the same after a way there and back. */
function essence(lesson: Lesson) {
  return lesson.sections.map(({ title, blocks, checks, hints, setup }) => ({
    title,
    commands: blocks
      .flatMap((block) => (block.kind === 'run' ? block.commands.map(({ text }) => text).join('\n') : []))
      .join('\n'),
    writes: blocks.flatMap((block) =>
      block.kind === 'write' && block.mode.how !== 'section' ? [[block.path, block.content]] : [],
    ),
    checked: checks.length > 0,
    hints: hints.length,
    setup: [setup?.background?.source.trim(), setup?.foreground?.source.trim()],
  }));
}

const ours = ['lessons/tour', 'lessons/uwsgi-zerg-mode'];
const theirs = [
  'first-commands',
  'prepared-machine',
  'copied-files',
  'files-in-the-text',
  'tangled-fences',
  'keys-and-terminals',
];

test.each(ours)('%s passes the reader again as a scenario', async (path) => {
  const lesson = await lessonAt(path);
  const back = await readBack(exportScenario(lesson));
  expect(back.title).toBe(lesson.title);
  // An introduction and an end stand around it.
  expect(back.sections.map(({ title }) => title)).toEqual([
    'Introduction',
    ...lesson.sections.map(({ title }) => title),
    'The end',
  ]);
  for (const section of lesson.sections) {
    const same = back.sections.find(({ title }) => title === section.title);
    const texts = (blocks: Lesson['sections'][number]['blocks']) =>
      blocks.flatMap((block) => (block.kind === 'run' ? block.commands.map(({ text }) => text) : [])).join('\n');
    expect(texts(same?.blocks ?? [])).toContain(texts(section.blocks).split('\n')[0]);
    for (const block of section.blocks) {
      if (block.kind !== 'write' || block.mode.how === 'section') continue;
      expect(same?.blocks).toContainEqual(expect.objectContaining({ kind: 'write', path: block.path, content: block.content }));
    }
  }
});

test.each(theirs)('the scenario %s is the same after a way there and back', async (name) => {
  const lesson = await lessonAt(`fixtures/scenarios/${name}`);
  const exported = exportScenario(lesson);
  expect(exported.notes).toEqual([]);
  const back = await readBack(exported);
  expect(essence(back).slice(1, -1)).toEqual(
    essence(lesson).map((each) => ({ ...each, hints: each.hints + solutions(lesson, each.title) })),
  );
  expect(back.assets?.map(({ to, mode }) => [to, mode])).toEqual(lesson.assets?.map(({ to, mode }) => [to, mode]));
});

/** A solution that was folded text stays folded text; the one that comes from it is one more. */
function solutions(lesson: Lesson, title: string): number {
  return lesson.sections.find((section) => section.title === title)?.solution === undefined ? 0 : 1;
}

test('what a script cannot say is told', async () => {
  const { notes } = exportScenario(await lessonAt('lessons/uwsgi-zerg-mode'));
  expect(notes.join('\n')).toMatch(/host `galaxy`/);
  expect(notes.join('\n')).toMatch(/monitor is left out/);
  expect(notes.join('\n')).toMatch(/a script cannot check that/);
});

test('questions to the learner go there and back as quizzes', async () => {
  const lesson = await lessonAt('fixtures/scenarios/addresses-and-questions');
  const asked = (of: Lesson) =>
    of.sections.flatMap(({ checks }) => checks.flatMap(({ question }) => (question.kind === 'answer' ? [question] : [])));
  expect(asked(lesson)).toMatchObject([
    { ask: 'Which port does the server listen on?', how: 'text', example: '8000' },
    { how: 'several', choices: ['curl', 'page', 'python3'], right: ['curl', 'python3'] },
    { how: 'one', right: ['localhost'] },
  ]);
  expect(asked(await readBack(exportScenario(lesson)))).toEqual(asked(lesson));
});
