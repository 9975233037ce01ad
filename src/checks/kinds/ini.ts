/** `ini`: keys and values of an ini file, repeated ones in their order. The file is fetched and read here. */
import { contentFact, contentLimit, pathFact, readPath, troubleReading } from '../../checks/facts/path.ts';
import { type Ini, type IniEntry, type IniSection, parseIni } from '../../checks/ini/parse-ini.ts';
import { hasValue } from '../../checks/ini/same-value.ts';
import { fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { showPattern, showText } from '../../checks/pattern.ts';
import type { Pattern } from '../../model/check.ts';
import { typeNames } from './file.ts';

type IniQuestion = QuestionOf<'ini'>;

/** The first thing that is not as asked is told. */
export const ini: LeafKind<IniQuestion> = {
  facts: ({ path }) => [pathFact(path), contentFact(path)],
  judge(question, [stat, content]) {
    if (!stat || !content) return trouble('answer-lost', 'The host’s answer was lost.');
    const { path } = question;
    const facts = readPath(stat, path);
    if (facts.status === 'untold') return facts.judgement;
    const type = facts.status === 'there' ? facts.final?.type : undefined;
    if (type === undefined) return fail('file-missing', typeNames.file, 'nothing', `${path} is not there yet.`);
    if (type !== 'file')
      return fail(
        'not-a-file',
        typeNames.file,
        typeNames[type],
        `${path} should be a regular file, but it is ${typeNames[type]}.`,
      );
    if (content.code !== 0) return troubleReading(content, path, 'head');
    if (content.truncated)
      return trouble('too-much', `${path} is longer than the ${contentLimit / 1024} KiB that are read of it.`);
    const file = parseIni(content.stdout.toString('utf8'));
    return judgeHas(question, file) ?? judgeLacks(question, file) ?? pass;
  },
  describe({ path, has = {}, lacks = [] }) {
    const wanted = Object.entries(has).flatMap(([section, keys]) => Object.keys(keys).map((key) => `[${section}] ${key}`));
    const unwanted = lacks.map(({ section, key }) => `no [${section}]${key === undefined ? '' : ` ${key}`}`);
    return `${path} has ${[...wanted, ...unwanted].join(', ')}`;
  },
};

function judgeHas(question: IniQuestion, file: Ini): Judgement | null {
  for (const [name, keys] of Object.entries(question.has ?? {})) {
    const section = file.sections.find((each) => each.name === name);
    if (!section) return sectionMissing(question.path, name, file);
    for (const [key, patterns] of Object.entries(keys)) {
      const judgement = judgeKey({ path: question.path, section, key, patterns }, file);
      if (judgement) return judgement;
    }
  }
  return null;
}

function sectionMissing(path: string, name: string, file: Ini): Judgement {
  const there = file.sections.map((section) => `[${section.name}]`);
  const actual = there.length === 0 ? 'no sections' : shorten(there);
  return fail('section-missing', `[${name}]`, actual, `${path} has no section [${name}]; it has ${actual}.`);
}

interface Asked {
  readonly path: string;
  readonly section: IniSection;
  readonly key: string;
  readonly patterns: readonly Pattern[];
}

function judgeKey(asked: Asked, file: Ini): Judgement | null {
  const { section, key, patterns } = asked;
  const entries = entriesOf(section, key);
  const last = entries.at(-1);
  if (!last) return keyMissing(asked, file);
  const [only] = patterns;
  if (!only) return null;
  if (patterns.length === 1) return hasValue(only, last, section.flavour) ? null : wrongValue(asked, only, last);
  return judgeList(asked, entries);
}

/** supervisord lower-cases keys; uWSGI and Paste do not. */
function entriesOf(section: IniSection, key: string): readonly IniEntry[] {
  const fold = (text: string): string => (section.flavour === 'supervisor' ? text.toLowerCase() : text);
  return section.entries.filter((entry) => fold(entry.key) === fold(key));
}

function keyMissing({ path, section, key, patterns }: Asked, file: Ini): Judgement {
  const expected = `${key} = ${shorten(patterns.map(showPattern))}`;
  const comment = file.comments.find((each) => each.key === key && each.section === section.name);
  if (comment) {
    const where = `only in a comment (line ${comment.line})`;
    return fail('key-missing', expected, where, `${key} stands ${where} in [${section.name}] of ${path}.`);
  }
  const other = file.sections.find((each) => entriesOf(each, key).length > 0 && each.name !== section.name);
  const actual = other ? `in [${other.name}] instead` : `no ${key}`;
  const tail = other && section.flavour === 'uwsgi' ? `; it stands in [${other.name}]` : '';
  return fail('key-missing', expected, tail === '' ? `no ${key}` : actual, `[${section.name}] in ${path} has no ${key}${tail}.`);
}

function wrongValue({ path, section, key }: Asked, pattern: Pattern, entry: IniEntry): Judgement {
  const expected = showPattern(pattern);
  const actual = showText(entry.bare);
  return fail(
    'wrong-value',
    `${key} = ${expected}`,
    `${key} = ${actual} (line ${entry.line})`,
    `${key} in [${section.name}] of ${path} should be ${expected}, but line ${entry.line} says ${actual}.`,
  );
}

function judgeList({ path, section, key, patterns }: Asked, entries: readonly IniEntry[]): Judgement | null {
  const expected = shorten(patterns.map(showPattern));
  const found = shorten(entries.map((entry) => showText(entry.bare)));
  const where = `${key} in [${section.name}] of ${path}`;
  if (entries.length !== patterns.length)
    return fail(
      'wrong-count',
      `${patterns.length} values for ${key}: ${expected}`,
      `${entries.length}: ${found}`,
      `Expected ${patterns.length} values for ${where}, found ${entries.length}: ${found}.`,
    );
  const is = (pattern: Pattern, entry: IniEntry | undefined): boolean =>
    entry !== undefined && hasValue(pattern, entry, section.flavour);
  const wrong = patterns.findIndex((pattern, index) => !is(pattern, entries[index]));
  const pattern = patterns[wrong];
  const entry = entries[wrong];
  if (!pattern || !entry) return null;
  if (patterns.every((each) => entries.some((candidate) => is(each, candidate))))
    return fail(
      'wrong-order',
      expected,
      found,
      `The values of ${where} should stand in the order ${expected}, but it is ${found}.`,
    );
  return fail(
    'wrong-value',
    `${key} = ${showPattern(pattern)}`,
    `${key} = ${showText(entry.bare)} (line ${entry.line})`,
    `Value ${wrong + 1} of ${where} should be ${showPattern(pattern)}, but line ${entry.line} says ${showText(entry.bare)}.`,
  );
}

function judgeLacks({ path, lacks = [] }: IniQuestion, file: Ini): Judgement | null {
  for (const { section: name, key } of lacks) {
    const section = file.sections.find((each) => each.name === name);
    if (!section) continue;
    if (key === undefined)
      return fail(
        'unwanted-section',
        `no [${name}]`,
        `[${name}] (line ${section.line})`,
        `${path} should have no section [${name}], but line ${section.line} begins one.`,
      );
    const [entry] = entriesOf(section, key);
    if (entry)
      return fail(
        'unwanted-key',
        `no ${key}`,
        `${key} = ${showText(entry.bare)} (line ${entry.line})`,
        `[${name}] in ${path} should have no ${key}, but line ${entry.line} sets it.`,
      );
  }
  return null;
}

function shorten(items: readonly string[]): string {
  return items.length <= 6 ? items.join(', ') : `${items.slice(0, 6).join(', ')} and ${items.length - 6} more`;
}
