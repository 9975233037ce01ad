/** `lockstep new DIR`: makes a lesson that runs at once. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { messageOf, UserError } from '../model/errors.ts';
import { newLessonFiles } from './new-lesson-files.ts';
import { schemaFile } from './places.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 * @throws UserError `usage` without a folder, `folder-not-empty` where something is in it already.
 */
export async function createLesson(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments('new', { args: [...args], allowPositionals: true, options: {} });
  const [wanted, ...more] = positionals;
  if (wanted === undefined || more.length > 0)
    throw new UserError('usage', 'Where is the new lesson to be?', { tries: ['lockstep new my-lesson'], exitCode: 2 });
  const folder = resolve(wanted);
  await refuseFilled(folder, wanted);
  const files = newLessonFiles(basename(folder), relative(folder, schemaFile()));
  try {
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content, { flag: 'wx' });
    }
  } catch (cause) {
    throw new UserError('not-writable', `The lesson cannot be written to ${wanted}: ${messageOf(cause)}`, { cause });
  }
  console.log(`Made ${files.map(({ path }) => join(wanted, path)).join(', ')}. It runs as it is:

  lockstep preview ${wanted}   how it looks, live while you write
  lockstep run ${wanted}       follow it
  lockstep test ${wanted}      try it: checks fail before and pass after
  lockstep lint ${wanted}      what to mend

docs/authoring.md is a tutorial, and has every key and kind of check.`);
  return 0;
}

/** Nothing of anybody's is ever overwritten. */
async function refuseFilled(folder: string, wanted: string): Promise<void> {
  const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw new UserError('not-writable', `${wanted} cannot be a lesson's folder: ${thrown.message}`);
  });
  if (names.length === 0) return;
  throw new UserError('folder-not-empty', `${wanted} is there already and is not empty.`, {
    tries: ['Name a folder that is not there yet.'],
  });
}
