/**
 * The full-screen program: draws the engine's view and turns keys into what it can be asked. It opens nothing and
 * closes nothing that it was given; it knows nothing of lessons' files, hosts or journals.
 */
import type { Engine } from '../engine/engine.ts';
import { type Chrome, createPlainChrome } from './chrome/chrome.ts';
import { loadInkChrome } from './chrome/load-ink-chrome.ts';
import type { Compositor } from './compositor/layer.ts';
import { connectInput } from './connect-input.ts';
import { createKeyBook, type KeyBook } from './keys.ts';
import { type KeyEffect, performKey } from './perform-key.ts';
import { createScreen, type Moment, type Picture } from './screen.ts';
import { type Situation, shownTab } from './situation.ts';
import { createTheme } from './theme.ts';
import { initialUi, reduceUi, type UiAction, type UiState } from './ui-state.ts';
import { watchTerminals } from './watch-terminals.ts';

/** Time, as far as a screen needs it. */
export interface TuiClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A time of day for people, e.g. `14:07:31`. */
  time(at: number): string;
  /** Calls once after `ms` milliseconds; returns the way to call it off. */
  later(ms: number, call: () => void): () => void;
}

/** What the program is given. The engine is started once the first frame is painted; the caller closes what it opened. */
export interface TuiOptions {
  readonly engine: Engine;
  readonly compositor: Compositor;
  /** `NO_COLOR` and `TERM` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly clock?: TuiClock;
  /** The key between shell and lesson, e.g. `ctrl-o`; `Ctrl-]` where absent. */
  readonly prefix?: string;
  /** Where the shell is, e.g. `ubuntu@galaxy`. */
  readonly where?: string;
  /** What kind of place that is, e.g. `sandbox · private network`. */
  readonly place?: string;
}

/** How long a notice is shown, milliseconds; a key ends it sooner. */
const noticeMs = 8_000;

/**
 * Runs the screen until the learner leaves it. The first frame is painted before Ink and React are loaded.
 * @param options engine, compositor and names.
 * @returns resolves with `quit`; rejects only where something inside is broken.
 */
export async function runTui(options: TuiOptions): Promise<'quit'> {
  const tui = new Tui(options);
  try {
    tui.open();
    return await tui.quit;
  } finally {
    tui.close();
  }
}

class Tui {
  readonly quit: Promise<'quit'>;
  private readonly options: TuiOptions;
  private readonly clock: TuiClock;
  private readonly keys: KeyBook;
  private readonly screen: ReturnType<typeof createScreen>;
  private readonly closers: (() => void)[] = [];
  private ui: UiState = initialUi;
  private chrome: Chrome;
  private situation: Situation | null = null;
  private picture: Picture | null = null;
  private terminalSize = '';
  private drawPending = false;
  private closed = false;
  private stopNotice: () => void = () => {};
  private noticeTimed = 0;
  private end: (how: 'quit') => void = () => {};
  private fail: (cause: unknown) => void = () => {};

  constructor(options: TuiOptions) {
    this.options = options;
    this.clock = options.clock ?? systemClock;
    const theme = createTheme(options.env);
    this.keys = createKeyBook(options.prefix);
    this.screen = createScreen({
      theme,
      keys: this.keys,
      where: options.where ?? '',
      place: options.place ?? options.engine.view.host.kind,
      time: this.clock.time,
    });
    this.chrome = createPlainChrome(theme);
    this.quit = new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
  }

  open(): void {
    const { engine, compositor } = this.options;
    const terminals = watchTerminals(engine, (event) => this.terminalChanged(event.type === 'dirty'));
    this.closers.push(
      engine.onChange(() => {
        terminals.follow();
        this.drawSoon();
      }),
      compositor.onResize(() => this.drawSoon()),
      connectInput(compositor, {
        toShell: () => this.takesKeys(),
        shell: () => this.shownShell(),
        key: (key) => this.press(key),
        pastedAside: () => engine.notice(`Nothing was pasted: ${this.keys.prefix} goes to the shell first.`, 'info'),
        prefix: this.keys.prefix,
        ours: this.keys.table.filter((each) => each.scope === 'anywhere').flatMap((each) => each.keys),
      }),
      terminals.close,
    );
    terminals.follow();
    this.draw();
    engine.start().catch((cause: unknown) => this.fail(cause));
    loadInkChrome(createTheme(this.options.env), process.env).then(
      (chrome) => {
        if (this.closed) chrome.close();
        else this.takeOver(chrome);
      },
      (cause: unknown) => this.fail(cause),
    );
  }

