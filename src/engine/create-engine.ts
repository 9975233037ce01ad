/**
 * Conducts one session: events go into the state machine, its effects are performed here, answers come back as
 * events. Owns the host, the terminals, the watcher and the journal's end; decides nothing about the lesson.
 */
import type { Host } from '../host/host.ts';
import { messageOf } from '../model/errors.ts';
import type { Lesson } from '../model/lesson.ts';
import { replay } from '../session/apply.ts';
import type { PassingClassEvent } from '../session/class-events.ts';
import type { Actor, DurableEvent, SessionEvent } from '../session/events.ts';
import { select } from '../session/select.ts';
import { initialState, type SessionState } from '../session/state.ts';
import { isDurable, update } from '../session/update.ts';
import type { View } from '../session/view.ts';
import type { TerminalEvent } from '../terminal/terminal.ts';
import type { Engine, Intent, Tab } from './engine.ts';
import { HostLife } from './host-life.ts';
import { eventOf } from './intents.ts';
import { CommandBook } from './latest-command.ts';
import { Performer } from './perform-effects.ts';
import type { Player } from './pilot.ts';
import { SavedView } from './saved-view.ts';
import { type OpenShell, Tabs } from './tabs.ts';

/** The part of the journal that a session needs. */
export interface SessionJournal {
  readonly events: readonly DurableEvent[];
  append(event: DurableEvent): void;
  /** Resolves when all of it is on the disk, or was told not to be; absent where that is so at once. */
  flush?(): Promise<void>;
  close(): Promise<void>;
}

/** What a session is made of. */
export interface EngineOptions {
  readonly lesson: Lesson;
  readonly host: Host;
  readonly journal: SessionJournal;
  readonly openShell: OpenShell;
  readonly version: string;
  /** Who asks: a learner at the keys, or the program on its own. */
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A shell that ends sooner than this after it was opened is not opened again by itself, milliseconds. */
const shortLifeMs = 2_000;

/**
 * A session ready to start, with the progress its journal tells of.
 * @param options its parts; the engine closes host, terminals and journal at its end.
 */
export function createEngine(options: EngineOptions): Engine {
  return new Conductor(options);
}

class Conductor implements Engine {
  private state: SessionState;
  private newestView: View | null = null;
  private readonly saved: SavedView;
  private readonly options: EngineOptions;
  private readonly tabList: Tabs;
  private readonly changeListeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: SessionEvent, after: View) => void>();
  private readonly queue: SessionEvent[] = [];
  private handling = false;
  private readonly performer: Performer;
  private readonly life: HostLife;
  private readonly commands: CommandBook;
  private readonly ending = new AbortController();
  private closing: Promise<void> | null = null;
  private shellOpenedAt = 0;

  constructor(options: EngineOptions) {
    this.options = options;
    this.state = replay(initialState(options.lesson, options.host.kind, options.host.capabilities), options.journal.events);
    this.saved = new SavedView(options.journal, () => this.changed());
    this.tabList = new Tabs(
      options.openShell,
      (tab, event) => this.heard(tab, event),
      () => this.changed(),
    );
    const dispatch = (event: SessionEvent): void => this.dispatch(event);
    const parts = { ...options, tabs: this.tabList, ending: this.ending.signal, dispatch };
    this.life = new HostLife({
      ...parts,
      lost: (sentence) => this.lost(sentence),
      opened: () => {
        this.shellOpenedAt = options.now();
      },
    });
    this.commands = new CommandBook(options.now);
    this.performer = new Performer({ ...parts, life: this.life, commands: this.commands, player: this.asProgram() });
  }

  get view(): View {
    return this.saved.held ?? this.newest();
  }

  private newest(): View {
    this.newestView ??= select(this.state);
    return this.newestView;
  }

  get tabs(): readonly Tab[] {
    return this.tabList.all;
  }

  ask(intent: Intent): void {
    this.askAs(intent, this.options.actor);
  }

  private askAs(intent: Intent, by: Actor): void {
    const event = eventOf(intent, this.view, this.options.now(), by);
    if (event !== null) this.dispatch(event);
  }

  openTab(): Promise<Tab> {
    return this.tabList.add();
  }

