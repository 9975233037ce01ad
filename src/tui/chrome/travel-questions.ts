/** Questions of going back, going on and coming back, as overlays: what is lost by it stands in them. Pure. */
import type { CheckView, QuestionView, SectionView, View } from '../../session/view.ts';
import { checkInFull } from '../../tui/panel/check-lines.ts';
import { type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { answers, type OverlayContent, questionWidth } from './overlay-content.ts';

type Go = Extract<QuestionView, { type: 'go' }>;
type Drift = Extract<QuestionView, { type: 'drift' }>;

/**
 * The question as an overlay; null for any other question.
 * @param question what is asked.
 * @param view the session's view.
 * @param width cells of a line of text.
 * @param top first line to show.
 */
export function travelQuestion(question: QuestionView, view: View, width: number, top: number): OverlayContent | null {
  if (question.type === 'go') return goQuestion(question, view, Math.min(width, questionWidth));
  return question.type === 'drift' ? driftQuestion(question, Math.min(width, questionWidth + 12), top) : null;
}

function goQuestion(question: Go, view: View, width: number): OverlayContent {
  const section = view.sections.find((each) => each.id === question.section);
  const name = section ? `section ${section.number}, ${section.shortTitle}` : 'that section';
  const { title, sentences, yes } = goWords(question, section, name);
  return {
    title,
    lines: sentences.flatMap((sentence, index) => [...(index === 0 ? [] : [[] as Line]), ...wrapSpans([span(sentence)], width)]),
    top: 0,
    keys: answers([
      ['y', yes],
      ['n', 'stay'],
    ]),
  };
}

interface Words {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly yes: string;
}

function goWords({ how, lost, solved }: Go, section: SectionView | undefined, name: string): Words {
  const number = section?.number ?? 0;
  switch (how) {
    case 'rewind':
      return {
        title: `Back to section ${number}`,
        sentences: [
          `The host goes back to how it was when ${name}, began.`,
          `What you changed on it since then is thrown away, with ${sections(lost)} to do again. Programs in the shells end.`,
        ],
        yes: 'go back',
      };
    case 'afresh':
      return {
        title: `Back to section ${number}`,
        sentences: [
          'The start of that section was not kept on this host. It can be made fresh instead.',
          `Everything you changed on it is then thrown away, and the program solves ${sections(solved)} again for you, up to ${name}. They are recorded as solved by the program.`,
        ],
        yes: 'make it fresh',
      };
    default:
      return {
        title: `On to section ${number}`,
        sentences: [
          `The program does the steps of ${sections(solved)} for you, and their checks judge it, until ${name}, is open. Ctrl-C stops it.`,
          'Nothing is thrown away. They are recorded as solved by the program.',
        ],
        yes: 'solve them',
      };
  }
}

function sections(count: number): string {
  return count === 1 ? 'one section' : `${count} sections`;
}

function driftQuestion({ checks, times }: Drift, width: number, top: number): OverlayContent {
  const lead =
    checks.length === 1 ? 'This held when you were here, and does not now:' : 'These held when you were here, and do not now:';
  const ask =
    times === 1
      ? 'Start the services of the host again? What runs in the shells ends.'
      : 'Starting the services again did not help. Go on and mend it by hand, or go back to the start of a section with g. Try once more?';
  const setting = { width, titleWidth: width, next: checks[0]?.id ?? null, time: () => '' };
  return {
    title: 'Something has drifted',
    lines: [
      ...wrapSpans([span(lead)], width),
      ...checks.flatMap((check: CheckView): readonly Line[] => [[], ...checkInFull(check, setting)]),
      [],
      ...wrapSpans([span(ask)], width),
    ],
    top,
    keys: answers([
      ['y', 'start them again'],
      ['n', 'go on as it is'],
    ]),
  };
}
