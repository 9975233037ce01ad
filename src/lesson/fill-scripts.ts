/** Puts the texts of a lesson's scripts into the checks that name them. Knows no disk: files are given. */
import { createHash } from 'node:crypto';
import type { Question } from '../model/check.ts';
import type { Lesson, Script, Section } from '../model/lesson.ts';
import type { Place, Problem } from '../model/problem.ts';
import type { Source } from './text/decode.ts';

/** A file of the lesson, or undefined where there is none. */
type ReadScript = (name: string) => Promise<{ readonly source: Source; readonly bytes: Uint8Array } | undefined>;

/**
 * The lesson with its scripts' texts; its hash covers them too.
 * @param lesson as read from lesson.yaml.
 * @param read reads a file beside it.
 */
export async function fillScripts(
  lesson: Lesson,
  read: ReadScript,
): Promise<{ readonly lesson: Lesson; readonly problems: readonly Problem[] }> {
  const named = lesson.sections.flatMap(namedScripts);
  if (named.length === 0) return { lesson, problems: [] };
  const texts = new Map<string, string>();
  const hash = createHash('sha256').update(lesson.hash);
  const problems: Problem[] = [];
  for (const { name, place } of named) {
    if (texts.has(name)) continue;
    const file = await read(name);
    if (file === undefined) problems.push(missing(name, place));
    else hash.update(`${name}\n${file.bytes.length}\n`).update(file.bytes);
    texts.set(name, file?.source.text ?? '');
  }
  const sections = lesson.sections.map((section) => withScripts(section, texts));
  return { lesson: { ...lesson, sections, hash: hash.digest('hex') }, problems };
}

interface NamedScript {
  readonly name: string;
  readonly place: Place;
}

function namedScripts({ checks, setup, place }: Section): readonly NamedScript[] {
  const own = [setup?.background, setup?.foreground].filter((script) => script !== undefined);
  return [
    ...own.map(({ name }) => ({ name, place })),
    ...checks.flatMap((check) => scriptsIn(check.question).map((name) => ({ name, place: check.place }))),
  ];
}

function withScripts(section: Section, texts: ReadonlyMap<string, string>): Section {
  const filled = (script: Script): Script => ({ ...script, source: texts.get(script.name) ?? '' });
  const { background, foreground } = section.setup ?? {};
  const setup = {
    ...(background === undefined ? {} : { background: filled(background) }),
    ...(foreground === undefined ? {} : { foreground: filled(foreground) }),
  };
  return {
    ...section,
    ...(section.setup === undefined ? {} : { setup }),
    checks: section.checks.map((check) => ({ ...check, question: withTexts(check.question, texts) })),
  };
}

function missing(name: string, place: Place): Problem {
  const message = `There is no script \`${name}\`, or it cannot be read.`;
  return { place, rule: 'script-missing', message, suggestion: 'Name it relative to lesson.yaml.', severity: 'error' };
}

function scriptsIn(question: Question): readonly string[] {
  switch (question.kind) {
    case 'script':
      return [question.name];
    case 'all':
    case 'any':
      return question.of.flatMap(scriptsIn);
    case 'not':
      return scriptsIn(question.of);
    default:
      return [];
  }
}

function withTexts(question: Question, texts: ReadonlyMap<string, string>): Question {
  switch (question.kind) {
    case 'script':
      return { ...question, source: texts.get(question.name) ?? '' };
    case 'all':
    case 'any':
      return { ...question, of: question.of.map((part) => withTexts(part, texts)) };
    case 'not':
      return { ...question, of: withTexts(question.of, texts) };
    default:
      return question;
  }
}
