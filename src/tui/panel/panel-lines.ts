/**
 * What stands in the panel below the panes: the moment a section is done or a notice, live evidence, and the open
 * section's checks, most relevant ones first to be shown where room is short, always in the lesson's order. Pure.
 */
import type { View } from '../../session/view.ts';
import { type ClassKeys, classLine } from '../../tui/classroom/class-lines.ts';
import { nextSection, openSection, sectionName } from '../../tui/lesson/progress.ts';
import { boldStyle, dimStyle, fitLine, type Line, type Span, span, spread } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';
import { type FitOptions, fitChecks } from './fit-checks.ts';
import { monitorLines } from './monitor-lines.ts';

/** What the panel needs besides the view. */
export interface PanelOptions extends FitOptions {
  /** How the key for going on is written now; empty while it does something else first. */
  readonly actKey: string;
  /** How the keys of a class are written now. */
  readonly classKeys?: ClassKeys;
  /** A notice newer than this is still shown, ms since the epoch. */
  readonly noticeAfter: number;
}

/** What the panel shows, and what of its message found no room in it. */
export interface Panel {
  readonly lines: readonly Line[];
  /** The second row of a message that a one-line panel cannot show; null otherwise. */
  readonly spill: Line | null;
}

/**
 * The panel's lines, at most `rows`.
 * @param view the session's view.
 * @param options room and keys.
 */
export function panelLines(view: View, options: PanelOptions): Panel {
  const { width, rows } = options;
  const open = openSection(view);
  if (!open) return { lines: [], spill: null };
  const strip = (open.monitor ? monitorLines(open.monitor, width, options.time) : []).slice(0, Math.max(0, rows - 1));
  const message = messageLines(view, options);
  const shown = message.slice(0, rows - strip.length);
  const checks = fitChecks(open.checks, { ...options, rows: rows - strip.length - shown.length });
  // A message always has the last rows: nothing above it moves when it comes and goes.
  const gap: Line[] = Array.from(
    { length: shown.length === 0 ? 0 : rows - strip.length - checks.length - shown.length },
    () => [],
  );
  return { lines: [...strip, ...checks, ...gap, ...shown], spill: message[shown.length] ?? null };
}

const noKeys: ClassKeys = { message: '', share: '', act: '' };

/** The section is done, or something is to be told; at most two lines. */
function messageLines(view: View, options: PanelOptions): readonly Line[] {
  const { notice } = view;
  if (notice && notice.at > options.noticeAfter) {
    const mark = notice.tone === 'problem' ? ' ! ' : ' · ';
    return wrapSpans([span(notice.sentence, boldStyle)], options.width - 4)
      .slice(0, 2)
      .map((line, index) => [span(index === 0 ? mark : '   ', boldStyle), ...line]);
  }
  const busy = busySentence(view);
  if (busy !== null) return [fitLine([span(' · '), span(busy, boldStyle)], options.width)];
  const moment = classLine(view, options.classKeys ?? noKeys, options.width) ?? momentLine(view, options);
  return moment === null ? [] : [fitLine(moment, options.width)];
}

/** What the program is doing on its own just now. */
function busySentence({ going, reviewing, sections, question }: View): string | null {
  if (going) {
    const to = sections.find((section) => section.id === going.section);
    return words().panel.solving(to?.number ?? '', going.done, going.total);
  }
  return reviewing === true && question === null ? words().panel.reviewing : null;
}

function momentLine(view: View, options: PanelOptions): Line | null {
  const next = nextSection(view);
  const open = openSection(view);
  if (view.finished && !next) return finishedLine(view);
  if (open?.kind === 'reading') {
    return next
      ? [span(options.actKey === '' ? ` ${words().panel.readOn}` : ' ', dimStyle), ...goOn(options.actKey, sectionName(next))]
      : null;
  }
  const sentence = view.unlocked?.sentence ?? (open?.status === 'done' ? words().parts.sectionDone(open.number) : null);
  if (sentence === null) return null;
  const left: Line = [span(' '), span('✓', { tone: 'good', bold: true }), span(` ${sentence}`, boldStyle)];
  return next ? spread(left, [...goOn(options.actKey, sectionName(next)), span(' ')], options.width) : left;
}

function goOn(key: string, name: string): readonly Span[] {
  if (key === '') return [span(words().panel.thenSection(name), dimStyle)];
  return [span(`${key} `, { tone: 'accent', bold: true }), span(name, boldStyle)];
}

/** The whole lesson is behind the learner. */
function finishedLine(view: View): Line {
  const work = view.sections.filter((section) => section.kind === 'work');
  const skipped = work.filter((section) => section.status === 'skipped').length;
  const done = work.length - skipped;
  const solved = work.filter((section) => section.solvedBy === 'program').length;
  const own = skipped === 0 ? words().panel.allSectionsDone(done) : words().panel.sectionsDone(done, skipped);
  const sentence = solved === 0 ? `${own}.` : `${own}${words().panel.byProgram(solved)}.`;
  return [span(' '), span('✓', { tone: 'good', bold: true }), span(` ${sentence}`, boldStyle)];
}
