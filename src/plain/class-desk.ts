/** What the learner asks of the class in plain mode, and what they are asked. It says nothing without being chosen. */
import type { Engine } from '../engine/engine.ts';
import { spokenView } from '../tui/spoken-view.ts';
import { words } from '../words/words.ts';
import { yesOrNo } from './answers.ts';
import { seenLines } from './class-words.ts';

/** The class's part of the prompt. */
export class ClassDesk {
  private readonly engine: Engine;
  private readonly say: (lines: readonly string[]) => void;
  private asking: 'hand' | 'share' | null = null;

  /**
   * @param engine whom to ask.
   * @param say says lines.
   */
  constructor(engine: Engine, say: (lines: readonly string[]) => void) {
    this.engine = engine;
    this.say = say;
  }

  /** The prompt while the next line is the class's; null while it is not. */
  get prompt(): string | null {
    if (this.asking === 'hand') return words().ask.handLine;
    return this.asking === 'share' ? words().ask.mayShare : null;
  }

  /** Something of the class was chosen. */
  choose(what: 'hand' | 'seen' | 'share', width: number): void {
    const room = this.engine.view.class;
    if (what === 'seen') this.say(seenLines(spokenView(this.engine.view), width));
    else if (room === undefined) return;
    else if (what === 'hand') {
      if (room.hand === null) this.asking = 'hand';
      else this.engine.ask({ type: 'lower-hand' });
    } else if (room.share?.status === 'on') this.engine.ask({ type: 'share', allow: false });
    else if (room.share !== null) {
      this.asking = 'share';
      this.say([words().ask.shareMeans]);
    }
  }

  /** The next line, while `prompt` is not null. */
  line(text: string): void {
    const answer = yesOrNo(text);
    if (this.asking === 'hand') this.engine.ask({ type: 'raise-hand', note: text });
    else if (answer !== null) this.engine.ask({ type: 'share', allow: answer === 'yes' });
    else {
      this.say([words().ask.yesOrNo]);
      return;
    }
    this.asking = null;
  }

  /** Nothing is to be answered any more. */
  leave(): void {
    this.asking = null;
  }

  /** Messages that stand on the paper have been told: they need not come again. */
  told(): void {
    for (const { id } of this.engine.view.class?.messages ?? []) this.engine.ask({ type: 'read-message', message: id });
  }
}
