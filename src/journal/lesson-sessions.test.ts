import { mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readLesson } from '../lesson/lesson.ts';
import type { Lesson } from '../model/lesson.ts';
import { openJournal } from './journal.ts';
import { claimSession, findSession } from './lesson-sessions.ts';
import { sessionFolder } from './state-folder.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-sessions-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let place = folder;
let state = folder;
let count = 0;
beforeEach(() => {
  count += 1;
  place = join(folder, `${count}`);
  state = join(place, 'state');
});

async function lessonAt(path: string, title: string, sheet = 'version: 1\n'): Promise<Lesson> {
  mkdirSync(join(place, path), { recursive: true });
  writeFileSync(join(place, path, 'lesson.md'), `# ${title}\n\n## About ${title}\n\n\`\`\`console\ntrue\n\`\`\`\n`);
  writeFileSync(join(place, path, 'lesson.yaml'), sheet);
  return read(path);
}

async function read(path: string): Promise<Lesson> {
  const result = await readLesson(join(place, path));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.lesson;
}

async function follow(lesson: Lesson, suffix = ''): Promise<string> {
  const { session } = await claimSession(state, lesson);
  const path = join(sessionFolder(state, session + suffix), 'journal.jsonl');
  const journal = await openJournal({ path, onTrouble: () => {} });
  journal.append({ type: 'session-started', at: 0, lesson: lesson.id, hash: lesson.hash, host: 'sandbox', version: '0' });
  journal.append({ type: 'section-opened', at: 0, section: lesson.sections[0]?.id ?? '' });
  await journal.close();
  return session;
}

test('two lessons in folders of the same name have two sessions, and each has its own again', async () => {
  const one = await lessonAt('a/backup', 'Backups');
  const two = await lessonAt('b/backup', 'Databases');
  expect(await follow(one)).toBe('backup');
  expect(await follow(two)).toMatch(/^backup-[0-9a-f]{8}$/);
  expect(findSession(state, one).session).toBe('backup');
  expect(findSession(state, two)).toEqual({ session: await follow(two), namesake: null });
});

test('a lesson that was moved, then edited, finds its session; so does one that is reached by a link', async () => {
  await follow(await lessonAt('a/backup', 'Backups'));
  const session = await follow(await lessonAt('b/backup', 'Databases'));
  renameSync(join(place, 'b'), join(place, 'c'));
  expect(await follow(await read('c/backup'))).toBe(session);
  const edited = await lessonAt('c/backup', 'Everything else');
  expect(findSession(state, edited).session).toBe(session);
  symlinkSync(join(place, 'c'), join(place, 'd'));
  expect(findSession(state, await read('d/backup')).session).toBe(session);
});

test.each(['', '--docker', '--auto'])('a session that an earlier version left (%j) is found', async (suffix) => {
  const lesson = await lessonAt('a/backup', 'Backups');
  await follow(lesson, suffix);
  rmSync(join(state, 'lessons'), { recursive: true });
  expect(findSession(state, lesson).session).toBe('backup');
  expect(findSession(state, await lessonAt('b/backup', 'Databases')).session).toMatch(/^backup-/);
});

test('a record that is damaged, of another version or cannot be written costs nobody a session', async () => {
  const one = await lessonAt('a/backup', 'Backups');
  const two = await lessonAt('b/backup', 'Databases');
  const sessions = [await follow(one), await follow(two)];
  for (const name of readdirSync(join(state, 'lessons'))) writeFileSync(join(state, 'lessons', name), '{"version":2,"ses');
  expect([findSession(state, one).session, findSession(state, two).session]).toEqual(sessions);
  rmSync(join(state, 'lessons'), { recursive: true });
  writeFileSync(join(state, 'lessons'), 'no folder');
  expect([await follow(one), await follow(two)]).toEqual(sessions);
});

test('an id in lesson.yaml is the same lesson at any place and under any name', async () => {
  const sheet = 'version: 1\nid: backups-1\n';
  expect(await follow(await lessonAt('a/backup', 'Backups', sheet))).toBe('backups-1');
  expect(findSession(state, await lessonAt('b/other', 'Another edition', sheet)).session).toBe('backups-1');
});

test('two markdown files of one folder have two sessions', async () => {
  mkdirSync(join(place, 'texts'), { recursive: true });
  for (const name of ['one', 'two'])
    writeFileSync(join(place, 'texts', `${name}.md`), '# Text\n\n## Do\n\n```console\ntrue\n```\n');
  const [one, two] = [await read('texts/one.md'), await read('texts/two.md')];
  expect([await follow(one), await follow(two)]).toEqual(['one', 'two']);
});
