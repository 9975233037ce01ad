/**
 * The lesson without a screen: lines that are only ever appended, a prompt with numbered choices, no cursor moves, no
 * colours. A second renderer of the same view that the screen draws, which asks the engine for the same things. It knows
 * nothing of lessons' files, hosts or journals, and closes nothing that it was given.
 */
import type { Engine, Tab } from '../engine/engine.ts';
import type { View } from '../session/view.ts';
import { spokenView } from '../tui/spoken-view.ts';
import { words } from '../words/words.ts';
import type { Action } from './choice.ts';
import { choiceLines, choicesOf, chosen } from './choices.ts';
import { seenSign } from './class-words.ts';
import { createLineEditor } from './line-editor.ts';
import { newsBetween, withoutFails } from './news.ts';
import { NextLine } from './next-line.ts';
import { createPaper, type Paper } from './paper.ts';
import { checksLines, farewellHint, hintFor, introduction, sectionLines, sectionList } from './passages.ts';
import type { PlainOptions } from './plain-options.ts';
import { missingWords, onwardFrom } from './plain-words.ts';
import { questionLines } from './questions.ts';
import { createRunning, type Running } from './running.ts';
import { type Visit, visitShell } from './shell-visit.ts';

/** The learner's plain mode. */
export interface Plain {
  /** Runs until the learner leaves. */
  run(): Promise<void>;
  /** Ends it from outside (a signal). */
  stop(): void;
  /** Gives the outer terminal back where a shell has it; for when everything ends at once. */
  restore(): void;
  /** The terminal has another size. */
  resized(): void;
  /** The terminal that the learner was in last. */
  readonly shownTab: Tab | undefined;
}

/**
 * A plain mode that has said nothing yet.
 * @param options engine and streams.
 */
export function createPlain(options: PlainOptions): Plain {
  return new PlainSession(options);
}

class PlainSession implements Plain {
  private readonly options: PlainOptions;
  private readonly engine: Engine;
  private readonly paper: Paper;
  private readonly editor = createLineEditor();
  private readonly running: Running;
  private readonly next: NextLine;
  private told: View;
  private tabs = 1;
  private visited = 1;
  /** A step has just ended and its checks were not asked since: what they found missing before may be there by now. */
  private stale = false;
  private visit: Visit | null = null;
  private over = false;
  private end: () => void = () => {};
  private fail: (cause: unknown) => void = () => {};

  constructor(options: PlainOptions) {
    this.options = options;
    this.engine = options.engine;
    this.told = this.view;
    this.paper = createPaper(options.write, () => seenSign(this.view) + this.next.prompt + this.editor.text);
    this.next = new NextLine(options.engine, (lines) => this.paper.say(lines));
    this.running = createRunning(options.engine, (text) => this.paper.raw(text));
  }

  async run(): Promise<void> {
    const { engine, input, prefix } = this.options;
    const ended = new Promise<void>((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
    });
    const heard = (bytes: Buffer): void => this.heard(bytes);
    this.resized();
    this.paper.say(introduction(this.view, prefix.name, this.cols));
    // The first section is open from here on; all that takes time comes later.
    engine.start().catch((cause: unknown) => this.fail(cause));
    this.told = this.view;
    const offs = [
      engine.onChange(() => this.changed()),
      engine.onEvent((event) => {
        if (event.type !== 'checks-judged') return;
        this.stale = false;
        this.changed();
      }),
    ];
    input.on('data', heard);
    this.showSection();
    this.paper.prompt();
    if (this.over) this.end();
    try {
      await ended;
    } finally {
      this.over = true;
      input.off('data', heard);
      for (const off of offs) off();
      this.restore();
      this.running.close();
      this.paper.end();
    }
  }

  stop(): void {
    this.leave();
  }

  restore(): void {
    this.visit?.close();
    this.visit = null;
  }

  resized(): void {
    const { cols, rows } = this.options.size();
    this.engine.resizeTerminals(cols, rows);
  }

  /** What there is to tell, in the language of this run. */
  private get view(): View {
    return spokenView(this.engine.view);
  }

  get shownTab(): Tab | undefined {
    return this.engine.tabs.find((each) => each.number === this.visited) ?? this.engine.tabs[0];
  }

  private get cols(): number {
    return this.options.size().cols;
  }

