/** Faults that the YAML library finds, in words for authors and at the place where they begin. */
import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Report } from '../../lesson/sheet/report.ts';
import type { Place } from '../../model/problem.ts';

/** After a first fault others follow from it; more than these help nobody. */
const MAX_FAULTS = 3;

/**
 * Tells the report of a document's faults.
 * @param document as the library parsed it.
 * @param text what it was parsed from.
 * @param placeAt line and column of an offset.
 * @param report where problems go.
 * @returns true where there were any.
 */
export function reportFaults(document: Document, text: string, placeAt: (offset: number) => Place, report: Report): boolean {
  const faults = [...document.errors, ...document.warnings];
  const lines = new Set<number>();
  for (const fault of faults.slice(0, 20)) {
    const place = placeAt(fault.code === 'MISSING_CHAR' ? startOfUnclosed(document, fault.pos[0]) : fault.pos[0]);
    if (lines.has(place.line)) continue;
    lines.add(place.line);
    if (lines.size > MAX_FAULTS) break;
    reportFault(fault, place, text, report);
  }
  return faults.length > 0;
}

function reportFault(fault: YAMLError, place: Place, text: string, report: Report): void {
  const line = text.split('\n', place.line)[place.line - 1] ?? '';
  const tab = /^ *\t/.test(line) ? line.indexOf('\t') : -1;
  if (fault.code === 'TAB_AS_INDENT' || tab !== -1) {
    const at = tab === -1 ? place : { ...place, column: tab + 1 };
    const message = 'A tab stands in the indentation; YAML allows only spaces there.';
    report.error(at, 'yaml-tab', message, 'Replace the tab by spaces.');
    return;
  }
  const [message, suggestion] = explain(fault);
  report.error(place, 'yaml-syntax', message, suggestion);
}

/** A missing quote or bracket is noticed at the end; what lacks it starts here. */
function startOfUnclosed(document: Document, offset: number): number {
  let start = offset;
  visit(document, {
    Node(_, node) {
      const from = node.range?.[0];
      const to = node.range?.[1];
      if (from === undefined || to === undefined || from > offset || to < offset) return;
      const quoted = isScalar(node) && /^QUOTE/.test(node.type ?? '');
      if (quoted || (isCollection(node) && node.flow === true)) start = from;
    },
  });
  return start;
}

/** The faults that authors meet, in words of our own. */
function explain(fault: YAMLError): readonly [string, string?] {
  switch (fault.code) {
    case 'BAD_INDENT':
      return ['This line is not indented as its neighbours are.', 'Keys of one level start in the same column.'];
    case 'MISSING_CHAR':
      return ['A closing quote or bracket, or a `:` or `,`, is missing.', 'Look at what starts here, and at the line above.'];
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return ['A key and its value cannot be told apart here.', 'Put a value that contains `: ` in quotes.'];
    case 'MULTIPLE_DOCS':
      return ['The file has several YAML documents.', 'Remove the `---` between them.'];
    case 'TAG_RESOLVE_FAILED':
      return ['YAML tags (`!name`) are not used here.', 'Put a value that starts with `!` in quotes.'];
    case 'BAD_ALIAS':
      return ['A `*` must be followed by a name.', 'Put a value that starts with `*` in quotes.'];
    case 'BAD_SCALAR_START':
      return ['A value cannot start with this character.', 'Put the value in quotes.'];
    case 'BAD_DQ_ESCAPE':
      return ['A backslash in double quotes starts an escape that YAML does not know.', 'Use single quotes, or two backslashes.'];
    default:
      return [`The file is not valid YAML: ${fault.message.replace(/\s+/g, ' ').replace(/[.:]?\s*$/, '')}.`];
  }
}
