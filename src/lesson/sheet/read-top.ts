/** The few keys of lesson.yaml that a list of lessons needs, read without asking whether the rest is right. */
import { readYaml } from '../../lesson/sheet/read-yaml.ts';
import { createReport } from '../../lesson/sheet/report.ts';
import type { Source } from '../../lesson/text/decode.ts';

/** What a list needs. */
export interface SheetTop {
  readonly id?: string;
  readonly title?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly minutes?: number;
}

/**
 * Id, title, text, summary and minutes; what cannot be read is left out.
 * @param source lesson.yaml.
 */
export function readTop(source: Source): SheetTop {
  const report = createReport();
  const value = readYaml(source, report);
  if (value?.kind !== 'map' || report.problems.length > 0) return {};
  const scalars = new Map(
    value.entries.flatMap(({ key, value: one }) => (one.kind === 'scalar' ? [[key, one.text.trim()]] : [])),
  );
  const minutes = Number(scalars.get('minutes'));
  return {
    ...pick(scalars, 'id'),
    ...pick(scalars, 'title'),
    ...pick(scalars, 'text'),
    ...pick(scalars, 'summary'),
    ...(Number.isInteger(minutes) && minutes > 0 ? { minutes } : {}),
  };
}

function pick<K extends 'id' | 'title' | 'text' | 'summary'>(
  scalars: ReadonlyMap<string, string>,
  key: K,
): { readonly [P in K]?: string } {
  const text = scalars.get(key);
  return text === undefined || text === '' ? {} : ({ [key]: text } as { readonly [P in K]: string });
}
