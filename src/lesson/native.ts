/** Lockstep's own format: lesson.yaml beside a markdown text. Strings in; knows nothing of files. */
import type { Lesson } from '../model/lesson.ts';
import type { Problem } from '../model/problem.ts';
import { assembleLesson } from './assemble.ts';
import { DEFAULT_HOST, DEFAULT_USER } from './defaults.ts';
import { type Manuscript, readManuscript } from './manuscript.ts';
import { type LessonSheet, lessonSheet, type SectionSheet } from './sheet/lesson-shape.ts';
import { readYaml } from './sheet/read-yaml.ts';
import { createReport, inOrder, type Report, suggestName } from './sheet/report.ts';
import type { Source } from './text/decode.ts';

/** lesson.yaml read; undefined where it cannot be used, and then there are problems. */
export interface SheetResult {
  readonly sheet: LessonSheet | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads lesson.yaml on its own.
 * @param source the file.
 * @param hosts names of the known hosts; undefined where any name will do.
 */
export function readSheet(source: Source, hosts: readonly string[] | undefined): SheetResult {
  const report = createReport();
  const value = readYaml(source, report);
  if (value === undefined) {
    const start = { file: source.file, line: 1, column: 1 };
    if (report.problems.length === 0)
      report.error(start, 'empty-yaml', 'The file says nothing.', 'It needs at least `version: 1`.');
    return { sheet: undefined, problems: report.problems };
  }
  const sheet = lessonSheet.read(value, report);
  if (sheet?.host !== undefined && hosts !== undefined) checkHost(sheet.host.value, hosts, sheet.host.at, report);
  return { sheet, problems: inOrder(report.problems) };
}

function checkHost(host: string, hosts: readonly string[], at: Problem['place'], report: Report): void {
  if (host.includes('/') || hosts.includes(host)) return;
  report.error(at, 'unknown-host', `There is no host \`${host}\`.`, suggestName(host, hosts));
}

/** What a lesson is made of besides lesson.yaml's contents. */
export interface NativeParts {
  readonly sheet: LessonSheet;
  readonly text: Source;
  readonly id: string;
  readonly dir: string;
  readonly hash: string;
  /** Makes a host's path, which lesson.yaml gives relative to itself, absolute. */
  readonly resolve: (path: string) => string;
}

/**
 * A lesson from its text and its lesson.yaml.
 * @param parts what it is made of.
 */
export function readNative(parts: NativeParts): { readonly lesson: Lesson | undefined; readonly problems: readonly Problem[] } {
  const { sheet, text, dir, hash } = parts;
  const id = sheet.id ?? parts.id;
  const level = sheet.section_level === undefined ? {} : { level: sheet.section_level };
  const read = readManuscript(text, { name: sheet.title?.trim() ?? id, ...level });
  if (!read.ok) return { lesson: undefined, problems: read.problems };
  const { manuscript } = read;
  const report = createReport();
  const sheets = matchSections(sheet, manuscript, report);
  const host = sheet.host?.value ?? DEFAULT_HOST;
  const frame = {
    id,
    ...(sheet.id === undefined ? {} : { named: true as const }),
    title: sheet.title?.trim() ?? manuscript.title ?? id,
    dir,
    host: host.includes('/') ? parts.resolve(host) : host,
    user: sheet.user ?? DEFAULT_USER,
    hash,
    ...(sheet.minutes === undefined ? {} : { minutes: sheet.minutes }),
    ...(sheet.assets === undefined
      ? {}
      : { assets: sheet.assets.map(({ file, ...rest }) => ({ from: parts.resolve(file), ...rest })) }),
    ...(sheet.summary === undefined ? {} : { summary: sheet.summary.trim() }),
  };
  const lesson = assembleLesson(frame, manuscript, sheets, report);
  const warnings = read.warnings.filter(({ rule }) => rule !== 'no-title' || sheet.title === undefined);
  return { lesson, problems: inOrder([...warnings, ...report.problems]) };
}

function matchSections(sheet: LessonSheet, manuscript: Manuscript, report: Report): ReadonlyMap<string, SectionSheet> {
  const ids = manuscript.sections.map((section) => section.id);
  const sheets = new Map<string, SectionSheet>();
  for (const { name, at, value } of sheet.sections ?? []) {
    if (ids.includes(name)) sheets.set(name, value);
    else report.error(at, 'unknown-section', `The text has no section \`${name}\`.`, suggestName(name, ids));
  }
  return sheets;
}
