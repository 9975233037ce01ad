/** Attendance of a class read from its store, whether or not a server runs. */

import { type ExportFormat, exportText } from '../../classroom/record/export-class.ts';
import { openClassStore } from '../../classroom/store/class-store.ts';
import { type DatabasePlace, openDatabase } from '../../classroom/store/open-database.ts';
import { UserError } from '../../model/errors.ts';
import { attendanceOf } from './attendance.ts';
import { type ClassWanted, chooseClass } from './choose-class.ts';
import { Cohort } from './cohort.ts';

/**
 * Exports a class.
 * @param place where it is kept.
 * @param wanted which.
 * @throws UserError `no-class` where there is none, `whose-class`.
 */
export async function exportFromStore(place: DatabasePlace, wanted: ClassWanted, format: ExportFormat): Promise<string> {
  const database = await openDatabase(place, () => {});
  try {
    const store = await openClassStore(database, 'export');
    const row = await chooseClass(store, wanted);
    if (!row) {
      throw new UserError('no-class', `There was no class on ${wanted.lesson} here.`, {
        tries: [`Begin one: lockstep class serve --lesson ${wanted.lesson}`],
      });
    }
    return exportText(attendanceOf(await Cohort.load(store, row, () => {}), Date.now()), format);
  } finally {
    await database.close();
  }
}