  /** Says what has changed, unless somebody else has the terminal: then it waits. */
  private changed(): void {
    if (this.over || this.visit !== null) return;
    const { tabs } = this.engine;
    const { view } = this;
    const before = this.told;
    const wasRunning = this.running.active;
    this.running.follow(view);
    // While a step runs, only its output is told; what its commands have led to comes when it has ended.
    if (this.running.active) {
      this.paper.hide();
      return;
    }
    if (wasRunning) this.stale = true;
    this.told = this.stale ? withoutFails(view, before) : view;
    this.paper.say(newsBetween(before, this.told, this.cols));
    this.next.desk.told();
    if (tabs.length > this.tabs) this.paper.say([words().said.anotherTerminal(tabs.at(-1)?.number ?? 1)]);
    this.tabs = Math.max(1, tabs.length);
    if (view.question !== null && view.question !== before.question) this.paper.say(questionLines(view));
    const moved = view.shown !== before.shown || (view.open !== before.open && view.shown === view.open);
    if (moved) this.showSection();
    if (wasRunning || moved || view.question !== before.question) this.paper.prompt();
    this.paper.settle();
  }

  private showSection(): void {
    const { view } = this;
    this.paper.say([...sectionLines(view, this.cols), '', words().said.youCanChoose, ...choiceLines(choicesOf(view))]);
  }

  private heard(bytes: Buffer): void {
    if (this.over || bytes.length === 0) return;
    if (this.visit !== null) {
      this.visit.input(bytes);
      return;
    }
    if (this.running.active) {
      this.running.input(bytes);
      return;
    }
    const { typed, rest } = this.editor.take(bytes);
    for (const each of typed) {
      if (each.type === 'echo') this.paper.echo(each.text);
      else if (each.type === 'line') this.line(each.text);
      else if (each.type === 'interrupt') this.interrupted();
      else this.leave();
    }
    this.heard(rest);
  }

  private interrupted(): void {
    this.paper.entered();
    this.next.leave();
    this.paper.prompt();
  }

  private line(text: string): void {
    this.paper.entered();
    if (!this.next.take(text)) this.choose(text);
    if (!this.over && this.visit === null && !this.running.active) this.paper.prompt();
  }

  private choose(text: string): void {
    const { view } = this;
    const choices = choicesOf(view);
    const action = chosen(text, choices);
    if (action === null) this.paper.say([words().said.noChoice(text.trim())]);
    else this.act(action, view);
  }

  private act(action: Action, view: View): void {
    const { engine, paper } = this;
    switch (action.type) {
      case 'step':
        engine.ask({ type: action.kind, block: action.block });
        break;
      case 'next':
        this.goOn(view);
        break;
      case 'hint': {
        const hint = hintFor(view);
        if ('ask' in hint) engine.ask({ type: 'hint', check: hint.ask });
        else paper.say(hint.say);
        break;
      }
      case 'checks':
        engine.ask({ type: 'check' });
        paper.say(checksLines(this.view, this.cols));
        break;
      case 'answer':
        this.next.askCheck(action.check);
        break;
      case 'shell':
        this.enterShell(action.tab);
        break;
      case 'text':
        this.showSection();
        break;
      case 'class':
        this.next.desk.choose(action.what, Math.min(78, this.cols - 1));
        break;
      case 'sections':
        this.next.askSection();
        paper.say(sectionList(view));
        break;
      case 'skip':
        engine.ask({ type: 'skip' });
        if (this.view.question?.type !== 'skip') paper.say([words().said.nothingToSkip]);
        break;
      case 'quit':
        this.leave();
        break;
      default:
        paper.say(choiceLines(choicesOf(view)));
    }
  }

  private leave(): void {
    this.over = true;
    this.end();
  }

  private goOn(view: View): void {
    const { open, next, may } = onwardFrom(view);
    if (open && view.shown !== view.open) this.engine.ask({ type: 'view', section: open.id });
    else if (open && !may) this.paper.say(missingWords(open));
    else if (next || open?.status === 'open') this.engine.ask({ type: 'advance' });
    if (!next && may && view.shown === view.open) this.paper.say(farewellHint(this.view));
  }

  private enterShell(number: number): void {
    const tab = this.engine.tabs.find((each) => each.number === number) ?? (number === 1 ? this.engine.tabs[0] : undefined);
    if (tab === undefined || !tab.terminal.alive) {
      this.paper.say([this.view.host.status === 'ready' ? words().said.noShell(number) : words().said.noShellYet]);
      return;
    }
    this.visited = tab.number;
    const seen = seenSign(this.view) === '' ? '' : ` ${words().said.instructorSees}`;
    const { dumb, prefix, where, write } = this.options;
    this.paper.say([`${words().said.inShell(where, prefix.name)}${seen}`]);
    this.paper.hide();
    this.visit = visitShell({
      terminal: tab.terminal,
      dumb,
      prefix: prefix.byte,
      write,
      onEnd: (how, rest) => this.left(how, rest),
    });
  }

  private left(how: 'left' | 'exited', rest: Buffer): void {
    this.visit = null;
    this.paper.say([how === 'left' ? words().said.back : words().said.shellEnded]);
    this.changed();
    this.paper.prompt();
    this.heard(rest);
  }
}
