/** Follows a lesson on the full screen; with `auto` the program plays it there at a readable pace. */
import { play, readable } from '../engine/pilot.ts';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import type { Lesson } from '../model/lesson.ts';
import { createCompositor } from '../tui/compositor/compositor.ts';
import { runTui } from '../tui/run-tui.ts';
import { openSession } from './open-session.ts';
import { version } from './places.ts';
import { beginRecording, type RecordTo } from './record.ts';

/** How a lesson is shown. */
export interface ScreenOptions {
  readonly stateDir: string;
  readonly lesson: Lesson;
  readonly network?: 'private' | 'shared';
  readonly auto: boolean;
  readonly prefix?: string;
  readonly record?: RecordTo;
}

/**
 * Shows the lesson until the person leaves.
 * @param options which lesson, and how.
 * @returns 0 when left, or when a played lesson ended well; 1 when a played lesson got stuck.
 */
export async function runOnScreen(options: ScreenOptions): Promise<number> {
  const { lesson, auto } = options;
  // Before the screen is taken: sudo may have to ask for a password.
  await authorizeSandbox({ interactive: true, say: (sentence) => console.log(sentence) });
  const recording = beginRecording(options.record, lesson, process.stdout);
  const { engine, host } = await openSession({ ...options, actor: auto ? 'program' : 'learner' });
  recording.follow(engine);
  const compositor = createCompositor({ input: process.stdin, output: recording.output, env: process.env });
  const stopped = new AbortController();
  let stuck: string | null = null;
  try {
    const network = options.network ?? host.definition.network;
    const shown = runTui({
      engine,
      compositor,
      env: process.env,
      version: version(),
      where: `${lesson.user}@${host.definition.hostname}`,
      place: `${host.kind} · ${network === 'private' ? 'private network' : "this machine's network"}`,
      recording: options.record !== undefined,
      ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    });
    if (auto) {
      void play(engine, readable, stopped.signal).then((result) => {
        if (result.outcome === 'finished' || stopped.signal.aborted) return;
        stuck = result.sentence;
        engine.notice(`The player got stuck: ${result.sentence}`, 'problem');
      });
    }
    await shown;
  } finally {
    stopped.abort();
    compositor.close();
    recording.close();
    await engine.close();
  }
  farewell(lesson, engine.view.finished, engine.view.workDone, engine.view.workTotal, auto);
  return stuck === null ? 0 : 1;
}

function farewell(lesson: Lesson, finished: boolean, done: number, total: number, auto: boolean): void {
  if (auto) return;
  if (finished)
    console.log(`"${lesson.title}" is done. lockstep list shows what else there is; lockstep reset ${lesson.id} begins it anew.`);
  else
    console.log(
      `"${lesson.title}": ${done} of ${total} sections done. Everything is kept; go on with: lockstep run ${lesson.id}`,
    );
}
