/** `lockstep class export`: who was there and how far they came. */
import { writeFileSync } from 'node:fs';
import { exportFormats } from '../classroom/record/export-class.ts';
import { loadClassModule } from '../classroom/server/loaded-late.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import { classPlace } from './class-place.ts';
import { loadLesson, locateLesson } from './find-lesson.ts';
import { oneOf } from './options.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function classExport(args: readonly string[]): Promise<number> {
  const { values } = readArguments('class', {
    args: [...args],
    options: {
      lesson: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      output: { type: 'string' },
      database: { type: 'string' },
      code: { type: 'string' },
    },
  });
  if (values.lesson === undefined) {
    throw new UserError('usage', 'Of which lesson is the class?', {
      tries: ['lockstep class export --lesson LESSON --format csv'],
      exitCode: 2,
    });
  }
  const format = oneOf('format', values.format, exportFormats);
  const state = stateFolder(process.env);
  const lesson = await loadLesson(await locateLesson(values.lesson), state);
  const { folder, database } = await classPlace(state, lesson, values.database);
  const { exportFromStore } = await loadClassModule();
  const wanted = { lesson: lesson.id, folder, code: values.code ?? null };
  const text = await exportFromStore(database.type === 'sqlite' ? { ...database, shared: true } : database, wanted, format);
  if (values.output === undefined) process.stdout.write(text);
  else writeFileSync(values.output, text, { mode: 0o600 });
  return 0;
}
