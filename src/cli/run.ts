/** `lockstep run`: follow a lesson on the screen, or have it played. */
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { stateFolder } from '../journal/state-folder.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { chooseHost } from './choose-host.ts';
import { defaultLesson, loadLesson, locateLesson } from './find-lesson.ts';
import { networkOf } from './options.ts';
import type { RecordTo } from './record.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      auto: { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      network: { type: 'string' },
      prefix: { type: 'string' },
      record: { type: 'string' },
      force: { type: 'boolean', default: false },
      host: { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  });
  const network = networkOf(values.network);
  const stateDir = stateFolder(process.env);
  const screen = process.stdin.isTTY === true && process.stdout.isTTY === true && process.env['TERM'] !== 'dumb' && !values.plain;
  const wanted = positionals[0] ?? (screen && !values.auto ? await choose(stateDir) : defaultLesson);
  if (wanted === null) return 0;
  const record = recordTo(values, screen);
  const lesson = await loadLesson(await locateLesson(wanted), stateDir);
  if (lesson.notes !== undefined && !(await toldOf(lesson.notes, screen && !values.auto))) return 0;
  const { choice: host, because } = await chooseHost(values.host);
  if (because !== null) console.error(because);
  if (host.kind === 'local' && !(await agreed(lesson, values.yes))) return 0;
  const options = { stateDir, lesson, host, ...(network === undefined ? {} : { network }) };
  if (!screen) {
    const { runPlain } = await import('./run-plain.ts');
    return runPlain(options);
  }
  const { runOnScreen } = await import('./run-on-screen.ts');
  return runOnScreen({
    ...options,
    auto: values.auto,
    ...(values.prefix === undefined ? {} : { prefix: values.prefix }),
    ...(record === undefined ? {} : { record }),
  });
}

async function agreed(lesson: Lesson, yes: boolean): Promise<boolean> {
  const { mayChangeThisMachine } = await import('./ask-local.ts');
  return mayChangeThisMachine(lesson, hostname(), yes);
}

async function toldOf(notes: readonly string[], ask: boolean): Promise<boolean> {
  const { tellNotes } = await import('./tell-notes.ts');
  return tellNotes(notes, ask);
}

async function choose(stateDir: string): Promise<string | null> {
  const { chooseLesson } = await import('./choose-lesson.ts');
  return chooseLesson(stateDir);
}

function recordTo({ record, force }: { record?: string | undefined; force: boolean }, screen: boolean): RecordTo | undefined {
  if (record === undefined) return undefined;
  if (record !== '' && screen) return { path: record, force };
  throw new UserError('bad-option', record === '' ? '--record needs a file.' : '--record needs a terminal to record.', {
    tries: [record === '' ? '--record lesson.cast' : 'Without one, keep the plain text: lockstep run LESSON > FILE'],
    exitCode: 2,
  });
}
