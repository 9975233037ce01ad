/** What the learner is asked, in words: the lines before a question, and the prompt that waits for its answer. Pure. */
import type { View } from '../session/view.ts';
import { driftWords, goWords, previewWords, sectionWords } from './words.ts';

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
      return [
        question.times === 1
          ? `${section ? sectionWords(section) : 'This section'} will count as skipped; what it asks for stays undone.`
          : 'It will be kept that you skipped it. You can come back to read it.',
      ];
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
      return 'Write this file? yes or no: ';
    case 'skip':
      return view.question.times === 1 ? 'Skip it? yes or no: ' : 'Really skip it? yes or no: ';
    case 'go':
      return 'Go there? yes or no: ';
    case 'drift':
      return 'Start its services again? yes or no: ';
    default: {
      if (forSection) return 'Number of the section, or Enter to stay: ';
      const shown = view.sections[view.shown];
      return `${shown ? sectionWords(shown) : view.lesson.title}. Your choice: `;
    }
  }
}
