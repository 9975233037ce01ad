/** Folders that only their owner may look into. */
import { mkdirSync } from 'node:fs';
import { messageOf, UserError } from '../model/errors.ts';

/**
 * Makes a folder and those above it, for its owner alone (0700). One that exists is left as it is.
 * @param path absolute.
 * @throws UserError `state-not-writable` where it cannot be made.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new UserError('state-not-writable', `The folder for your progress cannot be made: ${messageOf(cause)}.`, {
      tries: ['Make it writable, or set LOCKSTEP_STATE to a folder that is.'],
      cause,
    });
  }
}
