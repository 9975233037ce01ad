/** Questions of going back, going on and coming back, as overlays: what is lost by it stands in them. Pure. */
import type { CheckView, QuestionView, SectionView, View } from '../../session/view.ts';
import { checkInFull } from '../../tui/panel/check-lines.ts';
import { type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';
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
  const name = section ? words().parts.sectionNamed(section.number, section.shortTitle) : words().parts.thatSection;
  const { title, sentences, yes } = goWords(question, section, name);
  return {
    title,
    lines: sentences.flatMap((sentence, index) => [...(index === 0 ? [] : [[] as Line]), ...wrapSpans([span(sentence)], width)]),
    top: 0,
    keys: answers([
      ['y', yes],
      ['n', words().overlay.stay],
    ]),
  };
}

interface GoWords {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly yes: string;
}

function goWords({ how, lost, solved }: Go, section: SectionView | undefined, name: string): GoWords {
  const number = section?.number ?? 0;
  switch (how) {
    case 'rewind':
      return {
        title: words().travel.backTitle(number),
        sentences: [words().travel.rewind(name), words().travel.rewindLost(words().parts.sections(lost))],
        yes: words().travel.goBack,
      };
    case 'afresh':
      return {
        title: words().travel.backTitle(number),
        sentences: [words().travel.afresh, words().travel.afreshLost(words().parts.sections(solved), name)],
        yes: words().travel.makeFresh,
      };
    default:
      return {
        title: words().travel.onTitle(number),
        sentences: [words().travel.catchUp(words().parts.sections(solved), name), words().travel.nothingLost],
        yes: words().travel.solveThem,
      };
  }
}

function driftQuestion({ checks, times }: Drift, width: number, top: number): OverlayContent {
  const lead = checks.length === 1 ? words().travel.driftOne : words().travel.driftMany;
  const ask = times === 1 ? words().travel.restart : words().travel.restartAgain;
  const setting = { width, titleWidth: width, next: checks[0]?.id ?? null, time: () => '' };
  return {
    title: words().travel.driftTitle,
    lines: [
      ...wrapSpans([span(lead)], width),
      ...checks.flatMap((check: CheckView): readonly Line[] => [[], ...checkInFull(check, setting)]),
      [],
      ...wrapSpans([span(ask)], width),
    ],
    top,
    keys: answers([
      ['y', words().travel.startAgain],
      ['n', words().travel.goOn],
    ]),
  };
}
