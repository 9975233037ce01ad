import { expect, test } from 'vitest';
import { UserError } from '../model/errors.ts';
import { sessionFolder, stateFolder } from './state-folder.ts';

test.each([
  ['LOCKSTEP_STATE is the folder itself', { LOCKSTEP_STATE: '/s', XDG_STATE_HOME: '/x', HOME: '/h' }, '/s'],
  ['XDG_STATE_HOME comes next', { XDG_STATE_HOME: '/x', HOME: '/h' }, '/x/lockstep'],
  ['a relative XDG_STATE_HOME does not count', { XDG_STATE_HOME: 'x', HOME: '/h' }, '/h/.local/state/lockstep'],
  ['an empty variable does not count', { LOCKSTEP_STATE: '', XDG_STATE_HOME: '', HOME: '/h' }, '/h/.local/state/lockstep'],
])('%s', (_, env, folder) => {
  expect(stateFolder(env)).toBe(folder);
});

test('without any of them the reader is told what to set', () => {
  expect(() => stateFolder({})).toThrowError(expect.objectContaining({ name: 'UserError', code: 'no-home' }));
  expect(() => stateFolder({ HOME: 'relative' })).toThrow(UserError);
});

test('a lesson id is its folder where it can be', () => {
  expect(sessionFolder('/s', 'uwsgi-zerg-mode')).toBe('/s/sessions/uwsgi-zerg-mode');
});

test.each(['..', '.', '../../etc', 'a/b', '', 'x'.repeat(300), 'ü'])('the id %j stays inside and is told from others', (id) => {
  const folder = sessionFolder('/s', id);
  expect(folder).toMatch(/^\/s\/sessions\/\.[A-Za-z0-9_-]+$/);
  expect(folder).not.toBe(sessionFolder('/s', `${id}-`));
  expect(folder.length).toBeLessThan(120);
});
