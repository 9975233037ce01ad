/** `lockstep leave`: forgets the seat in a class. */
import { parseArgs } from 'node:util';
import { forgetSeat, readSeat } from '../classroom/learner/seat-file.ts';
import { stateFolder } from '../journal/state-folder.ts';

/**
 * Runs the command.
 * @param args its arguments; it takes none.
 * @returns 0.
 */
export async function leaveClass(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const stateDir = stateFolder(process.env);
  const seat = await readSeat(stateDir);
  await forgetSeat(stateDir);
  console.log(
    seat === null
      ? 'You are in no class.'
      : `You have left the class at ${seat.url}. Nothing is told to it any more; your progress is yours and stays.`,
  );
  return 0;
}
