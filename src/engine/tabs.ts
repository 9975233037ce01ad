/** The terminal tabs of a session: opened, found, closed, and sized together. */
import type { Terminal, TerminalEvent } from '../terminal/terminal.ts';
import type { Tab } from './engine.ts';

/** Opens a shell of the given size on the host. */
export interface OpenShell {
  (size: { readonly cols: number; readonly rows: number }): Promise<Terminal>;
  /** Loads what opening needs, while the host is still on its way. */
  readonly load?: () => Promise<unknown>;
}

/** As many as there are digit keys. */
const maxTabs = 9;

/** The tabs and their terminals; the owner of every terminal in them. */
export class Tabs {
  private list: readonly Tab[] = [];
  private size = { cols: 80, rows: 24 };
  private closed = false;
  /** A shell that was opened before it was needed. */
  private ahead: Promise<Terminal> | null = null;
  /** Shells that have shown a prompt: before that, keys may be lost. */
  private readonly prompted = new WeakSet<Terminal>();
  private readonly open: OpenShell;
  private readonly heard: (tab: Tab, event: TerminalEvent) => void;
  private readonly changed: () => void;

  /**
   * @param open opens a shell on the host.
   * @param heard told of every terminal's events.
   * @param changed told when tabs come, go or change their title.
   */
  constructor(open: OpenShell, heard: (tab: Tab, event: TerminalEvent) => void, changed: () => void) {
    this.open = open;
    this.heard = heard;
    this.changed = changed;
  }

  /** The tabs, by number. */
  get all(): readonly Tab[] {
    return this.list;
  }

  /** Whether the tab's shell has come to its first prompt. */
  hasPrompted({ terminal }: Tab): boolean {
    return terminal.atPrompt || this.prompted.has(terminal);
  }

  /**
   * Has what shells need loaded while the host starts; trouble with it is told where a shell is opened.
   * @param ahead opens the first one as well: the host has it wait until it is ready.
   */
  makeReady(ahead: boolean): void {
    if (ahead) this.ahead = this.open(this.size);
    (this.ahead ?? this.open.load?.())?.catch(() => {});
  }

  /** Ends a shell that was opened ahead and not needed. */
  dropAhead(): void {
    this.ahead?.then((terminal) => terminal.close()).catch(() => {});
    this.ahead = null;
  }

  /** Opens one more tab; the last one is given again when there are as many as there can be. */
  async add(title = 'shell'): Promise<Tab> {
    const last = this.list.at(-1);
    if (this.list.length >= maxTabs && last) return last;
    const terminal = await this.openTerminal();
    const used = new Set(this.list.map((tab) => tab.number));
    let number = 1;
    while (used.has(number)) number += 1;
    return this.put({ number, title, terminal });
  }

  /** The tab with this number, opened where there is none. */
  async ensure(number: number, title: string): Promise<Tab> {
    return this.list.find((tab) => tab.number === number) ?? (await this.add(title));
  }

  /** The tab with exactly this number; those before it are opened as well where they are missing. */
  async reach(number: number): Promise<Tab> {
    for (;;) {
      const there = this.list.find((tab) => tab.number === number);
      if (there || this.list.length >= maxTabs) return there ?? (await this.add());
      await this.add();
    }
  }

  /**
   * A tab other than the first whose shell waits at its prompt; the one with the wished number if it does.
   * @param wish the number that the lesson gives, 2 or more.
   * @param title what the tab is to be called from now on.
   */
  async idle(wish: number, title: string): Promise<Tab> {
    const free = this.list.filter((tab) => tab.number > 1 && tab.terminal.alive && tab.terminal.atPrompt);
    const tab = free.find((each) => each.number === wish) ?? free[0] ?? (await this.add(title));
    return this.put({ ...tab, title });
  }

  /** Puts a fresh shell into a tab whose own has ended. */
  async reopen(number: number): Promise<void> {
    const old = this.list.find((tab) => tab.number === number);
    const terminal = await this.openTerminal();
    old?.terminal.close();
    this.put({ number, title: old?.title ?? 'shell', terminal });
  }

  /** Gives a tab another name. */
  rename(number: number, title: string): void {
    const tab = this.list.find((each) => each.number === number);
    if (tab) this.put({ ...tab, title });
  }

  /** Ends a tab's shell and forgets the tab. */
  close(number: number): void {
    const tab = this.list.find((each) => each.number === number);
    if (!tab) return;
    this.list = this.list.filter((each) => each.number !== number);
    tab.terminal.close();
    this.changed();
  }

  resize(cols: number, rows: number): void {
    this.size = { cols, rows };
    for (const tab of this.list) tab.terminal.resize(cols, rows);
  }

  /** Ends all shells, for other ones to be opened later. */
  clear(): void {
    this.dropAhead();
    for (const tab of this.list) tab.terminal.close();
    this.list = [];
    this.changed();
  }

  closeAll(): void {
    this.closed = true;
    this.dropAhead();
    for (const tab of this.list) tab.terminal.close();
    this.list = [];
  }

  private async openTerminal(): Promise<Terminal> {
    const terminal = (await this.takeAhead()) ?? (await this.open(this.size));
    // The pane may have been resized, or the program ended, while the shell was being opened.
    if (this.closed) terminal.close();
    else if (terminal.cols !== this.size.cols || terminal.rows !== this.size.rows)
      terminal.resize(this.size.cols, this.size.rows);
    return terminal;
  }

  /** The shell that was opened ahead, where it lives. */
  private async takeAhead(): Promise<Terminal | null> {
    const ahead = this.ahead;
    this.ahead = null;
    const terminal = await ahead?.catch(() => null);
    if (terminal?.alive === true) return terminal;
    terminal?.close();
    return null;
  }

  private put(tab: Tab): Tab {
    const known = this.list.some((each) => each.terminal === tab.terminal);
    this.list = [...this.list.filter((each) => each.number !== tab.number), tab].sort((a, b) => a.number - b.number);
    if (!known)
      tab.terminal.on((event) => {
        if (event.type === 'prompt') this.prompted.add(tab.terminal);
        this.heard(this.list.find((each) => each.terminal === tab.terminal) ?? tab, event);
      });
    this.changed();
    return tab;
  }
}
