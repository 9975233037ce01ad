/**
 * What is worth saying when one view follows another: a host that is ready, a verdict that turned, a hint, a section
 * that is done. Pure: two views in, lines out.
 */
import type { CheckView, HostView, MonitorView, SectionView, StepView, View } from '../session/view.ts';
import { heldSentence } from '../tui/classroom/class-lines.ts';
import { words } from '../words/words.ts';
import { classNews } from './class-words.ts';
import { checkWords, onwardFrom, requestWords, sectionWords, stepWords } from './plain-words.ts';
import { textLines, wrapped } from './text.ts';

/**
 * The lines to say; often none.
 * @param before the view that was told last.
 * @param after the view now.
 * @param cols cells of the terminal's line.
 */
export function newsBetween(before: View, after: View, cols: number): readonly string[] {
  const lines = [
    ...hostNews(before.host, after.host),
    ...(after.notice !== null && after.notice !== before.notice ? [after.notice.sentence] : []),
    ...classNews(before, after),
    ...after.sections.flatMap((section, index) => sectionNews(before.sections[index], section, index === after.open)),
  ].flatMap((line) => wrapped(line, cols));
  return [
    ...lines,
    ...after.sections.flatMap((section, index) => closedNews(before, after, before.sections[index], section, cols)),
  ];
}

/**
 * The view with those checks as they were before that have failed since.
 * @param view the view now.
 * @param before the view that was told last.
 */
export function withoutFails(view: View, before: View): View {
  const sections = view.sections.map((section, index) => ({
    ...section,
    checks: section.checks.map((check) => {
      const known = before.sections[index]?.checks.find((each) => each.id === check.id);
      return check.status === 'fail' && known ? { ...known, ...(check.hint === undefined ? {} : { hint: check.hint }) } : check;
    }),
  }));
  return { ...view, sections };
}

function hostNews(before: HostView, after: HostView): readonly string[] {
  if (after === before) return [];
  switch (after.status) {
    case 'preparing':
      return before.status === 'preparing' && progressOf(before) === progressOf(after) ? [] : [progressOf(after)];
    case 'ready':
      return before.status === 'ready' ? [] : [words().news.hostReady];
    case 'none':
      return [];
    default:
      return before.status === after.status ? [] : [after.sentence, ...after.tries];
  }
}

/** Told in tenths, not at each package. */
function progressOf({ sentence, fraction }: Extract<HostView, { status: 'preparing' }>): string {
  if (fraction === null) return sentence;
  return words().news.percent(sentence.split(':')[0] ?? sentence, Math.floor(fraction * 10) * 10);
}

function sectionNews(before: SectionView | undefined, after: SectionView, isOpen: boolean): readonly string[] {
  if (before === undefined || before === after) return [];
  return [
    ...after.steps.flatMap((step, index) => stepNews(before.steps[index], step, index + 1)),
    ...after.checks.flatMap((check) =>
      checkNews(
        before.checks.find((each) => each.id === check.id),
        check,
      ),
    ),
    ...after.hints.slice(before.hints.length).map((hint) => `${words().parts.hint}${hint}`),
    ...(isOpen && after.monitor ? monitorNews(before.monitor, after.monitor) : []),
  ];
}

function stepNews(before: StepView | undefined, after: StepView, number: number): readonly string[] {
  if (before === undefined || before.status === after.status) return [];
  if (after.status === 'failed') return [words().news.stepFailed(number, after.sentence ?? stepWords(after))];
  if (after.status !== 'done') return [];
  return [after.kind === 'write' ? words().news.stepWritten(number, after.path) : words().news.stepDone(number)];
}

function checkNews(before: CheckView | undefined, after: CheckView): readonly string[] {
  const hint = after.hint !== undefined && before?.hint === undefined ? [`${words().parts.hint}${after.hint}`] : [];
  const told = after.status === 'pass' || after.status === 'fail' || after.status === 'error';
  const again = (after.asks?.wrong ?? 0) > (before?.asks?.wrong ?? 0);
  const turned =
    again || before?.status !== after.status || before.regressed !== after.regressed || before.reason !== after.reason;
  return [...(told && turned ? [checkWords(after)] : []), ...hint];
}

/** The first request that fails is told at once; all others are in the count that can be asked for. */
function monitorNews(before: MonitorView | undefined, after: MonitorView): readonly string[] {
  const failed = (before?.failed ?? 0) === 0 && after.failed > 0 ? [requestWords(after)] : [];
  const programs = after.programs.flatMap(({ name, changes }) => {
    const known = before?.programs.find((each) => each.name === name)?.changes.length ?? 0;
    return changes.slice(known).map(({ state }) => words().news.programIs(name, state));
  });
  return [...failed, ...programs];
}

/** The moment a section is done: the author's explanation, and the way onward. */
function closedNews(
  before: View,
  after: View,
  was: SectionView | undefined,
  section: SectionView,
  cols: number,
): readonly string[] {
  const closed = section.status === 'done' || section.status === 'skipped';
  if (section.kind !== 'work' || !closed || was === undefined || was.status === section.status) return [];
  const moment =
    section.status === 'skipped'
      ? words().parts.sectionSkipped(section.number)
      : (after.unlocked?.sentence ?? words().parts.sectionDone(section.number));
  const counted = section.monitor ? [requestWords(section.monitor)] : [];
  const explain = textLines(section.explain, cols, section.steps);
  const { next } = onwardFrom(after);
  const onward =
    after.open !== before.open
      ? []
      : next
        ? [after.class?.held ? heldSentence(after, after.class.held) : words().news.chooseNext(sectionWords(next))]
        : [words().news.end];
  return ['', `*** ${moment}`, ...counted, ...explain, ...onward].flatMap((line) => (line === '' ? [''] : [line]));
}
