/** `structure.json`: a course of scenarios, in order. Pure. */
import { readYaml } from '../../lesson/sheet/read-yaml.ts';
import { createReport } from '../../lesson/sheet/report.ts';
import type { Value } from '../../lesson/sheet/value.ts';
import type { Source } from '../../lesson/text/decode.ts';
import { safeText } from '../../lesson/text/safe-text.ts';

/** A course as its file says. */
export interface ScenarioCourse {
  readonly title?: string;
  /** Folders of the scenarios, relative to the course's. */
  readonly items: readonly { readonly path: string; readonly title?: string }[];
}

/**
 * Reads the file; what cannot be read is left out.
 * @param source the file.
 */
export function readStructure(source: Source): ScenarioCourse {
  const root = readYaml({ ...source, text: source.text.replaceAll('\t', ' ') }, createReport());
  const title = textAt(root, 'title');
  const items = valueAt(root, 'items');
  return {
    ...(title === undefined ? {} : { title }),
    items: (items?.kind === 'list' ? items.items : []).flatMap((item) => {
      const path = textAt(item, 'path');
      const own = textAt(item, 'title');
      // A path that leads out of the course is none of its scenarios.
      if (path === undefined || path.startsWith('/') || path.split('/').includes('..')) return [];
      return [{ path, ...(own === undefined ? {} : { title: own }) }];
    }),
  };
}

function valueAt(map: Value | undefined, key: string): Value | undefined {
  return map?.kind === 'map' ? map.entries.find((entry) => entry.key === key)?.value : undefined;
}

function textAt(map: Value | undefined, key: string): string | undefined {
  const value = valueAt(map, key);
  return value?.kind === 'scalar' && value.text.trim() !== '' ? safeText(value.text).trim() : undefined;
}
