/** What the learner is asked, in words: the lines before a question, and the prompt that waits for its answer. Pure. */
import type { View } from '../session/view.ts';
import { words } from '../words/words.ts';
import { driftWords, goWords, previewWords, sectionWords } from './plain-words.ts';

/**
 * What is to be known before the question that the view holds is answered; nothing where it holds none.
 * @param view the session.
 */
export function questionLines({ question, sections }: View): readonly string[] {
  switch (question?.type) {
    case 'write':
      return previewWords(question.preview);
    case 'drift':
      return driftWords(question);
    case 'go':
      return goWords(question, sections);
    case 'skip': {
      const section = sections.find((each) => each.id === question.section);
      return [question.times === 1 ? words().ask.willCount(section ? sectionWords(section) : null) : words().ask.willBeKept];
    }
    default:
      return [];
  }
}

/**
 * The prompt that waits for an answer.
 * @param view the session.
 * @param forSection a section's number is being asked for, rather than a choice.
 */
export function promptFor(view: View, forSection: boolean): string {
  switch (view.question?.type) {
    case 'write':
      return words().ask.write;
    case 'skip':
      return view.question.times === 1 ? words().ask.skip : words().ask.skipAgain;
    case 'go':
      return words().ask.go;
    case 'drift':
      return words().ask.restart;
    default: {
      if (forSection) return words().ask.sectionNumber;
      const shown = view.sections[view.shown];
      return words().ask.choice(shown ? sectionWords(shown) : view.lesson.title);
    }
  }
}