  /** Ink paints from now on; it is given the same lines, so that nothing flickers. */
  private takeOver(chrome: Chrome): void {
    this.chrome = chrome;
    this.draw();
  }

  close(): void {
    this.closed = true;
    this.stopNotice();
    for (const close of this.closers) close();
    this.chrome.close();
  }

  /** Whether the shell gets what is typed: it has the focus and nothing lies over it. */
  private takesKeys(): boolean {
    return this.ui.focus === 'shell' && this.ui.overlay === null && this.options.engine.view.question === null;
  }

  private shownShell() {
    const tab = shownTab(this.options.engine.tabs, this.ui);
    const region = this.situation?.layout.shell?.body;
    return tab && region && this.options.engine.view.host.status === 'ready' ? { terminal: tab.terminal, region } : null;
  }

  private press(key: string): void {
    // On a screen that is too small nothing can be seen; only leaving works.
    if (this.situation === null) {
      if (key === 'q') this.end('quit');
      return;
    }
    const { actions, effects } = performKey(key, this.situation);
    for (const action of actions) this.apply(action);
    for (const effect of effects) this.carryOut(effect);
    this.draw();
  }

  private apply(action: UiAction): void {
    this.ui = reduceUi(this.ui, action);
  }

  private carryOut(effect: KeyEffect): void {
    const { engine } = this.options;
    const tab = shownTab(engine.tabs, this.ui);
    switch (effect.type) {
      case 'ask':
        engine.ask(effect.intent);
        break;
      case 'open-tab':
        this.openTab();
        break;
      case 'close-tab':
        engine.closeTab(effect.tab);
        break;
      case 'scroll-shell':
        tab?.terminal.scroll(effect.lines);
        break;
      case 'send':
        tab?.terminal.input(effect.text);
        break;
      case 'quit':
        this.end('quit');
    }
  }

  private openTab(): void {
    this.options.engine.openTab().then(
      (tab) => {
        this.apply({ type: 'tab-chosen', tab: tab.number });
        this.apply({ type: 'focus-moved', to: 'shell' });
        this.drawSoon();
      },
      // The engine tells in a notice why no shell could be opened.
      () => this.drawSoon(),
    );
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
    const { cols, rows } = compositor;
    return { view: engine.view, ui: this.ui, tabs: engine.tabs, cols, rows, noticeAfter: this.clock.now() - noticeMs };
  }

  private draw(): void {
    const { compositor } = this.options;
    try {
      const moment = this.moment();
      this.situation = this.screen.situation(moment);
      this.resizeTerminals();
      this.picture = this.screen.picture(this.situation, moment, this.chrome);
      compositor.setLayers(this.picture.layers, this.picture.cursor());
      compositor.setModes(this.modes());
      compositor.invalidate();
      this.timeNotice(moment);
    } catch (cause) {
      this.fail(cause);
    }
  }

  private modes(): Parameters<Compositor['setModes']>[0] {
    const tab = this.takesKeys() ? shownTab(this.options.engine.tabs, this.ui) : undefined;
    const modes = tab?.terminal.modes;
    return { mouse: modes?.mouse ?? 'none', paste: true, focus: modes?.focusEvents ?? false };
  }

  private resizeTerminals(): void {
    if (this.situation === null) return;
    const { cols, rows } = this.situation.layout.terminal;
    const size = `${cols}x${rows}`;
    if (size === this.terminalSize) return;
    this.terminalSize = size;
    this.options.engine.resizeTerminals(cols, rows);
  }

  /** Where a shell only wrote, the layers are the same: just their rows and the cursor are not. */
  private terminalChanged(onlyWrote: boolean): void {
    const { compositor, engine } = this.options;
    const back = shownTab(engine.tabs, this.ui)?.terminal.scrollback ?? 0;
    if (!onlyWrote || this.picture === null || back !== this.picture.scrollback) {
      this.drawSoon();
      return;
    }
    compositor.setLayers(this.picture.layers, this.picture.cursor());
    compositor.invalidate();
  }

  /** Draws once more when a notice has been shown long enough. */
  private timeNotice({ view }: Moment): void {
    const at = view.notice?.at ?? 0;
    const left = at + noticeMs - this.clock.now();
    if (at === this.noticeTimed || left <= 0) return;
    this.noticeTimed = at;
    this.stopNotice();
    this.stopNotice = this.clock.later(left + 1, () => this.draw());
  }
}

const systemClock: TuiClock = {
  now: () => Date.now(),
  time: (at) => new Date(at).toTimeString().slice(0, 8),
  later(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
