/** A text's sections, and what is said about them, to a lesson. Every format ends here. */

import type { Check, Question } from '../model/check.ts';
import type { Lesson, Monitor, Section } from '../model/lesson.ts';
import type { Node } from '../model/markdown.ts';
import { blocksOf, isCommands } from './blocks.ts';
import { type CheckDraft, checkDraft } from './checks/check-draft.ts';
import type { Manuscript, TextSection } from './manuscript.ts';
import { readShortMarkdown } from './markdown/read-markdown.ts';
import type { SectionSheet } from './sheet/lesson-shape.ts';
import type { Report } from './sheet/report.ts';
import { safeText } from './text/safe-text.ts';
import { shortTitle } from './text/slug.ts';

/** Time between a monitor's requests where lesson.yaml gives none. */
const DEFAULT_EVERY_MS = 200;

/** What is known of a lesson besides its sections. */
export type LessonFrame = Omit<Lesson, 'introduction' | 'sections'>;

/**
 * Puts a lesson together; what does not fit goes to the report.
 * @param frame title, host and the like.
 * @param manuscript the text.
 * @param sheets what lesson.yaml says of the sections, by id.
 * @param report where problems go.
 */
export function assembleLesson(
  frame: LessonFrame,
  manuscript: Manuscript,
  sheets: ReadonlyMap<string, SectionSheet>,
  report: Report,
): Lesson {
  warnOfIntroduction(manuscript, report);
  let number = 0;
  const sections = manuscript.sections.map((text, index) => {
    const parts = sectionParts(text, sheets.get(text.id), report);
    const kind = parts.blocks.length > 0 || parts.checks.length > 0 ? 'work' : 'reading';
    if (kind === 'work') number++;
    return { ...parts, index, kind, number: kind === 'work' ? number : 0 } satisfies Section;
  });
  return { ...frame, introduction: manuscript.introduction, sections };
}

function sectionParts(
  text: TextSection,
  sheet: SectionSheet | undefined,
  report: Report,
): Omit<Section, 'index' | 'kind' | 'number'> {
  const { blocks, body } = blocksOf(text, sheet?.blocks, report);
  const monitor = monitorOf(sheet);
  const title = safeText(text.title) || text.id;
  return {
    id: text.id,
    title,
    shortTitle: shortTitle(title),
    body,
    blocks,
    checks: checksOf(text, sheet, report),
    hints: (sheet?.hints ?? []).map((hint) => hint.trim()),
    explain: explanationOf(sheet),
    ...(monitor === undefined ? {} : { monitor }),
    ...(sheet?.solution === undefined ? {} : { solution: sheet.solution }),
    ...setupOf(sheet),
    place: text.place,
  };
}

function explanationOf(sheet: SectionSheet | undefined): readonly Node[] {
  return sheet?.explain === undefined ? [] : readShortMarkdown(sheet.explain);
}

/** The scripts by their names; their texts are read later. */
function setupOf(sheet: SectionSheet | undefined): Pick<Section, 'setup'> {
  const { background, foreground } = sheet ?? {};
  if (background === undefined && foreground === undefined) return {};
  const script = (name: { readonly value: string }) => ({ name: name.value, source: '' });
  return {
    setup: {
      ...(background === undefined ? {} : { background: script(background) }),
      ...(foreground === undefined ? {} : { foreground: script(foreground) }),
    },
  };
}

function monitorOf(sheet: SectionSheet | undefined): Monitor | undefined {
  if (sheet?.monitor === undefined) return undefined;
  return { url: sheet.monitor.value.http, everyMs: Math.max(1, sheet.monitor.value.every ?? DEFAULT_EVERY_MS) };
}

function checksOf(text: TextSection, sheet: SectionSheet | undefined, report: Report): readonly Check[] {
  const drafts = [...(sheet?.checks ?? []), ...expectedOfMonitor(sheet)];
  for (const draft of drafts) {
    if (sheet?.monitor !== undefined || !asksMonitor(draft.question)) continue;
    report.error(
      draft.place,
      'no-monitor',
      'This check counts requests, but its section has no monitor.',
      'Give the section a `monitor` with `http`.',
    );
  }
  return drafts.map((draft, index) => ({ id: `${text.id}/${index + 1}`, ...draft }));
}

/** `expect: no failure` is a check, unless the section counts requests in one of its own. */
function expectedOfMonitor(sheet: SectionSheet | undefined): readonly CheckDraft[] {
  if (sheet?.monitor?.value.expect === undefined || sheet.checks?.some((check) => asksMonitor(check.question))) return [];
  const question: Question = { kind: 'monitor', minServed: 1, maxFailed: 0 };
  return [checkDraft(question, {}, sheet.monitor.at)];
}

function asksMonitor(question: Question): boolean {
  switch (question.kind) {
    case 'monitor':
      return true;
    case 'all':
    case 'any':
      return question.of.some(asksMonitor);
    case 'not':
      return asksMonitor(question.of);
    default:
      return false;
  }
}

function warnOfIntroduction(manuscript: Manuscript, report: Report): void {
  const fence = manuscript.introductionFences.find(({ node }) => isCommands(node));
  if (fence === undefined) return;
  const place = { file: manuscript.file, line: fence.line, column: 1 };
  const message = 'Commands before the first section are only shown, not run.';
  report.warning(place, 'introduction-commands', message, 'Put them under a heading of their own.');
}
