/** A Killercoda or Katacoda scenario as a lesson, from its index and its files' texts. Pure: others have read the files. */

import { type CheckDraft, checkDraft } from '../../lesson/checks/check-draft.ts';
import type { ShellText } from '../../lesson/sandbox-limits.ts';
import type { Report } from '../../lesson/sheet/report.ts';
import type { Source } from '../../lesson/text/decode.ts';
import { safeText } from '../../lesson/text/safe-text.ts';
import { createSlugger, type Slugger, shortTitle } from '../../lesson/text/slug.ts';
import { rightAnswer } from '../../model/answer.ts';
import type { Asset, Lesson, Script, Section, SectionSetup } from '../../model/lesson.ts';
import type { Node } from '../../model/markdown.ts';
import type { Place } from '../../model/problem.ts';
import type { PageEntry, ScenarioIndex } from './index-file.ts';
import { needsOf } from './needs.ts';
import { questionOf } from './quiz.ts';
import { type StepBody, stepBody } from './step-body.ts';

/** How long a verify script may take, milliseconds. */
const VERIFY_TIMEOUT_MS = 30_000;

/** A scenario's parts. */
export interface ScenarioParts {
  readonly index: ScenarioIndex;
  /** Text of a file that the index names; undefined where there is none. */
  readonly file: (name: string) => Source | undefined;
  readonly assets: readonly Asset[];
  readonly id: string;
  readonly dir: string;
  readonly hash: string;
  /** The host, which is a plain machine. */
  readonly host: string;
}

/**
 * Makes the lesson.
 * @param parts what it is made of.
 * @param report where problems go; they are warnings.
 */
export function scenarioLesson(parts: ScenarioParts, report: Report): Lesson {
  const { index, id, dir, hash, host, assets } = parts;
  const slugger = createSlugger();
  const pages: readonly (readonly [PageEntry, string])[] = [
    ...(index.intro === undefined ? [] : [[index.intro, 'Introduction'] as const]),
    ...index.steps.map((step, number) => [step, `Step ${number + 1}`] as const),
    ...(index.finish === undefined ? [] : [[index.finish, 'The end'] as const]),
  ];
  let number = 0;
  const sections = pages.map(([page, name], at) => {
    const section = pageSection(page, name, { parts, slugger, report });
    const begun = at === 0 ? withOldHome(section, parts) : section;
    const kind: Section['kind'] = section.checks.length > 0 ? 'work' : 'reading';
    if (kind === 'work') number += 1;
    return { ...begun, index: at, kind, number: kind === 'work' ? number : 0 };
  });
  const notes = needsOf(index.imageId, shellTexts(sections));
  for (const note of notes) report.warning(index.at, `scenario-${wordOf(note)}`, note);
  return {
    id,
    title: clean(index.title) ?? id,
    dir,
    introduction: [...notes.map(noteNode), ...descriptionOf(index)],
    sections,
    host,
    user: index.user ?? 'root',
    ...(index.minutes === undefined ? {} : { minutes: index.minutes }),
    ...(clean(index.description) === undefined ? {} : { summary: clean(index.description) as string }),
    ...(assets.length === 0 ? {} : { assets }),
    ...(notes.length === 0 ? {} : { notes }),
    hash,
  };
}

/** Katacoda's learners once worked in a folder of another user; commands and scripts that name it find root's home there. */
const OLD_HOME = '/home/scrapbook/tutorial';

type Page = Omit<Section, 'index' | 'kind' | 'number'>;

