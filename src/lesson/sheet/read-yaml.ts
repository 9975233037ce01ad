/** YAML text to values with places. The only file that knows the YAML library; loaded when there is YAML to read. */
import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Report } from '../../lesson/sheet/report.ts';
import type { Entry, Value } from '../../lesson/sheet/value.ts';
import { reportFaults } from '../../lesson/sheet/yaml-syntax.ts';
import type { Source } from '../../lesson/text/decode.ts';
import { nameCharacter, unsafeAt } from '../../lesson/text/safe-text.ts';
import type { Place } from '../../model/problem.ts';

/** Longer files are no lesson.yaml, and the library takes its time: a megabyte of `[]` keeps it busy for ten seconds. */
const MAX_LENGTH = 256 * 1024;
const MAX_VALUES = 50_000;
const MAX_DEPTH = 60;

/**
 * Reads a YAML file; problems go to the report. Undefined where it is no YAML at all.
 * @param source the file.
 * @param report where problems go.
 */
export function readYaml(source: Source, report: Report): Value | undefined {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: source.file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const start: Place = { file: source.file, line: 1, column: 1 };
  if (source.text.length > MAX_LENGTH) {
    report.error(start, 'file-too-large', `The file has ${source.text.length} characters; at most ${MAX_LENGTH} are read.`);
    return undefined;
  }
  if (tooDeep(source.text)) {
    report.error(start, 'yaml-syntax', 'The file is nested too deeply.');
    return undefined;
  }
  // Keys are compared below: the library's own way takes quadratic time.
  const options = { lineCounter: lines, schema: 'failsafe', uniqueKeys: false, prettyErrors: false } as const;
  const document = parseDocument(source.text, options);
  if (reportFaults(document, source.text, placeAt, report)) return undefined;
  return createConverter(placeAt, report).root(document.contents, start);
}

/** Flow collections recurse in the library; a stack has an end. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && depth > 0) depth--;
    else if (character === '\n' && /\S/.test(text[at + 1] ?? '')) depth = 0;
    if (depth > 1000) return true;
  }
  return /^ {2000}/m.test(text) || /(?:[-?] ){500}/.test(text);
}

interface Converter {
  root(node: unknown, start: Place): Value | undefined;
}

function createConverter(placeAt: (offset: number) => Place, report: Report): Converter {
  /** What `*name` stands for; the library looks through the whole document for each. */
  const anchors = new Map<string, Node>();
  let count = 0;
  /** Set where going on would only report what follows from a first fault. */
  let failed = false;

  function at(node: unknown, fallback: Place): Place {
    const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
    return range === undefined || range === null ? fallback : placeAt(range[0] ?? 0);
  }

  function convert(node: unknown, around: Place, depth: number): Value {
    const place = at(node, around);
    count++;
    if (count > MAX_VALUES || depth > MAX_DEPTH) return overflow(place);
    if (isAlias(node)) return aliased(node, place, depth);
    if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isMap(node)) return { kind: 'map', entries: entriesOf(node, place, depth), at: place };
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, place, depth + 1)), at: place };
    return isScalar(node) ? scalar(node, place) : { kind: 'nothing', at: place };
  }

  function aliased(alias: Alias, place: Place, depth: number): Value {
    const node = anchors.get(alias.source);
    if (node !== undefined) return convert(node, place, depth + 1);
    const suggestion = 'Put a value that starts with `*` in quotes.';
    report.error(place, 'yaml-syntax', `\`*${alias.source}\` refers to a name that was not given with \`&\`.`, suggestion);
    failed = true;
    return { kind: 'nothing', at: place };
  }

  function overflow(place: Place): Value {
    if (!failed) report.error(place, 'file-too-large', 'The file says too much: too many values, or nested too deeply.');
    failed = true;
    return { kind: 'nothing', at: place };
  }

  function scalar(node: Scalar, place: Place): Value {
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const plain = node.type === 'PLAIN' || node.type === undefined;
    if (plain && /^(?:|~|null)$/.test(text)) return { kind: 'nothing', at: place };
    const unsafe = unsafeAt(text);
    if (unsafe !== -1) {
      const message = `This value has a control or invisible character, ${nameCharacter(text, unsafe)}.`;
      report.error(place, 'control-character', message, 'In a regular expression it can be written as an escape, e.g. \\x1b.');
    }
    return { kind: 'scalar', text, at: place };
  }

  function entriesOf(map: YAMLMap, around: Place, depth: number): readonly Entry[] {
    const entries = new Map<string, Entry>();
    for (const pair of map.items as readonly Pair[]) {
      const keyAt = at(pair.key, around);
      const key = convert(pair.key, keyAt, depth + 1);
      if (key.kind !== 'scalar') {
        if (!failed) report.error(keyAt, 'bad-key', 'A key must be a word or a text.');
        continue;
      }
      const first = entries.get(key.text);
      if (first === undefined) entries.set(key.text, { key: key.text, at: keyAt, value: convert(pair.value, keyAt, depth + 1) });
      else report.error(keyAt, 'duplicate-key', `\`${key.text}\` is given twice.`, `It is first given in line ${first.at.line}.`);
    }
    return [...entries.values()];
  }

  return {
    root(node, start) {
      if (node === null || node === undefined) return undefined;
      const value = convert(node, start, 0);
      return failed ? undefined : value;
    },
  };
}
