/** `lockstep list`: the lessons there are, and how far you are. */
import { parseArgs } from 'node:util';
import { stateFolder } from '../journal/state-folder.ts';
import { lessonsWithProgress, progressWords } from './lesson-progress.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function list(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const rows = await lessonsWithProgress(stateFolder(process.env));
  if (values.json) {
    console.log(JSON.stringify(rows, null, 2));
    return 0;
  }
  const width = Math.max(...rows.map((row) => row.id.length));
  for (const row of rows) {
    const minutes = row.minutes === null ? '' : ` · ${row.minutes} min`;
    console.log(`${row.id.padEnd(width)}  ${row.title} (${progressWords(row)}${minutes})`);
    if (row.summary !== null) console.log(`${' '.repeat(width)}  ${row.summary}`);
  }
  console.log('\nFollow one with: lockstep run LESSON');
  return 0;
}
