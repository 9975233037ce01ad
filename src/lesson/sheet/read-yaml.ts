/** YAML text to values with places. The only file that knows the YAML library; loaded when there is YAML to read. */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Report } from '../../lesson/sheet/report.ts';
import type { Entry, Value } from '../../lesson/sheet/value.ts';
import type { Source } from '../../lesson/text/decode.ts';
import { nameCharacter, unsafeAt } from '../../lesson/text/safe-text.ts';
import type { Place } from '../../model/problem.ts';

/** Longer files are no lesson.yaml, and the library takes its time. */
const MAX_LENGTH = 1024 * 1024;
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
  const faults = [...document.errors, ...document.warnings];
  for (const fault of faults.slice(0, 5)) reportSyntax(fault, placeAt(fault.pos[0]), source.text, report);
  if (faults.length > 0) return undefined;
  return createConverter(placeAt, report, (alias) => alias.resolve(document)).root(document.contents, start);
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
  return / {2000}\S|(?:- ){500}|(?:\? ){500}/.test(text);
}

interface Converter {
  root(node: unknown, start: Place): Value | undefined;
}

function createConverter(
  placeAt: (offset: number) => Place,
  report: Report,
  resolve: (alias: Alias) => Node | undefined,
): Converter {
  let count = 0;
  let overflowed = false;

  function at(node: unknown, fallback: Place): Place {
    const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
    return range === undefined || range === null ? fallback : placeAt(range[0] ?? 0);
  }

  function convert(node: unknown, around: Place, depth: number): Value {
    const place = at(node, around);
    count++;
    if (count > MAX_VALUES || depth > MAX_DEPTH) return overflow(place);
    if (isAlias(node)) return convert(resolve(node), place, depth + 1);
    if (isMap(node)) return { kind: 'map', entries: entriesOf(node, place, depth), at: place };
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, place, depth + 1)), at: place };
    if (!isScalar(node)) return { kind: 'nothing', at: place };
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const plain = node.type === 'PLAIN' || node.type === undefined;
    return plain && /^(?:|~|null)$/.test(text) ? { kind: 'nothing', at: place } : scalar(text, place);
  }

  function overflow(place: Place): Value {
    if (!overflowed) report.error(place, 'file-too-large', 'The file says too much: too many values, or nested too deeply.');
    overflowed = true;
    return { kind: 'nothing', at: place };
  }

  function scalar(text: string, place: Place): Value {
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
        report.error(keyAt, 'bad-key', 'A key must be a word or a text.');
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
      return node === null || node === undefined ? undefined : convert(node, start, 0);
    },
  };
}

function reportSyntax(fault: YAMLError, place: Place, text: string, report: Report): void {
  const line = text.split('\n', place.line)[place.line - 1] ?? '';
  const tab = line.search(/^ *\t/) === -1 ? -1 : line.indexOf('\t');
  if (fault.code === 'TAB_AS_INDENT' || tab !== -1) {
    const column = tab === -1 ? place.column : tab + 1;
    report.error(
      { ...place, column },
      'yaml-tab',
      'A tab stands in the indentation; YAML allows only spaces there.',
      'Replace the tab by spaces.',
    );
    return;
  }
  const [message, suggestion] = explainSyntax(fault);
  report.error(place, 'yaml-syntax', message, suggestion);
}

/** The library's faults in words of our own, for those that authors meet. */
function explainSyntax(fault: YAMLError): readonly [string, string?] {
  switch (fault.code) {
    case 'BAD_INDENT':
      return ['This line is not indented as its neighbours are.', 'Keys of one level start in the same column.'];
    case 'MISSING_CHAR':
      return ['A closing quote or bracket, or a `:` or `,`, is missing here.', 'Look at this line and the one above.'];
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return ['A key and its value cannot be told apart here.', 'Put a value that contains `: ` in quotes.'];
    case 'MULTIPLE_DOCS':
      return ['The file has several YAML documents.', 'Remove the `---` between them.'];
    case 'BAD_ALIAS':
      return ['This `*` refers to a name that was not given with `&`.', 'Put a value that starts with `*` in quotes.'];
    case 'TAG_RESOLVE_FAILED':
      return ['YAML tags (`!name`) are not used here.', 'Put a value that starts with `!` in quotes.'];
    case 'BAD_SCALAR_START':
      return ['A value cannot start with this character.', 'Put the value in quotes.'];
    case 'BAD_DQ_ESCAPE':
      return ['A backslash in double quotes starts an escape that YAML does not know.', 'Use single quotes, or two backslashes.'];
    default:
      return [`The file is not valid YAML: ${fault.message.replace(/\s+/g, ' ').replace(/[.:]?\s*$/, '')}.`];
  }
}
