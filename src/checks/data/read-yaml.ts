/** Reads YAML as plain data. Apart from its kind, so that the library is loaded only where YAML is asked about. */
import { parseAllDocuments } from 'yaml';

/**
 * The documents of a text, as plain data; empty ones are left out.
 * @param text any.
 * @throws YAMLParseError for the first thing that is wrong, ReferenceError for aliases that grow without end.
 */
export function readYaml(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, { prettyErrors: true, logLevel: 'silent' });
  if ('empty' in documents) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value === null ? [] : [value];
  });
}
