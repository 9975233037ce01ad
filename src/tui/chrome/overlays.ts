/** What lies over the panes, as a title, lines and keys: questions, help, sections, all checks. Pure. */
import type { DiffLine, WritePreview } from '../../session/events.ts';
import type { CheckView, SectionView } from '../../session/view.ts';
import { classScreen, shareQuestion } from '../../tui/classroom/class-overlays.ts';
import { openSection } from '../../tui/lesson/progress.ts';
import { checkInFull } from '../../tui/panel/check-lines.ts';
import { isBusy, type Situation } from '../../tui/situation.ts';
import { boldStyle, dimStyle, type Line, type Span, span } from '../../tui/text/line.ts';
import { chopLine, wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';
import { answerSheet } from './answer-sheet.ts';
import { helpLines } from './help-lines.ts';
import { answers, type OverlayContent, questionWidth } from './overlay-content.ts';
import { travelQuestion } from './travel-questions.ts';

/** What overlays need besides the moment. */
export interface OverlaySetting {
  /** Cells of a line of text. */
  readonly width: number;
  /** A time of day for people, from ms since the epoch. */
  readonly time: (at: number) => string;
  readonly version: string;
}

/**
 * What lies over the panes now; null where nothing does.
 * @param situation the moment.
 * @param setting width, clock and version.
 */
export function overlayContent(situation: Situation, setting: OverlaySetting): OverlayContent | null {
  const { view, ui } = situation;
  const { width, time, version } = setting;
  if (view.question?.type === 'write') return writeQuestion(view.question.preview, width, ui.questionTop);
  if (view.question?.type === 'skip') return skipQuestion(situation, view.question.times, width);
  if (view.question !== null) return travelQuestion(view.question, view, width, ui.questionTop);
  switch (ui.overlay?.type) {
    case 'help':
      return { title: words().help.title(version), lines: helpLines(situation.keys, width), top: ui.overlay.top, keys: back() };
    case 'checks':
      return { title: words().overlay.checks, lines: allChecks(situation, width, time), top: ui.overlay.top, keys: back() };
    case 'class':
      return classScreen(view, width, ui.overlay.top);
    case 'share':
      return shareQuestion(view, width);
    case 'sections':
      return sectionList(situation, ui.overlay.at);
    case 'answer':
      return answerSheet(ui.overlay, view, width);
    case 'quit':
      return quitQuestion(situation, width);
    default:
      return null;
  }
}

const back = () => answers([['Esc', words().overlay.back]]);

function writeQuestion(preview: WritePreview, width: number, top: number): OverlayContent {
  const what = preview.exists ? words().write.changes : words().write.newFile;
  const facts = words().write.facts(preview.as, preview.owner, preview.group, preview.mode);
  return {
    title: words().write.title(preview.path),
    lines: [
      ...wrapSpans([span(facts)], width),
      ...wrapSpans([span(preview.same ? words().write.same : what, dimStyle)], width),
      [],
      ...preview.diff.flatMap((line) => diffLines(line, width)),
    ],
    top,
    keys: answers([
      ['y', words().write.yes],
      ['n', words().write.no],
    ]),
  };
}

function diffLines(line: DiffLine, width: number): readonly Line[] {
  if (line.sign === 'gap') return [[span(`  ⋯ ${line.text}`.trimEnd(), dimStyle)]];
  const style = line.sign === '+' ? { tone: 'good' as const } : line.sign === '-' ? boldStyle : dimStyle;
  return chopLine([span(line.text.replaceAll('\t', '    '), style)], width - 2, width - 4).map((part, index) => [
    span(index === 0 ? `${line.sign} ` : '  ↪ ', index === 0 ? style : dimStyle),
    ...part,
  ]);
}

function skipQuestion({ view }: Situation, times: 1 | 2, width: number): OverlayContent {
  const open = openSection(view);
  const name = open ? words().parts.sectionNamed(open.number, open.shortTitle) : words().parts.thisSection;
  const sentences = times === 1 ? words().skip.text(name) : words().skip.textAgain;
  return {
    title: times === 1 ? words().skip.title : words().skip.titleAgain,
    lines: wrapSpans([span(sentences)], Math.min(width, questionWidth)),
    top: 0,
    keys: answers([
      ['y', times === 1 ? words().skip.yes : words().skip.yesAgain],
      ['n', words().overlay.stay],
    ]),
  };
}

function quitQuestion(situation: Situation, width: number): OverlayContent {
  const what = situation.view.running !== null ? words().leave.stepRuns : words().leave.programRuns;
  const text = isBusy(situation) ? what : words().leave.kept;
  return {
    title: words().leave.title,
    lines: wrapSpans([span(text)], Math.min(width, questionWidth)),
    top: 0,
    keys: answers([
      ['y', words().leave.yes],
      ['n', words().overlay.stay],
    ]),
  };
}

function allChecks({ view }: Situation, width: number, time: (at: number) => string): readonly Line[] {
  const open = openSection(view);
  if (!open || open.checks.length + open.hints.length === 0) return [[span(words().overlay.nothingToCheck)]];
  const next = open.checks.find((check) => check.status === 'fail')?.id ?? null;
  const setting = { width, titleWidth: width, next, time };
  const hints = open.hints.map((hint) =>
    wrapSpans([span(words().parts.hint, boldStyle), span(hint)], width - 3).map((line): Line => [span(' '), ...line]),
  );
  const checks = byUrgency(open.checks).map((check) => checkInFull(check, setting));
  return [...hints, ...checks].flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}

/** Here, where everything is told, what the learner is looking for stands on top. */
function byUrgency(checks: readonly CheckView[]): readonly CheckView[] {
  const urgent = (check: CheckView) =>
    check.status === 'fail' ? (check.hint === undefined ? 1 : 0) : check.status === 'pass' ? 3 : 2;
  return [...checks].sort((a, b) => urgent(a) - urgent(b));
}

function sectionList({ view }: Situation, at: number): OverlayContent {
  const lines = view.sections.map((section, index): Line => {
    const chosen = index === at;
    const style = section.status === 'locked' ? dimStyle : chosen ? boldStyle : {};
    return [
      span(chosen ? '▸ ' : '  ', { tone: 'accent', bold: true }),
      sectionMark(section),
      span(` ${section.number > 0 ? `${section.number}  ` : '   '}${section.shortTitle}`, style),
      ...(index === view.open ? [span(`   ${words().sectionList.youAreHere}`, dimStyle)] : []),
      ...(section.status === 'skipped' ? [span(`   ${words().sectionList.skipped}`, dimStyle)] : []),
      ...(section.solvedBy === 'program' ? [span(`   ${words().sectionList.solved}`, dimStyle)] : []),
    ];
  });
  const locked = view.sections[at]?.status === 'locked';
  return {
    title: words().sectionList.title,
    lines,
    top: at,
    keys: locked
      ? [
          span(`${words().sectionList.locked}   `, dimStyle),
          ...answers([
            ['r', words().sectionList.solve],
            ['Esc', words().overlay.back],
          ]),
        ]
      : answers([
          ['⏎', words().sectionList.read],
          ['r', words().sectionList.backToStart],
          ['Esc', words().overlay.back],
        ]),
  };
}

function sectionMark(section: SectionView): Span {
  switch (section.status) {
    case 'done':
      return span('✓', { tone: 'good', bold: true });
    case 'skipped':
      return span('↷');
    case 'open':
      return span('●', boldStyle);
    default:
      return span('·', dimStyle);
  }
}
