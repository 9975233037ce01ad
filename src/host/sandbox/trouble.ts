/** Troubles of the sandbox as errors for people: the helper's word for what happened becomes what to try. */
import { UserError } from '../../model/errors.ts';

const RESET = 'Start the session afresh: lockstep reset LESSON';
const DOCTOR = 'See what this machine lacks: lockstep doctor';

const TRIES: Readonly<Record<string, readonly string[]>> = {
  'sandbox-disk-full': ['Free some disk space, or keep the state elsewhere by setting LOCKSTEP_STATE to another folder.'],
  'sandbox-in-use': ['Go on in the terminal where it is open, or close it there first.'],
  'sandbox-layer-gone': [RESET],
  'host-not-prepared': ['Start the lesson again; it prepares the host first.'],
  'sandbox-start-failed': [DOCTOR, RESET],
  'sandbox-missing-program': [DOCTOR],
  'sandbox-no-image': [DOCTOR],
  'sandbox-failed': [DOCTOR],
  'host-broken': [RESET],
};

/** The helper's own words for a trouble. */
export interface ToldTrouble {
  readonly code: string;
  readonly sentence: string;
}

/**
 * The error for a trouble that the helper or the agent told.
 * @param told code and sentence.
 */
export function userErrorOf(told: ToldTrouble): UserError {
  return new UserError(told.code, told.sentence, { tries: TRIES[told.code] ?? [] });
}

/** The sandbox is not there any more, or never was. */
export function goneError(cause?: unknown): UserError {
  return new UserError('sandbox-gone', 'The sandbox is not running any more.', {
    tries: ['Start the lesson again; your files are kept.'],
    cause,
  });
}
