/** `json` and `yaml`: values in a file that holds data. The file is fetched and read here; the host needs no interpreter. */
import { contentFact, contentLimit, pathFact, readPath, troubleReading } from '../../checks/facts/path.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { isMatch, oneLine, showPattern } from '../../checks/pattern.ts';
import type { Pattern } from '../../model/check.ts';
import { dataAt, readDataPath } from '../../model/data-path.ts';
import { messageOf } from '../../model/errors.ts';
import { typeNames } from './file.ts';

type DataQuestion = QuestionOf<'json'>;

/** The first thing that is not as asked is told. */
export const data: LeafKind<DataQuestion> = {
  facts: ({ path }) => [pathFact(path), contentFact(path)],
  judge(question, [stat, content], { readYaml }) {
    if (!stat || !content) return trouble('answer-lost', 'The host’s answer was lost.');
    const text = textOf(question.path, stat, content);
    if (typeof text !== 'string') return text;
    const documents = parse(question, text, readYaml);
    if ('status' in documents) return documents;
    const judgements = documents.values.map((value) => judgeHas(question, value) ?? judgeLacks(question, value) ?? pass);
    return judgements.find(({ status }) => status === 'pass') ?? judgements[0] ?? empty(question);
  },
  describe({ path, has = {}, lacks = [] }) {
    const wanted = Object.entries(has).map(([key, patterns]) => `${key} = ${patterns.map(showPattern).join(', ')}`);
    return `${path} has ${[...wanted, ...lacks.map((key) => `no ${key}`)].join(', ')}`;
  },
};

/** The whole text of a regular file, or why there is none. */
function textOf(path: string, stat: Answer, content: Answer): string | Judgement {
  const facts = readPath(stat, path);
  if (facts.status === 'untold') return facts.judgement;
  const type = facts.status === 'there' ? facts.final?.type : undefined;
  if (type === undefined) return fail('file-missing', typeNames.file, 'nothing', `${path} is not there yet.`);
  if (type !== 'file')
    return fail('not-a-file', typeNames.file, typeNames[type], `${path} should be a regular file, but it is ${typeNames[type]}.`);
  if (content.code !== 0) return troubleReading(content, path, 'head');
  if (content.truncated) return trouble('too-much', `${path} is longer than the ${contentLimit / 1024} KiB that are read of it.`);
  return content.stdout.toString('utf8').replace(/^\uFEFF/, '');
}

function parse(
  { kind, path }: DataQuestion,
  text: string,
  readYaml: ((text: string) => readonly unknown[]) | undefined,
): { readonly values: readonly unknown[] } | Judgement {
  const format = kind === 'json' ? 'JSON' : 'YAML';
  if (kind === 'yaml' && readYaml === undefined) return trouble('asking-failed', 'There is nothing here that reads YAML.');
  try {
    return { values: kind === 'json' ? [JSON.parse(text)] : (readYaml?.(text) ?? []) };
  } catch (thrown) {
    const why = oneLine(messageOf(thrown).split('\n')[0] ?? '');
    return fail('not-readable', format, why, `${path} is not valid ${format}: ${why}`);
  }
}

function empty({ path }: DataQuestion): Judgement {
  return fail('key-missing', 'a document', 'nothing', `${path} is empty.`);
}

function judgeHas({ path, has = {} }: DataQuestion, value: unknown): Judgement | null {
  for (const [key, patterns] of Object.entries(has)) {
    const found = dataAt(value, readDataPath(key) ?? []);
    const expected = patterns.length === 1 ? patterns.map(showPattern).join() : `[${patterns.map(showPattern).join(', ')}]`;
    if (found === undefined) return keyMissing(path, key, expected, value);
    if (isValue(found, patterns)) continue;
    const actual = oneLine(shown(found));
    return fail(
      'wrong-value',
      `${key} = ${expected}`,
      `${key} = ${actual}`,
      `${key} in ${path} should be ${expected}, but it is ${actual}.`,
    );
  }
  return null;
}

/** How far the path leads, so that a typo is found. */
function keyMissing(path: string, key: string, expected: string, value: unknown): Judgement {
  const steps = readDataPath(key) ?? [];
  const deep = steps.findIndex((_, index) => dataAt(value, steps.slice(0, index + 1)) === undefined);
  const above = dataAt(value, steps.slice(0, deep));
  const keys = typeof above === 'object' && above !== null ? Object.keys(above).slice(0, 6) : [];
  const there = Array.isArray(above)
    ? `a list of ${above.length}`
    : keys.length === 0
      ? oneLine(shown(above))
      : `${keys.map(oneLine).join(', ')}`;
  return fail('key-missing', `${key} = ${expected}`, there, `${path} has no ${key}; where it should be, there is ${there}.`);
}

function judgeLacks({ path, lacks = [] }: DataQuestion, value: unknown): Judgement | null {
  for (const key of lacks) {
    const found = dataAt(value, readDataPath(key) ?? []);
    if (found === undefined) continue;
    const actual = `${key} = ${oneLine(shown(found))}`;
    return fail('unwanted-key', `no ${key}`, actual, `${path} should have no ${key}, but it has ${actual}.`);
  }
  return null;
}

/** A list stands for its elements in order; one pattern for a list of one as well. */
function isValue(found: unknown, patterns: readonly Pattern[]): boolean {
  const [only] = patterns;
  if (only !== undefined && patterns.length === 1 && isMatch(only, shown(found))) return true;
  if (!Array.isArray(found) || found.length !== patterns.length) return false;
  return patterns.every((pattern, index) => isMatch(pattern, shown(found[index])));
}

/** A text as it is, everything else as JSON writes it. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
