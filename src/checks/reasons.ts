/**
 * Every reason code a verdict can carry, with what it means. The codes are stable: reports, wrong answers of lessons and
 * documentation refer to them.
 */

/** Codes of `fail` verdicts: something is not as the lesson asks. */
export const failReasons = {
  'file-missing': 'There is nothing at this path.',
  'file-present': 'There is something at a path that should be free.',
  'not-a-file': 'It is there but is not a regular file.',
  'not-a-directory': 'It is there but is not a directory.',
  'not-a-fifo': 'It is there but is not a FIFO (named pipe).',
  'not-a-socket': 'It is there but is not a socket.',
  'not-a-symlink': 'It is there but is not a symbolic link.',
  'not-a-device': 'It is there but is not a device.',
  'wrong-owner': 'It belongs to, or runs as, another user.',
  'wrong-group': 'It belongs to another group.',
  'wrong-mode': 'Its permission bits are others.',
  'wrong-target': 'The symbolic link points elsewhere.',
  'too-small': 'It has fewer bytes than asked for.',
  'too-big': 'It has more bytes than allowed.',
  'text-missing': 'A text or pattern that should be found is not there.',
  'unwanted-text': 'A text or pattern that should not be there was found.',
  'section-missing': 'The ini file has no such section.',
  'key-missing': 'The section has no such key.',
  'wrong-value': 'The key has another value.',
  'wrong-count': 'The key is given more or fewer times than asked for.',
  'wrong-order': 'The repeated values are right but stand in another order.',
  'unwanted-section': 'A section that should be gone is there.',
  'unwanted-key': 'A key that should be gone is there.',
  'not-running': 'No process matches.',
  'still-running': 'A process that should be gone is running.',
  'too-few-processes': 'Fewer processes match than asked for.',
  'too-many-processes': 'More processes match than allowed.',
  'not-listening': 'Nothing listens there.',
  'still-listening': 'Something listens where nothing should.',
  'no-answer': 'Nothing answers at this address.',
  'no-answer-in-time': 'The connection was made but no whole answer came in time.',
  'broken-answer': 'The answer broke off or is not of the kind asked for.',
  'wrong-status': 'The HTTP status is another one.',
  'wrong-header': 'An HTTP header is missing or has another value.',
  'supervisord-down': 'supervisord is not running, so none of its programs is.',
  'unknown-program': 'supervisord does not know the program.',
  'wrong-state': 'supervisord has the program in another state.',
  'too-young': 'The program has not been up long enough.',
  'wrong-exit': 'The command ended with another exit code.',
  'script-failed': 'The script of the lesson that checks this ended with another exit code than 0.',
  'wrong-version': 'Another version answers.',
  'too-few-workers': 'uWSGI has fewer workers than asked for.',
  'not-accepting': 'No uWSGI worker accepts requests.',
  'still-accepting': 'A uWSGI worker accepts requests though none should.',
  'too-few-requests': 'The monitor has not yet served enough requests to tell.',
  'requests-failed': 'Requests of the monitor failed.',
  'none-holds': 'None of several alternatives holds.',
  holds: 'Something that must not be so is so.',
  happened: 'Something that must never happen while the section is open has happened.',
} as const;

/** Codes of `error` verdicts: it could not be told. */
export const errorReasons = {
  'tool-missing': 'A program needed for asking is not installed on the host.',
  'permission-denied': 'The asking user may not look there.',
  'timed-out': 'The answer took too long and was given up.',
  'host-unreachable': 'The host could not be asked at all.',
  'no-room': 'The host has no room for the answers (full disk or read-only file systems).',
  'answer-lost': 'The answer did not arrive whole.',
  'too-much': 'There is more than is read; what was read does not settle it.',
  'asking-failed': 'The program that was asked ended with an error of its own.',
  'bad-question': 'The check itself cannot be asked, for example because of an invalid pattern.',
  'no-monitor': 'The check is about a monitor, and its section has none.',
} as const;

/** A code of a `fail` verdict. */
export type FailReason = keyof typeof failReasons;
/** A code of an `error` verdict. */
export type ErrorReason = keyof typeof errorReasons;
