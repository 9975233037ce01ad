/**
 * What can go wrong between a learner's program and the class server, and how it is told. A server's own sentences are
 * not repeated: what it says is a word, and ours are the sentences.
 */
import { UserError } from '../../model/errors.ts';

/** What went wrong. */
export type TroubleFacts =
  /** It said no. `next`: the report it wants; `retryAfterMs`: how long it wants to be left alone, 0 where it did not say. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly word: string;
      readonly next?: number;
      readonly retryAfterMs: number;
    }
  /** No answer came. `code`: what Node or OpenSSL call it. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly url: string }
  /** Something answers that is no class server of ours. */
  | { readonly kind: 'unreadable'; readonly url: string };

/** Something between the program and its class. */
export class ClassTrouble extends Error {
  override readonly name = 'ClassTrouble';
  readonly facts: TroubleFacts;

  /** @param facts what went wrong. */
  constructor(facts: TroubleFacts) {
    super(sentenceOf(facts));
    this.facts = facts;
  }

  /** The word that the server refused with; null for any other trouble. */
  get word(): string | null {
    return this.facts.kind === 'refused' ? this.facts.word : null;
  }

  /** As an error for whoever has typed the command. */
  asUserError(): UserError {
    return new UserError('class-trouble', this.message, { tries: triesOf(this.facts), cause: this });
  }
}

/**
 * No answer came.
 * @param url the class's address.
 * @param cause what was thrown.
 */
export function unreachable(url: string, cause: unknown): ClassTrouble {
  return new ClassTrouble({ kind: 'unreachable', url, code: codeOf(cause) });
}

/**
 * The answer was none of a class server.
 * @param url the class's address.
 */
export function unreadable(url: string): ClassTrouble {
  return new ClassTrouble({ kind: 'unreadable', url });
}

/** The innermost code: `fetch` wraps what happened, and tries several addresses at once. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown';
  if (thrown.name === 'TimeoutError' || thrown.name === 'AbortError') return 'timeout';
  if (thrown instanceof AggregateError && thrown.errors.length > 0 && !('code' in thrown)) return codeOf(thrown.errors[0]);
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown.cause === undefined ? 'unknown' : codeOf(thrown.cause);
}

const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const outdated: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const wrongScheme = /^(?:ERR_SSL_|EPROTO|HPE_)/;

function sentenceOf(facts: TroubleFacts): string {
  switch (facts.kind) {
    case 'refused':
      return refusalSentence(facts);
    case 'unreadable':
      return `What answers at ${facts.url} is no class server that this Lockstep understands.`;
    default:
      return `${unreachableSentence(facts.code, facts.url)}`;
  }
}

function refusalSentence({ word, status }: Extract<TroubleFacts, { kind: 'refused' }>): string {
  switch (word) {
    case 'wrong-code':
      return 'There is no class with this join code here.';
    case 'code-expired':
      return 'This join code has expired.';
    case 'unknown-seat':
      return 'Your seat is no longer in this class.';
    case 'other-lesson':
      return 'This class is taught with another lesson.';
    case 'too-many':
      return 'The class server is being asked too often just now.';
    case 'cannot-keep':
      return 'The class server cannot keep anything just now.';
    case 'class-full':
      return 'There is no free seat in this class.';
    default:
      return `The class server refused it (${word}, HTTP ${status}).`;
  }
}

function unreachableSentence(code: string, url: string): string {
  const where = `The class server at ${url}`;
  if (untrusted.has(code)) return `${where} has a certificate that this machine does not trust.`;
  if (outdated.has(code)) return `${where} has a certificate that is out of date, or this machine's clock is wrong.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${where} has a certificate for another name.`;
  if (wrongScheme.test(code)) return `${where} does not speak this protocol: https and http are mixed up.`;
  if (code === 'UND_ERR_SOCKET' && url.startsWith('http:'))
    return `${where} breaks the connection off: it may speak https alone, or be just ending.`;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${where} cannot be found: its name is not known here.`;
    case 'ECONNREFUSED':
      return `Nothing answers at ${url}: no class server runs there now.`;
    case 'timeout':
      return `${where} does not answer in time.`;
    default:
      return `${where} cannot be reached (${code}).`;
  }
}

function triesOf(facts: TroubleFacts): readonly string[] {
  if (facts.kind === 'unreadable') return ['Look at the address: it stands in the terminal of `lockstep class serve`.'];
  if (facts.kind === 'refused') return refusalTries(facts.word);
  if (untrusted.has(facts.code))
    return [
      "Ask the instructor for the certificate's file, look whose it is, and set NODE_EXTRA_CA_CERTS=FILE before you start.",
    ];
  if (facts.code === 'ERR_TLS_CERT_ALTNAME_INVALID') return ['Use the name that the instructor gave, not a number.'];
  if (wrongScheme.test(facts.code)) return ['Try the address with http:// instead of https://, or the other way round.'];
  return ['Look at the address and at your network, and try again.'];
}

function refusalTries(word: string): readonly string[] {
  switch (word) {
    case 'wrong-code':
      return ['Look at the code once more: it stands where the instructor shows the address.'];
    case 'code-expired':
      return ['Ask the instructor for a new one.'];
    case 'unknown-seat':
      return ['Join again, with the code: lockstep join URL', 'Or follow the lesson without the class: lockstep leave'];
    case 'too-many':
      return ['Wait a minute and try again.'];
    default:
      return ['Ask the instructor.'];
  }
}
