/** Performs what the session wants done, on the host, in the terminals and in the journal. Decides nothing. */
import type { Host } from '../host/host.ts';
import { messageOf, unreachable } from '../model/errors.ts';
import type { Lesson, RunBlock } from '../model/lesson.ts';
import type { Effect } from '../session/effects.ts';
import type { DurableEvent, SessionEvent } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import { prepareSection } from './prepare-section.ts';
import { runBlock } from './run-block.ts';
import type { Tabs } from './tabs.ts';
import { type Watcher, watchSection } from './watch-section.ts';
import { previewWrite, writeBlock } from './write-files.ts';

/** What effects are performed with. */
export interface PerformerOptions {
  readonly lesson: Lesson;
  readonly host: Host;
  readonly journal: { append(event: DurableEvent): void };
  readonly tabs: Tabs;
  readonly now: () => number;
  readonly dispatch: (event: SessionEvent) => void;
  /** Aborts with the session. */
  readonly ending: AbortSignal;
}

/** Performs effects; owns the watcher and the block that is being typed. */
export class Performer {
  private readonly options: PerformerOptions;
  private watcher: Watcher | null = null;
  private running: AbortController | null = null;

  /** @param options what to perform with. */
  constructor(options: PerformerOptions) {
    this.options = options;
  }

  /**
   * Does what the session wants done; answers come back through `dispatch`.
   * @param effect what to do.
   * @param state the session that wants it.
   */
  perform(effect: Effect, state: SessionState): void {
    switch (effect.type) {
      case 'record':
        this.options.journal.append(effect.event);
        break;
      case 'prepare-section':
        void this.prepare(effect.section);
        break;
      case 'watch-section':
        this.watch(effect.section, state);
        break;
      case 'unwatch-section':
        this.watcher?.stop();
        this.watcher = null;
        break;
      case 'check-now':
        this.kick();
        break;
      case 'run-block':
        void this.run(effect.block, effect.by === 'program');
        break;
      case 'stop-run':
        this.running?.abort();
        break;
      case 'preview-write':
        void this.preview(effect);
        break;
      case 'write-file':
        void this.write(effect);
        break;
      default:
        unreachable(effect);
    }
  }

  /** Something happened on the host: ask the checks now. */
  kick(): void {
    this.watcher?.kick();
  }

  /** Something moves in a terminal: keep asking briskly. */
  stir(): void {
    this.watcher?.stir();
  }

  /** Ends what is being watched and typed. */
  stop(): void {
    this.watcher?.stop();
    this.running?.abort();
  }

  private watch(id: string, state: SessionState): void {
    this.watcher?.stop();
    const section = this.options.lesson.sections.find((each) => each.id === id);
    const own = section && state.sections[section.index];
    if (!section || !own) return;
    const { host, lesson, now } = this.options;
    this.watcher = watchSection({
      host,
      section,
      openedAt: own.openedAt ?? now(),
      invariants: lesson.sections
        .slice(0, section.index)
        .filter((each) => state.sections[each.index]?.status === 'done')
        .flatMap((each) => each.checks.filter((check) => check.timing.invariant === true)),
      known: Object.fromEntries(Object.entries(own.verdicts).map(([check, { verdict }]) => [check, verdict])),
      now,
      dispatch: this.options.dispatch,
    });
  }

  private async prepare(id: string): Promise<void> {
    const { host, lesson, tabs, now, dispatch } = this.options;
    const section = lesson.sections.find((each) => each.id === id);
    const run = new AbortController();
    this.running = run;
    if (section) {
      await prepareSection(
        { host, lesson, shell: async () => (await tabs.ensure(1, 'shell')).terminal },
        section,
        (sentence, tone) => dispatch({ type: 'notice-shown', at: now(), sentence, tone }),
        AbortSignal.any([run.signal, this.options.ending]),
      );
    }
    this.running = null;
    dispatch({ type: 'section-prepared', at: now(), section: id });
  }

  private async run(block: RunBlock, patient: boolean): Promise<void> {
    const { now } = this.options;
    const run = new AbortController();
    this.running = run;
    const sentence = await runBlock(
      this.options.tabs,
      block,
      {
        started: (index, terminal) =>
          this.options.dispatch({ type: 'command-started', at: now(), block: block.id, index, terminal }),
        finished: (index, code) => this.options.dispatch({ type: 'command-finished', at: now(), block: block.id, index, code }),
      },
      AbortSignal.any([run.signal, this.options.ending]),
      patient,
    );
    this.running = null;
    this.options.dispatch(
      sentence === null
        ? { type: 'step-finished', at: now(), block: block.id }
        : { type: 'step-failed', at: now(), block: block.id, sentence },
    );
  }

  private async preview({ block, by }: Extract<Effect, { type: 'preview-write' }>): Promise<void> {
    const { host, lesson, now } = this.options;
    try {
      const preview = await previewWrite(host, block, lesson.user);
      this.options.dispatch({ type: 'write-previewed', at: now(), block: block.id, preview, by });
    } catch (thrown) {
      this.options.dispatch({ type: 'write-failed', at: now(), block: block.id, sentence: messageOf(thrown) });
    }
  }

  private async write({ block, by }: Extract<Effect, { type: 'write-file' }>): Promise<void> {
    const { host, lesson, now } = this.options;
    try {
      const { backup } = await writeBlock(host, block, lesson.user);
      this.options.dispatch({ type: 'file-written', at: now(), block: block.id, path: block.path, backup, by });
    } catch (thrown) {
      this.options.dispatch({ type: 'write-failed', at: now(), block: block.id, sentence: messageOf(thrown) });
    }
  }
}
