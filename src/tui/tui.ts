/**
 * The conductor of the screen: one place where view, screen state, painter and keyboard meet. It decides nothing about
 * how things look (`screen.ts`) nor what keys mean (`perform-key.ts`).
 */

import type { Tab } from '../engine/engine.ts';
import type { View } from '../session/view.ts';
import { words } from '../words/words.ts';
import { type Actors, carryOut } from './carry-out.ts';
import { createPlainChrome } from './chrome/chrome.ts';
import { LateInk } from './chrome/late-ink.ts';
import { createClipboard } from './clipboard.ts';
import { systemClock } from './clock.ts';
import type { Compositor } from './compositor/layer.ts';
import { connectInput } from './connect-input.ts';
import { createFollower } from './follow-player.ts';
import type { MouseEvent } from './input/key-event.ts';
import { createKeyBook, type KeyBook } from './key-book.ts';
import { throughResize } from './look-back/after-resize.ts';
import { holdShell, isStillThere } from './look-back/keep-looking.ts';
import { performMouse } from './mouse/perform-mouse.ts';
import { createNoticeTimer, type NoticeTimer } from './notice-timer.ts';
import type { Outcome } from './outcome.ts';
import { performKey } from './perform-key.ts';
import { performPaste } from './perform-paste.ts';
import { showStop } from './perform-reading.ts';
import { createScreen, type Moment, type Picture } from './screen.ts';
import { createSettling, type Settling } from './settling.ts';
import { isBusy, type Situation, shownTab, withoutAnswered } from './situation.ts';
import { spokenView } from './spoken-view.ts';
import { createTheme } from './theme.ts';
import type { TuiOptions } from './tui-options.ts';
import { initialUi, reduceUi, type UiAction, type UiState } from './ui-state.ts';
import { watchTerminals } from './watch-terminals.ts';

/** One run of the screen. */
export class Tui {
  /** Resolves when the learner leaves, rejects when something is broken. */
  readonly quit: Promise<'quit'>;
  private readonly options: TuiOptions;
  private readonly keys: KeyBook;
  private readonly screen: ReturnType<typeof createScreen>;
  private readonly closers: (() => void)[] = [];
  private readonly follower = createFollower();
  private ui: UiState;
  private situation: Situation | null = null;
  private picture: Picture | null = null;
  private terminalSize = '';
  private readonly actors: Actors;
  private drawPending = false;
  private closed = false;
  private readonly ink: LateInk;
  private readonly notices: NoticeTimer;
  private readonly settling: Settling;
  private end: (how: 'quit') => void = () => {};
  private fail: (cause: unknown) => void = () => {};

  constructor(options: TuiOptions) {
    this.options = options;
    this.ui = { ...initialUi, zoomed: options.zoomed === true };
    const clock = options.clock ?? systemClock;
    this.notices = createNoticeTimer(clock, () => this.draw());
    this.settling = createSettling(clock, () => this.draw());
    const theme = createTheme(options.env);
    this.keys = createKeyBook(options.prefix);
    this.actors = {
      engine: options.engine,
      clipboard: createClipboard(options, this.keys.keyFor('paste-copied', 'shell')),
      follower: this.follower,
      shownTab: () => shownTab(options.engine.tabs, this.ui),
      opened: (tab) => this.tabOpened(tab),
      notOpened: () => this.drawSoon(),
      quit: () => this.end('quit'),
    };
    this.screen = createScreen({
      theme,
      keys: this.keys,
      version: options.version,
      where: options.where ?? '',
      place: options.place ?? options.engine.view.host.kind,
      recording: options.recording ?? false,
      time: clock.time,
    });
    this.quit = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
    const [first, ready] = [createPlainChrome(theme), () => this.draw()];
    this.ink = new LateInk({ clock, env: options.env, first, ready, failed: (cause) => this.fail(cause) });
  }

  open(): void {
    const { engine, compositor } = this.options;
    const terminals = watchTerminals(engine, (event) => {
      this.terminalChanged(event.type === 'dirty');
      if (event.type === 'prompt') this.prompted();
    });
    this.closers.push(
      engine.onChange(() => {
        terminals.follow();
        this.drawSoon();
      }),
      compositor.onResize(() => this.drawSoon()),
      connectInput(compositor, {
        toShell: () => this.takesKeys(),
        shell: () => this.uncoveredShell(),
        key: (key) => this.press(key),
        mouse: (mouse, taken) => this.point(mouse, taken),
        pastedAside: (text) => this.pastedAside(text),
        typed: () => this.typed(),
        prefix: this.keys.prefix,
        ours: this.keys.table.filter((each) => each.scope === 'anywhere').flatMap((each) => each.keys),
      }),
      terminals.close,
    );
    terminals.follow();
    this.draw();
    // The compositor paints in this very turn of the event loop: the first frame stands before anything is started.
    setImmediate(() => this.begin());
  }

  private begin(): void {
    if (this.closed) return;
    this.options.compositor.askColors();
    this.options.engine.start().catch((cause: unknown) => this.fail(cause));
    this.ink.begin();
    this.options.onFirstFrame?.();
  }

  close(): void {
    this.closed = true;
    this.ink.close();
    this.notices.close();
    this.settling.close();
    for (const close of this.closers) close();
  }

  /** Whether the shell gets what is typed: it has the focus and nothing lies over it. */
  private takesKeys(): boolean {
    const { focus, overlay, prompt, back } = this.ui;
    const free = overlay === null && prompt === null && back?.keys !== true;
    return focus === 'shell' && free && this.options.engine.view.question === null;
  }

  /** A shell with its place, while nothing lies over it. */
  private uncoveredShell() {
    return this.ui.overlay === null && this.options.engine.view.question === null ? this.shownShell() : null;
  }

