/**
 * The lesson without a screen: lines that are only ever appended, a prompt with numbered choices, no cursor moves, no
 * colours. A second renderer of the same view that the screen draws, which asks the engine for the same things. It knows
 * nothing of lessons' files, hosts or journals, and closes nothing that it was given.
 */
import type { Engine, Tab } from '../engine/engine.ts';
import type { CheckView, View } from '../session/view.ts';
import { spokenView } from '../tui/spoken-view.ts';
import { words } from '../words/words.ts';
import { answerLines, answerPrompt, askedCheck, givenIn, yesOrNo } from './answers.ts';
import { type Action, choiceLines, choicesOf, chosen } from './choices.ts';
import { ClassDesk } from './class-desk.ts';
import { seenSign } from './class-words.ts';
import { createLineEditor } from './line-editor.ts';
import { newsBetween, withoutFails } from './news.ts';
import { createPaper, type Paper } from './paper.ts';
import { checksLines, farewellHint, hintFor, introduction, sectionLines, sectionList } from './passages.ts';
import type { PlainOptions } from './plain-options.ts';
import { missingWords, onwardFrom } from './plain-words.ts';
import { promptFor, questionLines } from './questions.ts';
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
  private readonly desk: ClassDesk;
  private told: View;
  private tabs = 1;
  private visited = 1;
  /** A step has just ended and its checks were not asked since: what they found missing before may be there by now. */
  private stale = false;
  /** What the next line answers. */
  private asking: 'choice' | 'section' | { readonly check: string } = 'choice';
  private visit: Visit | null = null;
  private over = false;
  private end: () => void = () => {};
  private fail: (cause: unknown) => void = () => {};

  constructor(options: PlainOptions) {
    this.options = options;
    this.engine = options.engine;
    this.told = this.view;
    this.paper = createPaper(options.write, () => this.promptText() + this.editor.text);
    this.desk = new ClassDesk(options.engine, (lines) => this.paper.say(lines));
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

  private promptText(): string {
    const { view } = this;
    const asked = this.askedNow();
    const own = view.question === null ? this.desk.prompt : null;
    const prompt = view.question === null && asked ? answerPrompt(asked) : promptFor(view, this.asking === 'section');
    return `${seenSign(view)}${own ?? prompt}`;
  }

  /** The learner's question that the next line answers. */
  private askedNow(): CheckView | undefined {
    return typeof this.asking === 'string' ? undefined : askedCheck(this.view, this.asking.check);
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
    this.desk.told();
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
    this.asking = 'choice';
    this.desk.leave();
    if (this.view.question !== null) this.engine.ask({ type: 'cancel' });
    else this.paper.say([words().said.nothingChosen]);
    this.paper.prompt();
  }

  private line(text: string): void {
    this.paper.entered();
    const { question } = this.view;
    if (question !== null) this.answer(text);
    else if (this.desk.prompt !== null) this.desk.line(text);
    else if (this.asking === 'section') this.goTo(text);
    else if (this.asking !== 'choice') this.answerQuestion(text);
    else this.choose(text);
    if (!this.over && this.visit === null && !this.running.active) this.paper.prompt();
  }

  private answer(text: string): void {
    const answer = yesOrNo(text);
    if (answer === 'yes') this.engine.ask({ type: 'confirm' });
    else if (answer === 'no') {
      this.engine.ask({ type: 'cancel' });
      this.paper.say([words().said.staysAsItIs]);
    } else this.paper.say([words().ask.yesOrNo]);
  }

  /** Asked again after a wrong answer, until it is right or left for later. */
  private answerQuestion(text: string): void {
    const check = this.askedNow();
    const given = check && text.trim() !== '' ? givenIn(text, check) : null;
    if (typeof given === 'string') this.paper.say([given]);
    else if (check && given) this.engine.ask({ type: 'answer', check: check.id, given });
    if (given === null || this.askedNow() === undefined) this.asking = 'choice';
  }

  private goTo(text: string): void {
    this.asking = 'choice';
    const word = text.trim();
    if (word === '') return;
    const section = this.view.sections[Number(word) - 1];
    if (section === undefined) this.paper.say([words().said.noSection(word)]);
    else this.engine.ask({ type: 'view', section: section.id });
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
        this.next(view);
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
        this.asking = { check: action.check };
        paper.say(answerLines(askedCheck(view, action.check)));
        break;
      case 'shell':
        this.enterShell(action.tab);
        break;
      case 'text':
        this.showSection();
        break;
      case 'class':
        this.desk.choose(action.what, Math.min(78, this.cols - 1));
        break;
      case 'sections':
        this.asking = 'section';
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

  private next(view: View): void {
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
