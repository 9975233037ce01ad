/**
 * Wrong answers of a lesson: scripts in its folder `wrong/` that leave the host as a mistaken learner would, and say in
 * their first comment which check must find that out and with which reason. Text in, wrong answer or problems out.
 */
import type { Given } from '../model/answer.ts';
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
  /** For a question to the learner: what is answered. */
  readonly given?: Given;
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
  /** Ids of checks that must hold all the same: what the mistaken learner got right. */
  readonly passes: readonly string[];
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

const KEYS = ['section', 'from', 'check', 'answer', 'reason', 'passes'] as const;

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
  const passes = section ? entries.filter(({ key }) => key === 'passes').map((entry) => checkNamed(entry, section, report)) : [];
  if (report.problems.length > 0 || !section) return { answer: undefined, problems: report.problems };
  const answer: WrongAnswer = {
    name,
    title: title === '' ? name : safeText(title),
    section: section.index,
    from: from?.value === 'done' ? 'done' : 'open',
    expected,
    passes,
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

/** Each `check` goes with the `reason` after it; what is answered to a question stands between them. */
function failuresNamed(
  entries: readonly Entry[],
  section: Section,
  reasons: readonly string[],
  place: Place,
  report: Report,
): readonly ExpectedFailure[] {
  const named = entries.filter(({ key }) => key === 'check' || key === 'answer' || key === 'reason');
  if (named.length === 0) {
    const message = 'A wrong answer must say which check fails, and why.';
    report.error(place, 'bad-wrong-answer', message, 'Write `# check: TITLE` and `# reason: CODE` in its first lines.');
  }
  return groupsOf(named).flatMap((group) => failureNamed(group, section, reasons, report));
}

function failureNamed(
  [first, ...more]: readonly Entry[],
  section: Section,
  reasons: readonly string[],
  report: Report,
): readonly ExpectedFailure[] {
  const reason = more.at(-1);
  if (first?.key !== 'check' || reason?.key !== 'reason') {
    const lonely = first?.key === 'check' ? '`reason` after it' : '`check` before it';
    if (first) report.error(first.place, 'bad-wrong-answer', `This \`${first.key}\` has no ${lonely}.`);
    return [];
  }
  if (!reasons.includes(reason.value))
    report.error(reason.place, 'bad-wrong-answer', `\`${reason.value}\` is no reason.`, suggestName(reason.value, reasons));
  const check = checkNamed(first, section, report);
  const given = more.slice(0, -1);
  if (given.length === 0) return [{ check, reason: reason.value }];
  if (!isQuestion(section, check))
    report.error(given[0]?.place ?? first.place, 'bad-wrong-answer', 'Only a question to the learner can be answered.');
  return [{ check, reason: reason.value, given: given.map(({ value }) => value) }];
}

function isQuestion(section: Section, check: string): boolean {
  return section.checks.find(({ id }) => id === check)?.question.kind === 'answer';
}

/** Each group begins with a `check`, or where the group before it has its `reason`. */
function groupsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last === undefined || entry.key === 'check' || last.at(-1)?.key === 'reason') groups.push([entry]);
    else last.push(entry);
  }
  return groups;
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
