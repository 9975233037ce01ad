/**
 * The host's life during a session: started, started again, put back, made fresh. Shells are opened with it and closed
 * before it is changed. It decides nothing; what comes of it are events.
 */
import type { Host } from '../host/host.ts';
import { messageOf, UserError } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import type { SessionEvent } from '../session/events.ts';
import type { Tabs } from './tabs.ts';

/** What a host's life needs. */
export interface LifeOptions {
  readonly lesson: Lesson;
  readonly host: Host;
  readonly tabs: Tabs;
  readonly now: () => number;
  readonly dispatch: (event: SessionEvent) => void;
  readonly ending: AbortSignal;
  /** The host ended without being asked to. */
  readonly lost: (sentence: string) => void;
  /** Its shells have been opened. */
  readonly opened: () => void;
}

/** Starts and changes the host as a whole. */
export class HostLife {
  private readonly options: LifeOptions;
  private watched = false;

  /** @param options host, tabs and whom to tell. */
  constructor(options: LifeOptions) {
    this.options = options;
  }

  /**
   * Makes the host ready and opens shells.
   * @param shells numbers of the tabs to open.
   * @returns once it is ready or has failed; an event says which.
   */
  async bringUp(shells: readonly number[] = [1]): Promise<void> {
    const { host, ending, now, dispatch, tabs } = this.options;
    const progress = ({ sentence, fraction }: { readonly sentence: string; readonly fraction?: number }): void =>
      dispatch({ type: 'host-preparing', at: now(), sentence, fraction: fraction ?? null });
    try {
      await host.prepare(progress, ending);
      ending.throwIfAborted();
      const started = host.start(progress);
      started.catch(() => {});
      // What starting begins with goes out before a library for terminals keeps everything waiting.
      await new Promise((resolve) => setImmediate(resolve));
      if (!ending.aborted) tabs.makeReady(host.takesShellsEarly === true);
      await started;
      ending.throwIfAborted();
      if (!this.watched) {
        host.onLost((sentence) => this.options.lost(sentence));
        host.onNews?.(({ sentence, tone }) => dispatch({ type: 'notice-shown', at: now(), sentence, tone }));
      }
      this.watched = true;
      await this.open(shells);
    } catch (thrown) {
      tabs.dropAhead();
      this.failed(thrown);
    }
  }

  /** Ends what is left of the host and starts it again, with as many shells as there were. */
  async restart(): Promise<void> {
    const { host, tabs } = this.options;
    const shells = tabs.all.map((tab) => tab.number);
    tabs.clear();
    // A host that was lost may have nothing left to end; what is wrong is told by its start.
    await host.stop().catch(() => {});
    if (!this.options.ending.aborted) await this.bringUp(shells.length === 0 ? [1] : shells);
  }

  /**
   * Puts the files back as they were when a section began, and starts the services on them.
   * @param section its id.
   */
  async rewind(section: string): Promise<void> {
    const { host, now, dispatch, tabs } = this.options;
    const began = now();
    tabs.clear();
    try {
      await host.rewind(section);
      dispatch({ type: 'section-rewound', at: now(), section, how: 'snapshot', tookMs: now() - began });
      await this.open([1]);
    } catch (thrown) {
      await this.notRewound(section, thrown);
    }
  }

  /**
   * Makes the host fresh and has everything before a section solved anew.
   * @param section its id.
   */
  async beginAfresh(section: string): Promise<void> {
    const { host, lesson, now, dispatch, tabs } = this.options;
    const [first] = lesson.sections;
    if (!first) return;
    const began = now();
    tabs.clear();
    try {
      await host.reset();
      dispatch({ type: 'section-rewound', at: now(), section: first.id, how: 'fresh', tookMs: now() - began });
      await this.open([1]);
      if (section !== first.id) dispatch({ type: 'go-asked', at: now(), section, sure: true });
    } catch (thrown) {
      await this.notRewound(section, thrown);
    }
  }

  private async open(shells: readonly number[]): Promise<void> {
    const { tabs, now, dispatch, ending } = this.options;
    for (const number of shells) await tabs.ensure(number, 'shell');
    this.options.opened();
    if (!ending.aborted) dispatch({ type: 'host-ready', at: now() });
  }

  /** Where the host still runs, nothing was changed on it: the session goes on there. */
  private async notRewound(section: string, thrown: unknown): Promise<void> {
    const { host, now, dispatch } = this.options;
    const alive = await host.exec({ script: ':' }).then(
      ({ code }) => code === 0,
      () => false,
    );
    if (!alive) return this.failed(thrown);
    dispatch({ type: 'rewind-failed', at: now(), section, sentence: `It stays as it is: ${messageOf(thrown)}` });
    await this.open([1]).catch((cause: unknown) => this.failed(cause));
  }

  private failed(thrown: unknown): void {
    if (this.options.ending.aborted) return;
    const tries = thrown instanceof UserError ? thrown.tries : [];
    this.options.dispatch({ type: 'host-failed', at: this.options.now(), sentence: messageOf(thrown), tries });
  }
}
