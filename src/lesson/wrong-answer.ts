/**
 * Wrong answers of a lesson: scripts in its folder `wrong/` that leave the host as a mistaken learner would, and say in
 * their first comment which check must find that out and with which reason. Text in, wrong answer or problems out.
 */
import type { Lesson, Section } from '../model/lesson.ts';
import type { Place, Problem } from '../model/problem.ts';
import { createReport, type Report, suggestName } from './sheet/report.ts';
import type { Source } from './text/decode.ts';
import { safeText } from './text/safe-text.ts';

/** A check that must fail, and why. */
export interface ExpectedFailure {
  /** The check's id. */
  readonly check: string;
  /** A reason code, e.g. `wrong-owner`. */
  readonly reason: string;
}

/** One wrong answer. */
export interface WrongAnswer {
  /** The script's file name. */
  readonly name: string;
  /** What the learner did wrong, one sentence. */
  readonly title: string;
  /** Index of the section whose checks must find it out. */
  readonly section: number;
  /** Where the script starts: as the section opens, or when its work has been done. */
  readonly from: 'open' | 'done';
  /** All of these must come true. */
  readonly expected: readonly ExpectedFailure[];
  /** POSIX sh, run as the lesson's user in their home folder. */
  readonly script: string;
  readonly place: Place;
}

/** What else a header may name. */
export interface WrongAnswerContext {
  readonly lesson: Lesson;
  /** Every reason code that there is. */
  readonly reasons: readonly string[];
}

const KEYS = ['section', 'from', 'check', 'reason'] as const;

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/**
 * Reads one script.
 * @param name its file name.
 * @param source the file.
 * @param context the lesson, and which reasons there are.
 */
export function readWrongAnswer(
  name: string,
  source: Source,
  context: WrongAnswerContext,
): { readonly answer: WrongAnswer | undefined; readonly problems: readonly Problem[] } {
  const report = createReport();
  const place: Place = { file: source.file, line: 1, column: 1 };
  const { title, entries } = readHeader(source, report);
  const section = sectionNamed(entries, context.lesson, place, report);
  const from = entries.find(({ key }) => key === 'from');
  if (from && from.value !== 'open' && from.value !== 'done')
    report.error(from.place, 'bad-wrong-answer', `\`from\` cannot be \`${from.value}\`.`, 'Write `open` or `done`.');
  const expected = section ? failuresNamed(entries, section, context.reasons, place, report) : [];
  if (report.problems.length > 0 || !section) return { answer: undefined, problems: report.problems };
  const answer: WrongAnswer = {
    name,
    title: title === '' ? name : safeText(title),
    section: section.index,
    from: from?.value === 'done' ? 'done' : 'open',
    expected,
    script: source.text,
    place,
  };
  return { answer, problems: [] };
}

/** The comment at the top: sentences, and lines `key: value` with keys of ours. */
function readHeader(source: Source, report: Report): { readonly title: string; readonly entries: readonly Entry[] } {
  const words: string[] = [];
  const entries: Entry[] = [];
  for (const [index, text] of source.text.split(/\r?\n/).entries()) {
    if (index === 0 && text.startsWith('#!')) continue;
    if (!text.startsWith('#')) break;
    const place = { file: source.file, line: index + 1, column: 1 };
    const [, key = '', value = ''] = /^#\s*([a-z]+):\s*(.*?)\s*$/.exec(text) ?? [];
    if ((KEYS as readonly string[]).includes(key)) entries.push({ key, value, place });
    else if (key !== '')
      report.error(place, 'bad-wrong-answer', `\`${key}\` is no key of a wrong answer.`, suggestName(key, KEYS));
    else words.push(text.replace(/^#\s*/, ''));
  }
  return { title: words.join(' ').trim(), entries };
}

function sectionNamed(entries: readonly Entry[], lesson: Lesson, place: Place, report: Report): Section | undefined {
  const entry = entries.find(({ key }) => key === 'section');
  if (!entry) {
    const example = lesson.sections.find(({ checks }) => checks.length > 0)?.id ?? 'section-1';
    const message = 'A wrong answer must say which section finds it out.';
    report.error(place, 'bad-wrong-answer', message, `Write \`# section: ${example}\` in its first lines.`);
    return undefined;
  }
  const section = lesson.sections.find(({ id }) => id === entry.value);
  if (!section) {
    const ids = lesson.sections.map(({ id }) => id);
    report.error(entry.place, 'bad-wrong-answer', `There is no section \`${entry.value}\`.`, suggestName(entry.value, ids));
  }
  return section;
}

/** Each `check` goes with the `reason` after it. */
function failuresNamed(
  entries: readonly Entry[],
  section: Section,
  reasons: readonly string[],
  place: Place,
  report: Report,
): readonly ExpectedFailure[] {
  const named = entries.filter(({ key }) => key === 'check' || key === 'reason');
  const failures: ExpectedFailure[] = [];
  for (const [index, entry] of named.entries()) {
    const next = named[index + 1];
    if (entry.key === 'check' && next?.key === 'reason') {
      const check = checkNamed(entry, section, report);
      if (!reasons.includes(next.value))
        report.error(next.place, 'bad-wrong-answer', `\`${next.value}\` is no reason.`, suggestName(next.value, reasons));
      failures.push({ check, reason: next.value });
    } else if (entry.key === 'check' || named[index - 1]?.key !== 'check') {
      const other = entry.key === 'check' ? '`reason` after it' : '`check` before it';
      report.error(entry.place, 'bad-wrong-answer', `This \`${entry.key}\` has no ${other}.`);
    }
  }
  if (named.length === 0) {
    const message = 'A wrong answer must say which check fails, and why.';
    report.error(place, 'bad-wrong-answer', message, 'Write `# check: TITLE` and `# reason: CODE` in its first lines.');
  }
  return failures;
}

/** A check by its title, or by its number in the section. */
function checkNamed(entry: Entry, section: Section, report: Report): string {
  const byNumber = /^\d+$/.test(entry.value) ? section.checks[Number(entry.value) - 1] : undefined;
  const check = byNumber ?? section.checks.find(({ title }) => title === entry.value);
  if (!check) {
    const titles = section.checks.map(({ title }) => title);
    report.error(
      entry.place,
      'bad-wrong-answer',
      `The section has no check \`${entry.value}\`.`,
      suggestName(entry.value, titles),
    );
  }
  return check?.id ?? '';
}
