import { expect, test } from 'vitest';
import { chooseSession, type KnownSession, type LessonMark, takesOver } from './session-identity.ts';

const backup: LessonMark = {
  id: 'backup',
  named: false,
  path: '/a/backup',
  title: 'Backups',
  sections: ['pack', 'prove'],
  hash: 'h1',
};
const other: LessonMark = { ...backup, path: '/b/backup', title: 'Backing up MySQL', sections: ['dump', 'restore'], hash: 'h2' };

function known(mark: LessonMark | null, more: Partial<KnownSession> = {}): KnownSession {
  return { session: 'backup', mark, stillThere: true, journal: null, ...more };
}

function sessionOf(own: LessonMark, ...all: readonly KnownSession[]): string {
  return chooseSession(own, all).session;
}

test("a lesson's first session has its name", () => {
  expect(chooseSession(backup, [])).toEqual({ session: 'backup', namesake: null });
});

test('another lesson of the same name gets a session of its own, and is told of the first', () => {
  const { session, namesake } = chooseSession(other, [known(backup)]);
  expect(session).toMatch(/^backup-[0-9a-f]{8}$/);
  expect(namesake).toBe(backup);
  expect(sessionOf({ ...other, path: '/c/backup' }, known(backup))).not.toBe(session);
});

test('both find their own again, and nothing is told any more', () => {
  const all = [known(backup), known(other, { session: 'backup-2' })];
  expect(chooseSession(backup, all)).toEqual({ session: 'backup', namesake: null });
  expect(chooseSession(other, all)).toEqual({ session: 'backup-2', namesake: null });
});

test.each([
  ['edited where it lies', { ...backup, title: 'New', sections: ['x'], hash: 'h9' }, true],
  ['cloned anew, the old clone still there', { ...backup, path: '/c/backup' }, true],
  ['cloned anew in a version with other words', { ...backup, path: '/c/backup', hash: 'h9' }, true],
  ['moved and edited', { ...backup, path: '/c/backup', sections: ['pack', 'ship'], title: 'New', hash: 'h9' }, false],
])('a lesson that was %s finds its session', (_, own, stillThere) => {
  expect(sessionOf(own, known(backup, { stillThere }))).toBe('backup');
});

test('a lesson with an id finds its session under any name and at any place', () => {
  const named = { ...backup, id: 'backups-1', named: true };
  const record = known(named, { session: 'backups-1' });
  expect(sessionOf({ ...named, path: '/x/y', title: 'New', sections: [], hash: 'h9' }, record)).toBe('backups-1');
});

test('a folder that is called like the id of another lesson does not get its session', () => {
  const named = { ...backup, named: true, path: '/program/lessons/backup' };
  expect(sessionOf(backup, known(named))).toMatch(/^backup-/);
  expect(sessionOf({ ...other, named: true }, known(backup))).toMatch(/^backup-/);
});

test('a lesson that is given an id keeps what was done before', () => {
  expect(sessionOf({ ...backup, id: 'mine', named: true, hash: 'h9' }, known(backup))).toBe('backup');
});

test.each([
  ['the same text', { hashes: ['h1'], sections: ['gone'] }, 'backup'],
  ['sections that the lesson has', { hashes: ['h0'], sections: ['pack'] }, 'backup'],
  ['nothing yet', null, 'backup'],
  ['sections of another lesson', { hashes: ['h0'], sections: ['dump', 'restore'] }, expect.stringMatching(/^backup-/)],
])('a session that an earlier version left with %s', (_, journal, session) => {
  expect(sessionOf(backup, known(null, { journal }))).toEqual(session);
});

test('a session whose record was lost is found by its name', () => {
  const { session } = chooseSession(other, [known(backup)]);
  expect(sessionOf(other, known(backup), known(null, { session }))).toBe(session);
});

test('a copy beside its original does not take the session away; a lesson that moved does', () => {
  const copy = { ...backup, path: '/c/backup' };
  expect(takesOver(copy, known(backup))).toBe(false);
  expect(takesOver(copy, known(backup, { stillThere: false }))).toBe(true);
  expect(takesOver(backup, known(backup))).toBe(true);
  expect(takesOver(backup, undefined)).toBe(true);
});