function withOldHome(section: Page, { index, file }: ScenarioParts): Page {
  const pages = [index.intro, ...index.steps, index.finish].filter((page) => page !== undefined);
  const names = pages.flatMap(({ text, verify, foreground, background }) => [text, verify, foreground, background]);
  if (!names.some((name) => name !== undefined && file(name)?.text.includes(OLD_HOME))) return section;
  const link = `mkdir -p ${OLD_HOME.replace(/[/][^/]*$/, '')} && { [ -e ${OLD_HOME} ] || ln -s /root ${OLD_HOME}; }`;
  const own = section.setup?.background;
  const [program = '', rest = own?.source ?? ''] = /^(#!.*\n)([\s\S]*)$/.exec(own?.source ?? '')?.slice(1) ?? [];
  // A script that no shell reads stays as it is.
  if (program !== '' && !/\b(?:ba|da)?sh\b/.test(program)) return section;
  const source = `${program}${link}\n${rest}`;
  return { ...section, setup: { ...section.setup, background: { name: own?.name ?? 'old-home.sh', source } } };
}

function wordOf(note: string): string {
  if (note.startsWith('It needs another machine')) return 'second-host';
  return /Kubernetes|Docker|systemd|internet|cron|kernel/.exec(note)?.[0]?.toLowerCase() ?? 'machine';
}

function clean(text: string | undefined): string | undefined {
  return text === undefined ? undefined : safeText(text).replace(/\s+/g, ' ').trim() || undefined;
}

function noteNode(note: string): Node {
  return { type: 'quote', children: [{ type: 'paragraph', children: [{ type: 'text', text: note }] }] };
}

function descriptionOf(index: ScenarioIndex): readonly Node[] {
  const text = clean(index.description);
  return text === undefined ? [] : [{ type: 'paragraph', children: [{ type: 'text', text }] }];
}

interface PageContext {
  readonly parts: ScenarioParts;
  readonly slugger: Slugger;
  readonly report: Report;
}

function pageSection(page: PageEntry, name: string, context: PageContext): Omit<Section, 'index' | 'kind' | 'number'> {
  const { parts, slugger, report } = context;
  const source = page.text === undefined ? undefined : parts.file(page.text);
  if (page.text !== undefined && source === undefined) missing(page.text, page.at, report);
  // The id is needed before the text is read, and the text may be what has the title.
  const title = clean(page.title) ?? (source === undefined ? undefined : headingOf(source)) ?? name;
  const id = slugger.slug(title);
  const text = source === undefined ? nothingRead(page) : stepBody(source, id, report, parts.index.user);
  const setup = setupOf(page, parts, report);
  const verify = scriptOf(page.verify, page.at, parts, report);
  const place = source === undefined ? page.at : { file: source.file, line: 1, column: 1 };
  const checks = [...(verify === undefined ? [] : [verifyCheck(verify, place)]), ...quizChecks(text, place, report)];
  return {
    id,
    title,
    shortTitle: shortTitle(title),
    body: [...ownHeading(text, title), ...text.body],
    blocks: text.blocks,
    checks: checks.map((check, index) => ({ ...check, id: `${id}/${index + 1}` })),
    hints: [...hintTexts(page, parts), ...text.hints],
    explain: [],
    ...(text.solution.length === 0 ? {} : { solution: text.solution }),
    ...(setup === undefined ? {} : { setup }),
    place,
  };
}

/** The text's heading, unless it only repeats the title. */
function ownHeading({ heading }: StepBody, title: string): readonly Node[] {
  if (heading === undefined || heading.toLowerCase() === title.toLowerCase()) return [];
  return [{ type: 'heading', depth: 3, children: [{ type: 'text', text: heading }] }];
}

/** The questions of a page. One without a right answer could never be answered, so it is only shown. */
function quizChecks({ quizzes }: StepBody, place: Place, report: Report): readonly CheckDraft[] {
  return quizzes.flatMap((quiz) => {
    const at = { ...place, line: quiz.line };
    const question = questionOf(quiz);
    if (question !== null) return [checkDraft(question, { hint: `The right answer: ${rightAnswer(question).join(', ')}` }, at)];
    const message = 'None of the answers of this question is marked as right, so it is shown, but not asked.';
    report.warning(at, 'quiz-without-answer', message);
    return [];
  });
}

function nothingRead(page: PageEntry): StepBody {
  const text =
    page.text === undefined
      ? 'This page has no text.'
      : `The scenario names ${safeText(page.text)} here, but there is no such file.`;
  const body: readonly Node[] = [{ type: 'paragraph', children: [{ type: 'text', text }] }];
  return { body, blocks: [], hints: [], solution: [], quizzes: [] };
}

function headingOf(source: Source): string | undefined {
  return clean(/^ {0,3}#{1,3} +(\S.{0,200})/m.exec(source.text)?.[1]?.replace(/[`*#]/g, ''));
}

function missing(name: string, at: Place, report: Report): void {
  report.warning(at, 'missing-file', `The scenario has no file \`${safeText(name)}\`.`, 'It is left out.');
}

function scriptOf(name: string | undefined, at: Place, parts: ScenarioParts, report: Report): Script | undefined {
  if (name === undefined) return undefined;
  const source = parts.file(name);
  if (source === undefined) missing(name, at, report);
  return source === undefined ? undefined : { name: safeText(name), source: source.text };
}

function setupOf(page: PageEntry, parts: ScenarioParts, report: Report): SectionSetup | undefined {
  const background = scriptOf(page.background, page.at, parts, report);
  const foreground = scriptOf(page.foreground, page.at, parts, report);
  if (background === undefined && foreground === undefined) return undefined;
  return { ...(background === undefined ? {} : { background }), ...(foreground === undefined ? {} : { foreground }) };
}

/** A hint is a file's name, or the text itself. */
function hintTexts(page: PageEntry, parts: ScenarioParts): readonly string[] {
  return [page.hint, page.answer].flatMap((hint) => {
    if (hint === undefined) return [];
    // A script that prints hints would have to be run to be read.
    if (/\.sh$/.test(hint)) return [];
    const text = safeText((parts.file(hint)?.text ?? hint).trim());
    return text === '' ? [] : [text];
  });
}

function verifyCheck(script: Script, place: Place): CheckDraft {
  return {
    title: `The step is done, says ${script.name}`,
    timeoutMs: VERIFY_TIMEOUT_MS,
    question: { kind: 'script', name: script.name, source: script.source },
    timing: { onEvent: true },
    place,
  };
}

function shellTexts(sections: readonly Pick<Section, 'title' | 'blocks' | 'setup' | 'checks'>[]): readonly ShellText[] {
  return sections.flatMap(({ title, blocks, setup, checks }) => [
    ...[setup?.background, setup?.foreground].flatMap((script) =>
      script === undefined ? [] : [{ text: script.source, where: script.name }],
    ),
    ...blocks.flatMap((block) => (block.kind === 'run' ? block.commands.map(({ text }) => ({ text, where: `“${title}”` })) : [])),
    ...checks.flatMap(({ question }) => (question.kind === 'script' ? [{ text: question.source, where: question.name }] : [])),
  ]);
}
