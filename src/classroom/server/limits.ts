/** How often somebody may ask: buckets of tokens that fill up again with time. Knows nothing of requests. */

/** A bucket for each key: `burst` at once, then `perSecond`. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** More keys than this are not remembered; full buckets are forgotten first, since a new one is full too. */
const MOST_KEYS = 20_000;

/** Buckets by key. */
export class Buckets {
  readonly #limit: Limit;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /**
   * Takes one token.
   * @param key whose.
   * @param now monotonic ms.
   * @returns 0 where there was one, otherwise the seconds to wait, at least 1.
   */
  take(key: string, now: number): number {
    const wait = this.wait(key, now);
    if (wait > 0) return wait;
    const bucket = this.#filled(key, now);
    bucket.tokens -= 1;
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MOST_KEYS) this.#forget(now);
    return 0;
  }

  /** Seconds until there is a token; 0 where there is one. Takes none. */
  wait(key: string, now: number): number {
    const { tokens } = this.#filled(key, now);
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / this.#limit.perSecond));
  }

  #filled(key: string, now: number): Bucket {
    const { burst, perSecond } = this.#limit;
    const known = this.#buckets.get(key);
    if (!known) return { tokens: burst, at: now };
    const filled = known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond;
    return { tokens: Math.min(burst, filled), at: now };
  }

  #forget(now: number): void {
    for (const key of this.#buckets.keys()) {
      if (this.#filled(key, now).tokens >= this.#limit.burst) this.#buckets.delete(key);
    }
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_KEYS) return;
      this.#buckets.delete(key);
    }
  }
}

/**
 * Who an address is for a limit: an IPv6 network of 64 bits is one customer, who has all of its addresses.
 * @param address as the socket or a proxy says it.
 */
export function limitKey(address: string): string {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}
