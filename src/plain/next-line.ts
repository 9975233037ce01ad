/**
 * What the learner's next line answers: a question of the program, of the class or of the lesson, or the number of a
 * section; where it is none of these, it is a choice, and somebody else's to act on.
 */
import type { Engine } from '../engine/engine.ts';
import type { CheckView, View } from '../session/view.ts';
import { spokenView } from '../tui/spoken-view.ts';
import { words } from '../words/words.ts';
import { answerLines, answerPrompt, askedCheck, givenIn, yesOrNo } from './answers.ts';
import { ClassDesk } from './class-desk.ts';
import { promptFor } from './questions.ts';

/** Who waits for the next line, and what is done with it. */
export class NextLine {
  /** What the class asks, and is asked. */
  readonly desk: ClassDesk;
  private readonly engine: Engine;
  private readonly say: (lines: readonly string[]) => void;
  private waiting: 'choice' | 'section' | { readonly check: string } = 'choice';

  /**
   * @param engine whom to tell the answers.
   * @param say says lines.
   */
  constructor(engine: Engine, say: (lines: readonly string[]) => void) {
    this.engine = engine;
    this.say = say;
    this.desk = new ClassDesk(engine, say);
  }

  /** The words before the place where the line is typed, in the language of this run. */
  get prompt(): string {
    const { view } = this;
    if (view.question !== null) return promptFor(view, false);
    const check = this.check(view);
    return this.desk.prompt ?? (check ? answerPrompt(check) : promptFor(view, this.waiting === 'section'));
  }

  /** The next line is the number of a section. */
  askSection(): void {
    this.waiting = 'section';
  }

  /**
   * The next line answers a question of the lesson, which is said here.
   * @param check the question's id.
   */
  askCheck(check: string): void {
    this.waiting = { check };
    this.say(answerLines(askedCheck(this.view, check)));
  }

  /**
   * Answers with a line what has been waiting for it.
   * @param text the line as it was typed.
   * @returns false where nothing was: then it is a choice.
   */
  take(text: string): boolean {
    if (this.engine.view.question !== null) this.answerProgram(text);
    else if (this.desk.prompt !== null) this.desk.line(text);
    else if (this.waiting === 'section') this.goTo(text);
    else if (this.waiting !== 'choice') this.answerLesson(text);
    else return false;
    return true;
  }

  /** Ctrl-C: nothing is to be answered any more. */
  leave(): void {
    this.waiting = 'choice';
    this.desk.leave();
    if (this.engine.view.question !== null) this.engine.ask({ type: 'cancel' });
    else this.say([words().said.nothingChosen]);
  }

  private get view(): View {
    return spokenView(this.engine.view);
  }

  private check(view: View): CheckView | undefined {
    return typeof this.waiting === 'string' ? undefined : askedCheck(view, this.waiting.check);
  }

  private answerProgram(text: string): void {
    const answer = yesOrNo(text);
    if (answer === 'yes') this.engine.ask({ type: 'confirm' });
    else if (answer === 'no') {
      this.engine.ask({ type: 'cancel' });
      this.say([words().said.staysAsItIs]);
    } else this.say([words().ask.yesOrNo]);
  }

  /** Asked again after a wrong answer, until it is right or left for later. */
  private answerLesson(text: string): void {
    const check = this.check(this.view);
    const given = check && text.trim() !== '' ? givenIn(text, check) : null;
    if (typeof given === 'string') this.say([given]);
    else if (check && given) this.engine.ask({ type: 'answer', check: check.id, given });
    if (given === null || this.check(this.view) === undefined) this.waiting = 'choice';
  }

  private goTo(text: string): void {
    this.waiting = 'choice';
    const word = text.trim();
    if (word === '') return;
    const section = this.view.sections[Number(word) - 1];
    if (section === undefined) this.say([words().said.noSection(word)]);
    else this.engine.ask({ type: 'view', section: section.id });
  }
}
