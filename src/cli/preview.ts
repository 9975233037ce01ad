/** `lockstep preview LESSON`: the lesson as a learner will see it, without a host, live while its files change. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import { createPreview, type Preview } from '../engine/preview.ts';
import { UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { describeProblem } from '../model/problem.ts';
import { createCompositor } from '../tui/compositor/compositor.ts';
import { openKeyboard } from '../tui/compositor/keyboard.ts';
import { lessonLines } from '../tui/lesson/lesson-lines.ts';
import { runTui } from '../tui/run-tui.ts';
import { createTheme } from '../tui/theme.ts';
import { locateLesson, problemError } from './find-lesson.ts';
import { knownHosts, version } from './places.ts';
import { readArguments } from './read-arguments.ts';

/** Editors write a file in several steps: they are waited for, milliseconds. */
const settleMs = 80;
/** Width of plain text where there is no terminal to ask. */
const plainCols = 80;

/**
 * Runs the command.
 * @param args its arguments.
 * @returns the exit code.
 * @throws UserError `bad-lesson` when the lesson cannot be read to begin with.
 */
export async function preview(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    'preview',
    {
      args: [...args],
      allowPositionals: true,
      options: { plain: { type: 'boolean', default: false }, prefix: { type: 'string' } },
    },
    1,
  );
  const path = await locateLesson(positionals[0] ?? '.');
  const first = await read(path);
  if (!first.ok) throw problemError('bad-lesson', 'This lesson cannot be shown yet.', first.problems);
  const engine = createPreview(first.lesson, Date.now);
  if (values.plain || process.stdin.isTTY !== true || process.stdout.isTTY !== true || process.env['TERM'] === 'dumb') {
    const theme = createTheme(process.stdout.isTTY === true ? process.env : { NO_COLOR: '1' });
    const width = Math.max(20, Math.min(process.stdout.columns ?? plainCols, 100));
    for (const line of lessonLines(engine.view, width)) console.log(plainLine(theme.text(line)));
    return 0;
  }
  await show(engine, first.lesson, path, values.prefix);
  return 0;
}

/** In a pipe there are no styles at all, not even bold. */
function plainLine(text: string): string {
  return process.stdout.isTTY === true ? text : text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}

async function read(path: string) {
  const { readLesson } = await import('../lesson/lesson.ts');
  return readLesson(path, { hosts: knownHosts() });
}

async function show(engine: Preview, lesson: Lesson, path: string, prefix: string | undefined): Promise<void> {
  const compositor = createCompositor({ input: openKeyboard(), output: process.stdout, env: process.env });
  const watching = watchLesson(engine, lesson, path);
  try {
    const place = 'preview';
    const common = { engine, compositor, env: process.env, version: version(), where: path, place, zoomed: true };
    await runTui(prefix === undefined ? common : { ...common, prefix });
  } finally {
    watching.close();
    compositor.close();
    await engine.close();
  }
}

/** Reads the lesson anew whenever something in its folders changes; while it is broken, the last good one stays. */
function watchLesson(engine: Preview, lesson: Lesson, path: string): { close(): void } {
  let timer: NodeJS.Timeout | null = null;
  const readAnew = async (): Promise<void> => {
    const next = await read(path);
    if (next.ok) engine.show(next.lesson);
    else if (next.problems[0]) engine.notice(describeProblem(next.problems[0]), 'problem');
  };
  const changed = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void readAnew(), settleMs);
  };
  const folders = new Set([lesson.dir, ...lesson.sections.map(({ place }) => dirname(place.file))]);
  const watchers = [...folders].map((folder) => watchFolder(folder, changed));
  return {
    close() {
      if (timer) clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function watchFolder(folder: string, changed: () => void): FSWatcher {
  try {
    return watch(folder, changed);
  } catch (cause) {
    throw new UserError('not-watchable', `${folder} cannot be watched for changes.`, {
      cause,
      tries: ['Add --plain to see it once.'],
    });
  }
}
