/**
 * Watches a section: asks its checks again and again, at once when something happened, otherwise backing off,
 * and counts its monitor's requests. It judges nothing itself and decides nothing about the session.
 */
import { runChecks } from '../checks/checks.ts';
import { startMonitor } from '../checks/monitor.ts';
import { advance, restore } from '../checks/series.ts';
import type { Host } from '../host/host.ts';
import type { Check, Question, Verdict } from '../model/check.ts';
import { messageOf } from '../model/errors.ts';
import type { Section } from '../model/lesson.ts';
import { isForLearner } from '../session/answers.ts';
import type { SessionEvent } from '../session/events.ts';
import type { LatestCommand } from './latest-command.ts';

/** Between two rounds, milliseconds: while something happens, and at most when nothing does. */
const briskMs = 400;
const calmMs = 3_000;
const slowdown = 1.5;

/** What a watcher needs to know. */
export interface WatchOptions {
  readonly host: Pick<Host, 'exec' | 'stream'>;
  readonly section: Section;
  /** When the section was opened, ms since the epoch. */
  readonly openedAt: number;
  /** Invariants of earlier sections, asked along. */
  readonly invariants: readonly Check[];
  /** Verdicts known from before, so that what held once stays held after coming back. */
  readonly known: Readonly<Record<string, Verdict>>;
  readonly now: () => number;
  readonly dispatch: (event: SessionEvent) => void;
  /** The newest command of a shell, told along with the verdicts. */
  readonly command?: () => LatestCommand | null;
}

/** A section being watched. */
export interface Watcher {
  /** Something happened on the host: ask now. */
  kick(): void;
  /** Something moves in a terminal: do not back off. */
  stir(): void;
  stop(): void;
}

/**
 * Starts to watch.
 * @param options what to watch, and whom to tell.
 */
export function watchSection(options: WatchOptions): Watcher {
  const { section, dispatch, now } = options;
  const ended = new AbortController();
  const counted = { served: 0, failed: 0 };
  const programs = programsOf(section);
  // What has held once stays so after coming back; what only holds now is asked anew.
  const held = section.checks.filter((check) => check.timing.once === true && options.known[check.id]?.status === 'pass');
  let series = restore(held.map((check) => check.id));
  let delay = briskMs;
  let wake: (() => void) | null = null;
  let kicked = false;

  const round = async (byEvent: boolean): Promise<void> => {
    const checks = [...section.checks, ...options.invariants].filter(
      (check) => !isForLearner(check) && (byEvent || check.timing.onEvent !== true),
    );
    if (checks.length === 0) return;
    const asked = now();
    const answers = await runChecks(options.host, checks, { signal: ended.signal, monitor: counted });
    if (ended.signal.aborted) return;
    const at = now();
    const verdicts: Record<string, Verdict> = {};
    for (const check of checks) {
      const raw = answers.verdicts[check.id];
      if (!raw) continue;
      const next = advance(series, check, raw, at, options.openedAt);
      series = next.series;
      verdicts[check.id] = next.verdict;
    }
    const seen = Object.fromEntries(
      programs.flatMap((name) => (answers.programs[name] === undefined ? [] : [[name, answers.programs[name]]])),
    );
    if (section.monitor && Object.keys(seen).length > 0)
      dispatch({ type: 'programs-seen', at, section: section.id, states: seen });
    dispatch({ type: 'checks-judged', at, asked, section: section.id, verdicts, ...commandOf(options) });
    if (section.monitor || Object.values(verdicts).some((verdict) => verdict.status === 'pending')) delay = briskMs;
  };

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (kicked) wake();
    });

  const loop = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const asked = kicked;
      kicked = false;
      await round(asked).catch((thrown: unknown) => {
        if (!ended.signal.aborted)
          dispatch({
            type: 'notice-shown',
            at: now(),
            sentence: `The checks could not be asked: ${messageOf(thrown)}`,
            tone: 'problem',
          });
      });
      await pause();
      wake = null;
      delay = Math.min(calmMs, delay * slowdown);
    }
  };
  void loop();
  void watchMonitor(options, counted, ended.signal);

  return {
    kick() {
      delay = briskMs;
      kicked = true;
      wake?.();
    },
    stir() {
      delay = briskMs;
    },
    stop() {
      ended.abort();
      wake?.();
    },
  };
}

function commandOf({ command }: WatchOptions): { readonly command?: LatestCommand } {
  const latest = command?.() ?? null;
  return latest === null ? {} : { command: latest };
}

async function watchMonitor(
  options: WatchOptions,
  counted: { served: number; failed: number },
  signal: AbortSignal,
): Promise<void> {
  const { section, dispatch, now } = options;
  if (!section.monitor) return;
  try {
    const monitor = await startMonitor(
      options.host,
      section.monitor,
      (slice) => {
        counted.served += slice.served;
        counted.failed += slice.failed;
        if (!signal.aborted) dispatch({ type: 'monitor-counted', at: now(), section: section.id, ...slice });
      },
      { signal },
    );
    signal.addEventListener('abort', () => monitor.stop(), { once: true });
    if (signal.aborted) monitor.stop();
  } catch (thrown) {
    if (!signal.aborted)
      dispatch({
        type: 'notice-shown',
        at: now(),
        sentence: `Requests cannot be counted: ${messageOf(thrown)}`,
        tone: 'problem',
      });
  }
}

/** The supervised programs that a section's checks ask about, in their order. */
function programsOf(section: Section): readonly string[] {
  const names = (question: Question): readonly string[] => {
    switch (question.kind) {
      case 'supervisor':
        return [question.program];
      case 'all':
      case 'any':
        return question.of.flatMap(names);
      case 'not':
        return names(question.of);
      default:
        return [];
    }
  };
  return [...new Set(section.checks.flatMap((check) => names(check.question)))].sort();
}
