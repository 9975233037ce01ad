/** What an `ini` check asks for: sections with keys and values, and what must not be there. */

import { mapOf, pattern, written } from '../../lesson/sheet/scalars.ts';
import { list, needed, object, oneOrMore, optional, type Shape } from '../../lesson/sheet/shape.ts';
import type { Pattern, Question } from '../../model/check.ts';

type Lacks = NonNullable<Extract<Question, { readonly kind: 'ini' }>['lacks']>[number];

/** section → key → values. */
export const iniHas: Shape<Readonly<Record<string, Readonly<Record<string, readonly Pattern[]>>>>> = mapOf(
  mapOf(oneOrMore(pattern), 'keys with values'),
  'sections',
);

const sectionName = written('the name of a section');

const sectionKey = object(
  {
    section: needed(sectionName, 'The section.'),
    key: optional(written('a key'), 'The key in it; without it the whole section.'),
  },
  'a section, or a section and key',
);

const oneLack: Shape<Lacks> = {
  json: { anyOf: [sectionName.json, sectionKey.json] },
  read(value, report) {
    if (value.kind === 'map') return sectionKey.read(value, report);
    const section = sectionName.read(value, report);
    return section === undefined ? undefined : { section };
  },
};

/** Sections by name, or {section, key}: names of sections have dots and colons in them, so a key stands apart. */
export const iniLacks: Shape<readonly Lacks[]> = list(oneLack);
