/** Tokens, secrets and join codes: made from the system's randomness, kept as hashes, compared in constant time. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Letters and digits that are taken for nothing else, neither read nor heard: no 0 O, 1 I L, 2 Z, 5 S, 8 B, M N, D, E, G, Q, V. */
const LETTERS = 'ACFHJKPRTUWXY34679';
const GROUP = 4;

/** An id that nobody can guess: 128 bits. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** A token or secret of 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. Enough for what has 256 random bits; passwords would want more. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A join code, e.g. `K7PW-4TRX`: 33 bits. */
export function newJoinCode(): string {
  const group = (): string => Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${group()}-${group()}`;
}

/** A code as typed, without case, spaces and dashes. */
function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Whether a code as typed is the code. */
export function sameCode(typed: string, code: string): boolean {
  return sameHash(hashOf(plainCode(typed)), hashOf(plainCode(code)));
}

/** Whether two hashes are the same, in a time that does not tell how much of them is. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}
