/** Who asks: a seat by its token, the instructor by the secret. What is right always passes, however much was wrong before. */
import type { Classroom } from './classroom.ts';
import { Buckets, limitKey } from './limits.ts';
import { Refused, tooMany } from './refused.ts';
import { bearerOf, type Doorkeeper } from './routes.ts';
import { hashOf, sameHash } from './secrets.ts';

/** Wrong tokens and secrets by address. They cannot be guessed; this keeps the noise of trying down. */
const WRONG = { burst: 100, perSecond: 5 };

/**
 * Makes the doorkeeper.
 * @param room the class.
 * @param secrets hashes of the instructor's secrets as of now.
 */
export function makeDoorkeeper(room: Classroom, secrets: () => readonly string[]): Doorkeeper {
  const wrong = new Buckets(WRONG);
  const refuse = (address: string, refused: Refused): Refused => {
    const wait = wrong.take(limitKey(address), performance.now());
    return wait > 0 ? tooMany(wait) : refused;
  };
  const isSecret = (hash: string): boolean => secrets().reduce((found, own) => sameHash(own, hash) || found, false);
  return {
    async seat(context, address) {
      const token = bearerOf(context);
      if (token === null) throw new Refused(401, 'unknown-seat', "A seat's token belongs into the Authorization header.");
      const seat = await room.cohort.seatOfToken(hashOf(token));
      if (seat) return seat;
      throw refuse(address, new Refused(401, 'unknown-seat', 'This seat is not in the class, or not any more.'));
    },
    instructor(context, address) {
      const secret = bearerOf(context);
      if (secret === null) throw new Refused(401, 'no-secret', "The instructor's secret belongs into the Authorization header.");
      if (isSecret(hashOf(secret))) return;
      throw refuse(address, new Refused(403, 'not-instructor', "That is not the instructor's secret."));
    },
  };
}
