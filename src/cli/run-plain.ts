/** Plays a lesson in plain text, one line an event: for pipes, CI and logs. */
import { play, swift } from '../engine/pilot.ts';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import type { Lesson } from '../model/lesson.ts';
import { createTranscript } from '../report/transcript.ts';
import { inLanguage } from '../words/words.ts';
import type { HostChoice } from './choose-host.ts';
import { openSession } from './open-session.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** Terminal size of shells that nobody looks at; wide, so that output does not wrap. */
const size = { cols: 120, rows: 40 };

/**
 * Plays the lesson from its beginning on a host of its own.
 * @param options which lesson, and where state is kept.
 * @returns 0 when every section was unlocked, 1 when it got stuck, 130 or 143 when it was stopped.
 */
export async function runPlain(options: {
  readonly stateDir: string;
  readonly lesson: Lesson;
  readonly network?: 'private' | 'shared';
  readonly host?: HostChoice;
}): Promise<number> {
  const { lesson } = options;
  const stopped = stopOnSignals();
  if ((options.host?.kind ?? 'sandbox') === 'sandbox') {
    await authorizeSandbox({ interactive: process.stdin.isTTY === true, say: (sentence) => console.error(inLanguage(sentence)) });
  }
  console.log(`Lockstep plays "${lesson.title}" by itself, in plain text.`);
  const { engine } = await openSession({ ...options, actor: 'program' });
  const transcript = createTranscript(Date.now());
  engine.onEvent((event, after) => {
    for (const line of transcript.lines(event, after)) console.log(line);
  });
  engine.resizeTerminals(size.cols, size.rows);
  try {
    const [result] = await Promise.all([play(engine, swift, stopped.signal), engine.start()]);
    if (result.outcome === 'finished') return 0;
    // What befell the host has been told already, in its own line.
    if (stopped.signal.aborted || engine.view.host.status === 'ready') console.error(`Stuck: ${result.sentence}`);
    return stopped.code() || 1;
  } finally {
    await engine.close();
  }
}
