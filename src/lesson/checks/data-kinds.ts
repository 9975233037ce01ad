/** `json` and `yaml` as lesson.yaml writes them: values by their paths in a file. */

import type { Report } from '../../lesson/sheet/report.ts';
import { absolutePath, mapOf, written } from '../../lesson/sheet/scalars.ts';
import { type Fields, type InferFields, list, optional } from '../../lesson/sheet/shape.ts';
import type { Question } from '../../model/check.ts';
import { readDataPath } from '../../model/data-path.ts';
import type { Place } from '../../model/problem.ts';
import { kind, patterns } from './kind-shape.ts';

const keys = {
  has: optional(
    mapOf(patterns, 'paths with values'),
    'path → value, or the list of all elements in order. A path is `server.ports[0]`; a key with dots in it stands in brackets and quotes: `labels["app.name"]`.',
  ),
  lacks: optional(list(written('a path')), 'Paths that must not be there.'),
} satisfies Fields;

function dataQuestion(
  name: 'json' | 'yaml',
  path: string,
  { has, lacks }: InferFields<typeof keys>,
  at: Place,
  report: Report,
): Question | undefined {
  if (has === undefined && lacks === undefined) {
    report.error(at, 'missing-key', `A \`${name}\` check needs \`has\` or \`lacks\`.`);
    return undefined;
  }
  const wrong = [...Object.keys(has ?? {}), ...(lacks ?? [])].find((each) => readDataPath(each) === null);
  if (wrong !== undefined) {
    report.error(at, 'bad-path', `\`${wrong}\` is no path to a value.`, 'Write e.g. `server.ports[0]` or `labels["app.name"]`.');
    return undefined;
  }
  return { kind: name, path, ...(has === undefined ? {} : { has }), ...(lacks === undefined ? {} : { lacks }) };
}

/** A JSON file. */
export const json = kind('json', 'Values in a JSON file.', absolutePath, keys, (path, asked, at, report) =>
  dataQuestion('json', path, asked, at, report),
);

/** A YAML file. */
export const yaml = kind(
  'yaml',
  'Values in a YAML file; of several documents in it, one must have them all.',
  absolutePath,
  keys,
  (path, asked, at, report) => dataQuestion('yaml', path, asked, at, report),
);
