/** Checks a completion record: the JSON file, or the page that carries it. */

import { type CompletionRecord, signedRecord } from '../../classroom/protocol/record.ts';
import { UserError } from '../../model/errors.ts';
import { fingerprintOf, isSignatureGood } from './sign.ts';

/** What came of it. */
export interface Verified {
  readonly good: boolean;
  readonly record: CompletionRecord;
  /** Of the key that has signed it. */
  readonly fingerprint: string;
}

/**
 * Reads a record and checks its signature.
 * @param text the file's text.
 * @throws UserError `no-record` where it is none.
 */
export function verifyRecordText(text: string): Verified {
  const signed = signedRecord.safeParse(parse(recordIn(text)));
  if (!signed.success) {
    throw new UserError('no-record', 'This is not a completion record of Lockstep, or it was damaged.', {
      tries: ['Name the .json or .html file that the learner was given.'],
    });
  }
  const { record, signature } = signed.data;
  return { good: isSignatureGood(signed.data), record, fingerprint: fingerprintOf(signature.key) };
}

/** A page carries the record as data (see record-page.ts). */
function recordIn(text: string): string {
  return /<script type="application\/json" id="record">([^<]*)<\/script>/.exec(text)?.[1] ?? text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
