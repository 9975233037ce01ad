/** Performs what the session wants done, on the host, in the terminals and in the journal. Decides nothing. */
import type { Host } from '../host/host.ts';
import { messageOf, unreachable } from '../model/errors.ts';
import type { Lesson, RunBlock } from '../model/lesson.ts';
import type { Effect } from '../session/effects.ts';
import type { DurableEvent, SessionEvent } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import { catchUp } from './catch-up.ts';
import type { HostLife } from './host-life.ts';
import type { CommandBook } from './latest-command.ts';
import type { Player } from './pilot.ts';
import { prepareSection } from './prepare-section.ts';
import { runBlock } from './run-block.ts';
import { checkEarlier, takeBaseline, takeSnapshot } from './section-starts.ts';
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
  readonly life: HostLife;
  readonly commands: CommandBook;
  /** The session as the program itself plays it. */
  readonly player: Player;
}

/** Performs effects; owns the watcher and the block that is being typed. */
export class Performer {
  private readonly options: PerformerOptions;
  private watcher: Watcher | null = null;
  private running: AbortController | null = null;
  private catching: AbortController | null = null;
  /** What is asked of the host beside the watcher ends with this. */
  private lasting = new AbortController();
  /** A copy of the host's files is being made; what is done meanwhile waits, so that it is in none or in the next one. */
  private snapshotting: Promise<void> = Promise.resolve();

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
      case 'take-snapshot':
        this.snapshotting = takeSnapshot(this.options, effect.section);
        break;
      case 'take-baseline':
        void takeBaseline(this.options, effect, this.lasting.signal);
        break;
      case 'check-earlier':
        void checkEarlier(this.options, effect.checks, this.lasting.signal);
        break;
      case 'rewind':
        void this.settled().then(() => this.options.life.rewind(effect.section));
        break;
      case 'begin-afresh':
        void this.settled().then(() => this.options.life.beginAfresh(effect.section));
        break;
      case 'start-host':
        void this.options.life.restart();
        break;
      case 'catch-up':
        void this.catchUp(effect.to);
        break;
      case 'stop-catch-up':
        this.catching?.abort();
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
    this.catching?.abort();
    this.lasting.abort();
    this.lasting = new AbortController();
  }

  /** Before the host is changed as a whole, a copy that is being made of it is finished, and nothing is asked any more. */
  private async settled(): Promise<void> {
    this.lasting.abort();
    this.lasting = new AbortController();
    await this.snapshotting;
  }

  private async catchUp(to: string): Promise<void> {
    const catching = new AbortController();
    this.catching = catching;
    const signal = AbortSignal.any([catching.signal, this.options.ending]);
    const sentence = await catchUp({ ...this.options, to, signal });
    this.catching = null;
    this.options.dispatch({ type: 'catch-up-ended', at: this.options.now(), to, sentence });
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
      openedAt: own.countedFrom ?? own.openedAt ?? now(),
      invariants: lesson.sections
        .slice(0, section.index)
        .filter((each) => state.sections[each.index]?.status === 'done')
        .flatMap((each) => each.checks.filter((check) => check.timing.invariant === true)),
      known: Object.fromEntries(Object.entries(own.verdicts).map(([check, { verdict }]) => [check, verdict])),
      now,
      dispatch: this.options.dispatch,
      command: () => this.options.commands.latest,
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
    await this.snapshotting;
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
    await this.snapshotting;
    try {
      const { backup } = await writeBlock(host, block, lesson.user);
      this.options.dispatch({ type: 'file-written', at: now(), block: block.id, path: block.path, backup, by });
    } catch (thrown) {
      this.options.dispatch({ type: 'write-failed', at: now(), block: block.id, sentence: messageOf(thrown) });
    }
  }
}
