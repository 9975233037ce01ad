/**
 * The learner's seat, remembered in a file that only they may read: where the class is, the token, and what was last
 * known of it. Beside it, until there is a seat, the wish for one. One class at a time.
 */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { classForLearner } from '../../classroom/protocol/learner-api.ts';
import { displayName, hash, opaqueId } from '../../classroom/protocol/words.ts';
import { makePrivateFolder } from '../../journal/private-folder.ts';
import { messageOf, UserError } from '../../model/errors.ts';

const seatShape = z.object({
  version: z.literal(1),
  url: z.url(),
  seat: opaqueId,
  token: z.string().min(20).max(200),
  name: displayName,
  /** As it was told last, the gate included. */
  class: classForLearner,
  /** Journals that the class knows by another id than the hash of their first line: that hash, and the id. */
  journals: z.record(hash, hash),
});

/** A seat in a class. */
export type Seat = Readonly<z.infer<typeof seatShape>>;

const wishShape = z.object({
  version: z.literal(1),
  url: z.url(),
  code: z.string().min(1).max(200),
  name: displayName,
  /** The lesson that was begun with it. */
  lesson: z.string().min(1),
});

/** The wish for a seat in a class that could not be reached yet. */
export type SeatWished = Readonly<z.infer<typeof wishShape>>;

/**
 * Where the seat is remembered.
 * @param stateDir the state folder.
 */
export function seatPath(stateDir: string): string {
  return join(stateDir, 'class.json');
}

/**
 * The seat that was taken; null where there is none, or what there is cannot be read.
 * @param stateDir the state folder.
 */
export async function readSeat(stateDir: string): Promise<Seat | null> {
  return readShape(seatPath(stateDir), seatShape);
}

/**
 * Where the wish for a seat is remembered.
 */
function wishPath(stateDir: string): string {
  return join(stateDir, 'class-wanted.json');
}

/**
 * The wish for a seat; null where there is none, or what there is cannot be read.
 * @param stateDir the state folder.
 */
export async function readWish(stateDir: string): Promise<SeatWished | null> {
  return readShape(wishPath(stateDir), wishShape);
}

/**
 * Remembers the wish for a seat, so that the next start of the lesson has it as well.
 * @param stateDir the state folder.
 * @param wish what is wanted.
 * @throws UserError `state-not-writable`.
 */
export async function writeWish(stateDir: string, wish: SeatWished): Promise<void> {
  await writeWhole(wishPath(stateDir), wish);
}

/**
 * Forgets the wish: there is a seat, or there never will be one.
 * @param stateDir the state folder.
 */
export async function forgetWish(stateDir: string): Promise<void> {
  await rm(wishPath(stateDir), { force: true });
}

async function readShape<T>(path: string, shape: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Remembers a seat, whole or not at all.
 * @param stateDir the state folder.
 * @param seat what to remember.
 * @throws UserError `state-not-writable`.
 */
export async function writeSeat(stateDir: string, seat: Seat): Promise<void> {
  await writeWhole(seatPath(stateDir), seat);
}

async function writeWhole(path: string, content: Seat | SeatWished): Promise<void> {
  await makePrivateFolder(dirname(path));
  const next = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(next, path);
  } catch (cause) {
    await rm(next, { force: true }).catch(() => {});
    throw new UserError('state-not-writable', `Your seat in the class cannot be kept in ${path}: ${messageOf(cause)}.`, {
      tries: ['Make room or make it writable, or set LOCKSTEP_STATE to another folder.'],
      cause,
    });
  }
}

/**
 * Forgets the seat.
 * @param stateDir the state folder.
 */
export async function forgetSeat(stateDir: string): Promise<void> {
  await rm(seatPath(stateDir), { force: true });
}