  /** What was selected by the mouse alone is forgotten with the next key, as the screen moves on. */
  private typed(): void {
    if (this.ui.back === null) return;
    this.apply({ type: 'looked-back', back: null });
    this.drawSoon();
  }

  private pastedAside(text: string): void {
    const action = performPaste(text, this.options.engine.view, this.ui);
    if (action) this.apply(action);
    else this.options.engine.notice(words().screen.nothingPasted(this.keys.prefix), 'info');
    this.draw();
  }

  private shownShell() {
    const tab = shownTab(this.options.engine.tabs, this.ui);
    const region = this.situation?.layout.shell?.body;
    return tab && region && this.options.engine.view.host.status === 'ready' ? { terminal: tab.terminal, region } : null;
  }

  private press(key: string): void {
    // On a screen that is too small nothing can be seen: nothing is done there but leave, where that ends nothing.
    if (this.situation === null) {
      const { view, tabs } = this.options.engine;
      if (key === 'q' && this.ui.focus === 'lesson' && !isBusy({ view, tabs })) this.end('quit');
      return;
    }
    this.perform(performKey(key, this.situation));
    this.draw();
  }

  private point(mouse: MouseEvent, taken: boolean): void {
    if (this.situation === null) return;
    const { actions, effects } = performMouse(mouse, this.situation, taken);
    if (actions.length + effects.length === 0) return;
    this.perform({ actions, effects });
    this.draw();
  }

  private perform({ actions, effects }: Outcome): void {
    for (const action of actions) this.apply(action);
    for (const effect of effects) carryOut(effect, this.actors);
  }

  private apply(action: UiAction): void {
    const was = this.ui.back;
    this.ui = reduceUi(this.ui, action);
    holdShell(this.options.engine.tabs, was, this.ui.back);
  }

  private tabOpened(tab: Tab): void {
    this.apply({ type: 'tab-chosen', tab: tab.number });
    this.apply({ type: 'focus-moved', to: 'shell' });
    this.drawSoon();
  }

  /** Several changes in a row become one picture. */
  private drawSoon(): void {
    if (this.drawPending || this.closed) return;
    this.drawPending = true;
    queueMicrotask(() => {
      this.drawPending = false;
      if (!this.closed) this.draw();
    });
  }

  private moment(): Moment {
    const { engine, compositor } = this.options;
    const view = spokenView(engine.view);
    const settled = this.settling.isSettled(view.sections[view.shown]?.id ?? '');
    return {
      view,
      ui: withoutAnswered(view, this.ui),
      tabs: engine.tabs,
      cols: compositor.cols,
      rows: compositor.rows,
      settled,
      noticeAfter: this.notices.since(),
    };
  }

  private draw(): void {
    const { compositor } = this.options;
    try {
      this.checkLookBack();
      const moment = this.moment();
      this.situation = this.screen.situation(moment);
      const followed = this.follow(moment.view);
      if (this.resizeTerminals() || followed) this.situation = this.screen.situation({ ...moment, ui: this.ui });
      this.picture = this.screen.picture(this.situation, moment, this.ink.chrome);
      compositor.setLayers(this.picture.layers, this.picture.cursor());
      compositor.setModes(this.modes());
      this.options.onTabShown?.(shownTab(this.options.engine.tabs, this.ui)?.number ?? 1);
      if (moment.ui.overlay !== null || moment.view.question !== null) this.ink.ask();
      this.notices.drawn(moment.view.notice?.at ?? 0);
    } catch (cause) {
      this.fail(cause);
    }
  }

  /** Looking back ends where its tab or its screen went away. */
  private checkLookBack(): void {
    const { back } = this.ui;
    const shown = shownTab(this.options.engine.tabs, this.ui);
    if (back !== null && !isStillThere(back, shown)) this.apply({ type: 'looked-back', back: null });
  }

  /** Who ran a command waits for its prompt, and at the start for the first one. */
  private prompted(): void {
    this.options.compositor.hasten();
    this.ink.prompted();
  }

  /** In a demonstration the text goes along with what is done. True where it was moved. */
  private follow(view: View): boolean {
    const stop = this.follower.follow(view);
    if (stop === null || this.situation === null) return false;
    this.perform(showStop(stop, this.situation));
    return true;
  }

  private modes(): Parameters<Compositor['setModes']>[0] {
    const modes = this.uncoveredShell()?.terminal.modes;
    // Clicks, drags and the wheel mean something everywhere on this screen; with Shift they are the outer terminal's own.
    const mouse = modes?.mouse === 'any' ? 'any' : 'drag';
    return { mouse, paste: true, focus: this.takesKeys() && modes?.focusEvents === true };
  }

  private resizeTerminals(): boolean {
    if (this.situation === null) return false;
    const { cols, rows } = this.situation.layout.terminal;
    const size = `${cols}x${rows}`;
    if (size === this.terminalSize) return false;
    this.terminalSize = size;
    const lookedBack = throughResize(this.ui.back, this.options.engine.tabs);
    this.options.engine.resizeTerminals(cols, rows);
    this.apply({ type: 'looked-back', back: lookedBack() });
    return true;
  }

  /** Where a shell only wrote, the layers are the same: just their rows and the cursor are not. */
  private terminalChanged(onlyWrote: boolean): void {
    const { compositor, engine } = this.options;
    const back = shownTab(engine.tabs, this.ui)?.terminal.scrollback ?? 0;
    if (onlyWrote && this.picture !== null && back === this.picture.scrollback) {
      compositor.setLayers(this.picture.layers, this.picture.cursor());
    } else this.drawSoon();
  }
}
