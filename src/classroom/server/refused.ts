/** What a request is refused with: a status, a stable word and a sentence. */

/** A request that is not done. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503;
  readonly word: string;
  readonly extra: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly retryAfter: number | null;

  constructor(
    status: Refused['status'],
    word: string,
    sentence: string,
    more: { readonly extra?: Readonly<Record<string, unknown>>; readonly retryAfter?: number } = {},
  ) {
    super(sentence);
    this.status = status;
    this.word = word;
    this.extra = more.extra ?? {};
    this.retryAfter = more.retryAfter ?? null;
  }
}

/** Too often. */
export function tooMany(retryAfter: number): Refused {
  return new Refused(429, 'too-many', 'That was too often. Try again in a moment.', { retryAfter });
}

/** Nothing was kept. */
export function cannotKeep(): Refused {
  return new Refused(503, 'cannot-keep', 'The class server cannot keep anything right now. Nothing of this was kept.', {
    retryAfter: 2,
  });
}
