/** Finds the learner's seat in a class, or takes one: with what was remembered, what was given, and what must be asked. */
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { createClassApi } from '../classroom/learner/api.ts';
import { type ClassAddress, readClassAddress } from '../classroom/learner/class-address.ts';
import { ClassTrouble } from '../classroom/learner/class-trouble.ts';
import { forgetWish, readSeat, readWish, type Seat, writeSeat } from '../classroom/learner/seat-file.ts';
import { UserError } from '../model/errors.ts';
import { cleanText } from '../tui/text/clean.ts';
import { inLanguage, words } from '../words/words.ts';

/** A seat that could not be taken yet, because the class cannot be reached. */
export interface WantedSeat {
  readonly url: string;
  readonly code: string;
  readonly name: string;
}

/** What the lesson is followed with: a seat, or the wish for one. */
export type Membership = { readonly seat: Seat } | { readonly wanted: WantedSeat };

/** What was given on the command line. */
export interface SeatWish {
  readonly stateDir: string;
  /** As typed, pasted or scanned. */
  readonly address: string;
  readonly code?: string;
  readonly name?: string;
}

/** Somebody stands before the class and waits: longer than this nobody should, milliseconds. */
const patienceMs = 8_000;

/**
 * The seat in the class at an address. A seat that was taken before is used again; otherwise one is taken.
 * @param wish where, and what is known.
 * @throws UserError for a code that is wrong or has expired, or where something must be asked and nobody can be.
 */
export async function seatAt(wish: SeatWish): Promise<Membership> {
  const address = readClassAddress(wish.address);
  const known = await readSeat(wish.stateDir);
  if (known !== null && known.url === address.url && (wish.name === undefined || wish.name.trim() === known.name)) {
    const seat = await lookedAt(known, wish.stateDir);
    if (seat !== null) return { seat };
  }
  return takeSeat({ ...wish, ...(known === null ? {} : { before: known.name }) }, address);
}

/**
 * The seat that was taken in a class that has this lesson, or the wish for one with which it was begun; null where there
 * is neither.
 * @param stateDir the state folder.
 * @param lesson the lesson's id.
 */
export async function membershipFor(stateDir: string, lesson: string): Promise<Membership | null> {
  const wish = await readWish(stateDir);
  if (wish?.lesson === lesson) return { wanted: { url: wish.url, code: wish.code, name: wish.name } };
  const seat = await readSeat(stateDir);
  return seat?.class.lesson === lesson ? { seat } : null;
}

/**
 * Refuses to follow another lesson than the class does.
 * @param seat the seat.
 * @param lesson the lesson's id.
 * @throws UserError `other-lesson`.
 */
export function sameLesson(seat: Seat, lesson: string): void {
  if (seat.class.lesson === lesson) return;
  throw new UserError(
    'other-lesson',
    `The class is taught with the lesson \`${cleanText(seat.class.lesson)}\`, not with \`${lesson}\`.`,
    {
      tries: [`lockstep run ${cleanText(seat.class.lesson)} --class ${seat.url}`],
      exitCode: 2,
    },
  );
}

/** The seat as the class knows it now; as it was known where that cannot be reached; null where it is gone. */
async function lookedAt(seat: Seat, stateDir: string): Promise<Seat | null> {
  try {
    const answer = await createClassApi({ url: seat.url, token: seat.token, deadlineMs: patienceMs }).seat();
    const fresh = { ...seat, class: answer.class };
    await writeSeat(stateDir, fresh);
    await forgetWish(stateDir);
    return fresh;
  } catch (thrown) {
    if (!(thrown instanceof ClassTrouble)) throw thrown;
    return thrown.word === 'unknown-seat' ? null : seat;
  }
}

async function takeSeat(wish: SeatWish & { readonly before?: string }, address: ClassAddress): Promise<Membership> {
  const code = (wish.code ?? address.code ?? (await ask(words().program.joinCode, 'Add --code CODE.'))).trim();
  const offered = wish.before ?? userName();
  const name = (wish.name ?? ((await ask(words().program.yourName(offered), 'Add --name NAME.')) || offered)).trim();
  if (code === '') throw usage(words().program.noCode, words().program.codeWhere);
  if (name === '' || name.length > 60) throw usage(words().program.badName, '--name NAME');
  const wanted = { url: address.url, code, name };
  try {
    return { seat: await joinWanted(wanted, wish.stateDir) };
  } catch (thrown) {
    if (!(thrown instanceof ClassTrouble)) throw thrown;
    // A refusal is final, and so is a certificate that cannot be trusted; a class that is not there yet may come.
    if (thrown.facts.kind !== 'unreachable' || isForGood(thrown.facts.code)) throw thrown.asUserError();
    console.error(inLanguage(thrown.message));
    return { wanted };
  }
}

/**
 * Takes a seat and remembers it.
 * @param wanted where, with which code, as whom.
 * @param stateDir the state folder.
 * @throws ClassTrouble where the class cannot be reached or does not want us.
 */
export async function joinWanted({ url, code, name }: WantedSeat, stateDir: string): Promise<Seat> {
  const answer = await createClassApi({ url, deadlineMs: patienceMs }).join(code, name);
  const { seat, token, class: told } = answer;
  const taken: Seat = { version: 1, url, seat, token, name: answer.name, class: told, journals: {} };
  await writeSeat(stateDir, taken);
  await forgetWish(stateDir);
  return taken;
}

function isForGood(code: string): boolean {
  return /CERT|SIGNATURE|ISSUER|SSL|EPROTO|HPE/.test(code);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'learner';
  }
}

async function ask(question: string, tries: string): Promise<string> {
  if (process.stdin.isTTY !== true) throw usage(`Without a terminal nobody can be asked: ${question.trim()}`, tries);
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asker.question(question)).trim();
  } finally {
    asker.close();
  }
}

function usage(sentence: string, tries: string): UserError {
  return new UserError('usage', sentence, { tries: [tries], exitCode: 2 });
}