  closeTab(number: number): void {
    if (this.tabList.all.length > 1) this.tabList.close(number);
  }

  renameTab(number: number, title: string): void {
    this.tabList.rename(number, title);
  }

  notice(sentence: string, tone: 'info' | 'problem'): void {
    this.dispatch({ type: 'notice-shown', at: this.options.now(), sentence, tone });
  }

  hear(news: PassingClassEvent): void {
    this.dispatch(news);
  }

  resizeTerminals(cols: number, rows: number): void {
    this.tabList.resize(cols, rows);
  }

  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  onEvent(listener: (event: SessionEvent, after: View) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  async start(): Promise<void> {
    const { lesson, host, journal, now, version } = this.options;
    const known = { at: now(), hash: lesson.hash, host: host.kind, version };
    this.dispatch(
      journal.events.length === 0
        ? { type: 'session-started', lesson: lesson.id, ...known }
        : { type: 'session-resumed', ...known },
    );
    await this.life.bringUp();
  }

  /** The same session, asked by the program and not by whoever has the keys. */
  private asProgram(): Player {
    const view = (): View => this.view;
    return {
      get view() {
        return view();
      },
      ask: (intent) => this.askAs(intent, 'program'),
      onChange: (listener) => this.onChange(listener),
    };
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    this.ending.abort();
    this.performer.stop();
    this.tabList.closeAll();
    // The journal is closed whatever becomes of the host: progress comes first.
    await Promise.allSettled([this.options.host.stop(), this.options.journal.close()]);
    this.saved.letGo();
  }

  /** Events are handled one after the other, in the order they came, also those that effects answer at once. */
  private dispatch(event: SessionEvent): void {
    if (this.ending.signal.aborted) return;
    this.queue.push(event);
    if (this.handling) return;
    this.handling = true;
    try {
      for (let next = this.queue.shift(); next; next = this.queue.shift()) this.handle(next);
    } finally {
      this.handling = false;
    }
    this.changed();
  }

  private handle(event: SessionEvent): void {
    const before = this.state;
    const { state, effects } = update(before, event);
    this.state = state;
    this.newestView = null;
    const recorded = effects.flatMap((effect) => (effect.type === 'record' ? [effect.event] : []));
    const appended = this.saved.hold(recorded, () => select(before));
    try {
      for (const effect of effects) {
        this.performer.perform(effect, this.state);
        if (effect.type === 'record') this.tellEvent(effect.event);
      }
      if (!isDurable(event)) this.tellEvent(event);
    } finally {
      appended?.();
    }
  }

  private lost(sentence: string): void {
    this.performer.stop();
    this.dispatch({ type: 'host-lost', at: this.options.now(), sentence });
  }

  private heard(tab: Tab, event: TerminalEvent): void {
    this.commands.heard(tab.terminal, event);
    if (event.type === 'command-ended') this.performer.kick();
    // At a prompt only what is typed is echoed, which changes nothing on the host.
    else if (event.type === 'dirty' && !tab.terminal.atPrompt) this.performer.stir();
    else if (event.type === 'exited') this.shellEnded(tab);
    // Screens listen to their terminals themselves: bytes from a shell change nothing in the view.
    if (event.type === 'exited' || event.type === 'title') this.changed();
  }

  /** A first shell that was left gets a successor; any other tab goes with its shell. */
  private shellEnded(tab: Tab): void {
    if (this.ending.signal.aborted || this.state.host.status !== 'ready') return;
    const { now } = this.options;
    if (tab.number !== 1) this.closeTab(tab.number);
    else if (now() - this.shellOpenedAt >= shortLifeMs) this.succeedShell();
    else this.notice('The shell ended at once. Open another one with t.', 'problem');
  }

  private succeedShell(): void {
    this.shellOpenedAt = this.options.now();
    void this.tabList.reopen(1).then(
      () => this.notice('That shell has ended; here is a new one.', 'info'),
      (thrown: unknown) => this.notice(`No new shell could be opened: ${messageOf(thrown)}`, 'problem'),
    );
  }

  private tellEvent(event: SessionEvent): void {
    for (const listener of this.eventListeners) listener(event, this.newest());
  }

  private changed(): void {
    for (const listener of this.changeListeners) listener();
  }
}
