/** An engine that shows the views it is told to, and remembers what it was asked. For tests and the demo. */
import type { Engine, Intent, Tab } from '../../../src/engine/engine.ts';
import type { PassingClassEvent } from '../../../src/session/class-events.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import type { View } from '../../../src/session/view.ts';
import type { Terminal, TerminalEvent, TerminalHistory, TerminalModes } from '../../../src/terminal/terminal.ts';

const quietModes: TerminalModes = {
  mouse: 'none',
  mouseEncoding: 'default',
  bracketedPaste: false,
  applicationCursor: false,
  focusEvents: false,
  alternateScreen: false,
};

/** A terminal that shows given text and remembers what was typed. */
export class FakeTerminal implements Terminal {
  cols = 80;
  rows = 24;
  atPrompt = true;
  alive = true;
  scrollback = 0;
  modes: TerminalModes = quietModes;
  lines: readonly string[];
  typed = '';
  private readonly listeners = new Set<(event: TerminalEvent) => void>();
  private readonly taps = new Set<(bytes: Buffer) => void>();

  constructor(lines: readonly string[] = []) {
    this.lines = lines;
  }

  get cursor() {
    return { col: this.lines.at(-1)?.length ?? 0, row: Math.max(0, this.lines.length - 1), visible: true, shape: 0 };
  }

  input(bytes: Buffer | string): void {
    this.typed += bytes.toString();
  }
  paste(text: string): void {
    this.typed += `<paste>${text}</paste>`;
  }
  async run() {
    return { code: 0 };
  }
  async start() {}
  interrupt(): void {}
  resize(cols: number, rows: number): void {
    this.cols = cols;
    this.rows = rows;
  }
  paintRow(y: number): string {
    return `${this.textRow(y).padEnd(this.cols).slice(0, this.cols)}\x1b[0m`;
  }
  textRow(y: number): string {
    return this.lines[this.top + y] ?? '';
  }
  scroll(lines: number): void {
    this.scrollback = Math.max(0, this.scrollback + lines);
    this.tell({ type: 'dirty' });
  }
  /** The lines it was given; the view begins at `top`. */
  readonly history: TerminalHistory & { held: boolean } = this.historyOf();
  private top = 0;
  private historyOf(): TerminalHistory & { held: boolean } {
    const terminal = this;
    return {
      held: false,
      first: 0,
      get end() {
        return terminal.lines.length;
      },
      get top() {
        return terminal.top;
      },
      line: (number) => ({
        text: terminal.lines[number] ?? '',
        wrapped: false,
        colOf: (index) => index,
        indexOf: (col) => col,
      }),
      show(line) {
        terminal.top = Math.max(0, Math.min(line, terminal.lines.length - terminal.rows));
      },
      hold(on) {
        this.held = on;
      },
    };
  }
  on(listener: (event: TerminalEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  tap(listener: (bytes: Buffer) => void): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }
  close(): void {}

  /** Prints, for who taps it. */
  print(text: string): void {
    for (const tap of this.taps) tap(Buffer.from(text));
  }

  /** Shows other lines. */
  show(...lines: readonly string[]): void {
    this.lines = lines;
    this.tell({ type: 'dirty' });
  }

  tell(event: TerminalEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** A scripted engine. */
export class FakeEngine implements Engine {
  view: View;
  tabs: readonly Tab[];
  readonly asked: Intent[] = [];
  readonly heard: PassingClassEvent[] = [];
  started = false;
  size = { cols: 0, rows: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: SessionEvent, after: View) => void>();
  private readonly answer: (intent: Intent, engine: FakeEngine) => void;

  constructor(
    view: View,
    terminals: readonly FakeTerminal[] = [],
    answer: (intent: Intent, engine: FakeEngine) => void = () => {},
  ) {
    this.view = view;
    this.tabs = terminals.map((terminal, index) => ({ number: index + 1, title: index === 0 ? 'shell' : 'log', terminal }));
    this.answer = answer;
  }

  ask(intent: Intent): void {
    this.asked.push(intent);
    this.answer(intent, this);
  }
  async openTab(): Promise<Tab> {
    const terminal = new FakeTerminal(['ubuntu@galaxy:~$ ']);
    terminal.resize(this.size.cols, this.size.rows);
    const tab = { number: this.tabs.length + 1, title: 'shell', terminal };
    this.tabs = [...this.tabs, tab];
    this.changed();
    return tab;
  }
  closeTab(number: number): void {
    this.tabs = this.tabs.filter((tab) => tab.number !== number);
    this.changed();
  }
  renameTab(number: number, title: string): void {
    this.tabs = this.tabs.map((tab) => (tab.number === number ? { ...tab, title } : tab));
    this.changed();
  }
  notice(sentence: string, tone: 'info' | 'problem'): void {
    this.show({ ...this.view, notice: { sentence, tone, at: Date.now() } });
  }
  hear(news: PassingClassEvent): void {
    this.heard.push(news);
  }
  resizeTerminals(cols: number, rows: number): void {
    this.size = { cols, rows };
    for (const tab of this.tabs) tab.terminal.resize(cols, rows);
  }
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  onEvent(listener: (event: SessionEvent, after: View) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }
  async start(): Promise<void> {
    this.started = true;
  }
  async close(): Promise<void> {}

  /** Shows another view. */
  show(view: View): void {
    this.view = view;
    this.changed();
  }

  /** Tells that something happened. */
  happened(event: SessionEvent): void {
    for (const listener of this.eventListeners) listener(event, this.view);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }
}
