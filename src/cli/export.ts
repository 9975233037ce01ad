/** `lockstep export`: a lesson in another system's format. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stateFolder } from '../journal/state-folder.ts';
import { loadKillercoda } from '../lesson/killercoda/load-killercoda.ts';
import { UserError } from '../model/errors.ts';
import { defaultLesson, loadLesson, locateLesson } from './find-lesson.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function exportLesson(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('export', {
    args: [...args],
    allowPositionals: true,
    options: { to: { type: 'string' } },
  });
  if (values.to !== 'killercoda')
    throw new UserError('usage', values.to === undefined ? 'Export to what?' : `Nothing is exported to ${values.to}.`, {
      tries: ['lockstep export --to killercoda LESSON DIR'],
      exitCode: 2,
    });
  const [first, second] = positionals;
  if (first === undefined)
    throw new UserError('usage', 'Where is the scenario to be written?', {
      tries: ['lockstep export --to killercoda LESSON DIR'],
      exitCode: 2,
    });
  const [wanted, target] = second === undefined ? [defaultLesson, first] : [first, second];
  const lesson = await loadLesson(await locateLesson(wanted), stateFolder(process.env));
  const { exportScenario } = await loadKillercoda();
  const { files, copies, notes } = exportScenario(lesson);
  const folder = emptyFolder(target);
  for (const { path, text, executable } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (executable) chmodSync(file, 0o755);
  }
  for (const { from, path } of copies) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(from, join(folder, path));
  }
  console.log(`"${lesson.title}" is a scenario of ${lesson.sections.length} steps in ${target}`);
  for (const note of notes) console.log(`! ${note}`);
  console.log(`\nTry it with: lockstep run ${target}`);
  return 0;
}

/** Nothing that is there is written over. */
function emptyFolder(target: string): string {
  const folder = resolve(target);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UserError('not-empty', `${target} is there already and is not empty.`, {
      tries: ['Name a folder that is not there yet.'],
    });
  mkdirSync(folder, { recursive: true });
  return folder;
}
