/** `lockstep leave`: forgets the seat in a class. */
import { forgetSeat, forgetWish, readSeat, readWish } from '../classroom/learner/seat-file.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { words } from '../words/words.ts';
import { readArguments } from './read-arguments.ts';
import { tell } from './tell.ts';

/**
 * Runs the command.
 * @param args its arguments; it takes none.
 * @returns 0.
 */
export async function leaveClass(args: readonly string[]): Promise<number> {
  readArguments('leave', { args: [...args], options: {} });
  const stateDir = stateFolder(process.env);
  const seat = await readSeat(stateDir);
  const wish = await readWish(stateDir);
  const left = wish?.url ?? seat?.url;
  await forgetSeat(stateDir);
  await forgetWish(stateDir);
  tell(left === undefined ? words().program.inNoClass : words().program.leftClass(left));
  return 0;
}
