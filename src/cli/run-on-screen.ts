/** Follows a lesson on the full screen; with `auto` the program plays it there at a readable pace. */
import type { Tab } from '../engine/engine.ts';
import { play, readable } from '../engine/pilot.ts';
import { authorizeSandbox } from '../host/sandbox/privilege.ts';
import type { HostKind } from '../model/host.ts';
import type { Lesson, Section } from '../model/lesson.ts';
import { createCompositor } from '../tui/compositor/compositor.ts';
import { openKeyboard } from '../tui/compositor/keyboard.ts';
import type { Compositor } from '../tui/compositor/layer.ts';
import { runTui } from '../tui/run-tui.ts';
import { inLanguage, words } from '../words/words.ts';
import type { HostChoice } from './choose-host.ts';
import type { Membership } from './class-seat.ts';
import { farewell, nameOfHost } from './farewell.ts';
import { firstFrameStands } from './first-frame.ts';
import type { FollowedClass, FollowOptions } from './follow-class.ts';
import { goWhenReady } from './go-to-section.ts';
import { openSession } from './open-session.ts';
import { version } from './places.ts';
import { beginRecording, type RecordTo } from './record.ts';
import { stopOnSignals, whenStopped } from './stop-on-signals.ts';
import { tell } from './tell.ts';

/** How long leaving may wait for an answer of the terminal that is on its way, milliseconds. */
const ANSWER_MS = 250;

/** How a lesson is shown. */
export interface ScreenOptions {
  readonly stateDir: string;
  readonly lesson: Lesson;
  readonly network?: 'private' | 'shared';
  readonly host?: HostChoice;
  readonly auto: boolean;
  readonly prefix?: string;
  readonly record?: RecordTo;
  /** Go to this section once the host is ready. */
  readonly section?: Section;
  /** The class to follow it in. */
  readonly membership?: Membership;
}

/**
 * Shows the lesson until the person leaves.
 * @param options which lesson, and how.
 * @returns 0 when left, or when a played lesson ended well; 1 when a played lesson got stuck; 129, 130 or 143 when a
 * signal ended it.
 */
export async function runOnScreen(options: ScreenOptions): Promise<number> {
  const { lesson, auto } = options;
  // Before the screen is taken: sudo may have to ask for a password.
  if ((options.host?.kind ?? 'sandbox') === 'sandbox')
    await authorizeSandbox({ interactive: true, say: (sentence) => console.log(inLanguage(sentence)) });
  const recording = beginRecording(options.record, lesson, process.stdout);
  let compositor: Compositor | null = null;
  const colors = () => compositor?.colors ?? null;
  const { engine, host, saved } = await openSession({ ...options, actor: auto ? 'program' : 'learner', colors });
  recording.follow(engine);
  compositor = createCompositor({ input: openKeyboard(), output: recording.output, env: process.env });
  const left = new AbortController();
  const stopped = stopOnSignals();
  let stuck: string | null = null;
  let record: string | null = null;
  let tab = 1;
  let followed: Promise<FollowedClass> | null = null;
  if (options.section) goWhenReady(engine, options.section);
  try {
    const network = options.network ?? host.definition.network;
    const shown = runTui({
      engine,
      compositor,
      env: process.env,
      version: version(),
      where: `${lesson.user}@${nameOfHost(options.host, host.definition.hostname)}`,
      place: placeOf(host.kind, network),
      recording: options.record !== undefined,
      onTabShown: (number) => {
        tab = number;
      },
      onFirstFrame: firstFrameStands,
      ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    });
    // The first frame stands by now.
    if (options.membership) {
      const { membership, stateDir } = options;
      const shownTab = (): Tab | undefined => engine.tabs.find((each) => each.number === tab);
      followed = beginFollowing({ engine, journal: saved, lesson, stateDir, membership, shownTab });
    }
    if (auto) {
      void play(engine, readable, AbortSignal.any([left.signal, stopped.signal])).then((result) => {
        if (result.outcome === 'finished' || left.signal.aborted || stopped.signal.aborted) return;
        stuck = result.sentence;
        engine.notice(`The player got stuck: ${result.sentence}`, 'problem');
      });
    }
    await Promise.race([shown, whenStopped(stopped.signal)]);
  } finally {
    left.abort();
    // An answer that came later would be typed into the person's own shell.
    await compositor.answered(ANSWER_MS);
    compositor.close();
    recording.close();
    await engine.close();
    record = (await (await followed)?.close()) ?? null;
  }
  if (stopped.signal.aborted) return stopped.code();
  if (!auto) tell(farewell(lesson, engine.view, options.host));
  if (record !== null) tell(record);
  return stuck === null ? 0 : 1;
}

async function beginFollowing(options: FollowOptions): Promise<FollowedClass> {
  const { followClass } = await import('./follow-class.ts');
  return followClass(options);
}

/** Where it happens, for the rule above the shell. */
function placeOf(kind: HostKind, network: 'private' | 'shared'): string {
  if (kind === 'local') return words().pane.thisMachine;
  if (kind === 'ssh') return 'ssh';
  return network === 'private' ? words().pane.privateNetwork(kind) : words().pane.sharedNetwork(kind);
}
