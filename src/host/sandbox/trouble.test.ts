import { expect, test } from 'vitest';
import { goneError, userErrorOf } from './trouble.ts';

test('a trouble that the helper tells becomes an error with what to try', () => {
  const error = userErrorOf({ code: 'sandbox-disk-full', sentence: 'There is no room.' });
  expect(error).toMatchObject({ code: 'sandbox-disk-full', message: 'There is no room.' });
  expect(error.tries.join()).toContain('LOCKSTEP_STATE');
  expect(userErrorOf({ code: 'never-heard-of', sentence: 'x' }).tries).toEqual([]);
  expect(goneError(error).cause).toBe(error);
});
