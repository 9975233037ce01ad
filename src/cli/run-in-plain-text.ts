/** Follows a lesson without a screen: for screen readers, logs and terminals that show nothing but text. */
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { createPlain } from '../plain/plain.ts';
import { installRestoration } from '../tui/compositor/restoration.ts';
import { createKeyBook } from '../tui/key-book.ts';
import { inLanguage, words } from '../words/words.ts';
import type { HostChoice } from './choose-host.ts';
import type { Membership } from './class-seat.ts';
import { farewell, nameOfHost } from './farewell.ts';
import type { FollowedClass } from './follow-class.ts';
import { goWhenReady } from './go-to-section.ts';
import { openSession } from './open-session.ts';
import { beginRecording, type RecordTo } from './record.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { tell } from './tell.ts';

/** How a lesson is followed. */
export interface PlainTextOptions {
  readonly stateDir: string;
  readonly lesson: Lesson;
  readonly network?: 'private' | 'shared';
  readonly host?: HostChoice;
  /** Where the learner wants to go as soon as the host is ready. */
  readonly section?: Section;
  readonly prefix?: string;
  readonly record?: RecordTo;
  /** The class to follow it in. */
  readonly membership?: Membership;
}

/**
 * Follows the lesson until the person leaves.
 * @param options which lesson, and how.
 * @returns 0 when left, 143 or 129 when a signal ended it.
 */
export async function runInPlainText(options: PlainTextOptions): Promise<number> {
  const { stdin, stdout } = process;
  const dumb = process.env['TERM'] === 'dumb';
  // Before the keys are taken: sudo may have to ask for a password.
  if ((options.host?.kind ?? 'sandbox') === 'sandbox')
    await authorizeSandbox({ interactive: true, say: (sentence) => console.log(inLanguage(sentence)) });
  const keys = createKeyBook(options.prefix);
  const recording = beginRecording(options.record, options.lesson, stdout);
  const { engine, host, saved } = await openSession({ ...options, actor: 'learner', ...(dumb ? { term: 'dumb' } : {}) });
  recording.follow(engine);
  if (options.section) goWhenReady(engine, options.section);
  const plain = createPlain({
    engine,
    input: stdin,
    write: (text) => void recording.output.write(text),
    size: () => ({ cols: stdout.columns || 80, rows: stdout.rows || 24 }),
    dumb,
    prefix: { name: keys.prefix, byte: keys.prefixByte },
    where: `${options.lesson.user}@${nameOfHost(options.host, host.definition.hostname)}`,
  });
  const cooked = (): void => {
    plain.restore();
    // A terminal that is gone needs nothing.
    if (stdin.isRaw) stdin.setRawMode(false);
  };
  let followed: FollowedClass | null = null;
  let record: string | null = null;
  const removeRestoration = installRestoration(cooked);
  // After the restoration, which must see that somebody else ends the program.
  const stopped = stopOnSignals();
  stopped.signal.addEventListener('abort', () => plain.stop());
  const resized = (): void => plain.resized();
  const gone = (): void => plain.stop();
  try {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('end', gone);
    stdout.on('resize', resized);
    if (options.record) stdout.write(`${words().told.recorded(options.record.path)}\n`);
    if (options.membership) {
      const { followClass } = await import('./follow-class.ts');
      const { membership, stateDir, lesson } = options;
      followed = followClass({ engine, journal: saved, lesson, stateDir, membership, shownTab: () => plain.shownTab });
    }
    await plain.run();
  } finally {
    stdin.off('end', gone);
    stdout.off('resize', resized);
    cooked();
    stdin.pause();
    removeRestoration();
    recording.close();
    await engine.close();
    record = (await followed?.close()) ?? null;
  }
  if (!stopped.signal.aborted) tell(farewell(options.lesson, engine.view, options.host, ' --plain'));
  if (record !== null && !stopped.signal.aborted) console.log(record);
  return stopped.code();
}
