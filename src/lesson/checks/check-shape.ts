/** A check as lesson.yaml writes it: one kind's keys, the common keys, and combinations of questions. */

import { type CheckDraft, checkDraft } from '../../lesson/checks/check-draft.ts';
import type { Kind } from '../../lesson/checks/kind-shape.ts';
import { KINDS } from '../../lesson/checks/kinds.ts';
import { type Report, suggestName } from '../../lesson/sheet/report.ts';
import { duration, on, text, written } from '../../lesson/sheet/scalars.ts';
import {
  type Fields,
  type InferFields,
  type JsonSchema,
  list,
  needed,
  objectJson,
  optional,
  readFields,
  reference,
  type Shape,
} from '../../lesson/sheet/shape.ts';
import { describeValue, type Value } from '../../lesson/sheet/value.ts';
import type { Question } from '../../model/check.ts';
import type { Place } from '../../model/problem.ts';

/** Keys that every check takes. */
const COMMON = {
  title: optional(text('a title'), 'What the learner reads; made from the question where it is not given.'),
  hint: optional(text('a hint'), 'Help for the learner, shown when asked for.'),
  user: optional(written('a user'), 'Whom to ask as; root where it is not given.'),
  timeout: optional(duration, 'How long one answer may take; 5s where it is not given.'),
  once: optional(on(), 'It is enough that it held at some moment while the section was open.'),
  stable_for: optional(duration, 'It must hold for so long without a break.'),
  within: optional(duration, 'Until then "not yet" is no failure.'),
  never: optional(on(), 'It must not have held at any moment while the section was open.'),
  invariant: optional(on(), 'It stays watched after the section is done.'),
  on_event: optional(on(), 'It is asked when a command has ended, a step is done, or the learner wishes; never by the clock.'),
};

/** What the common keys say. */
type Common = InferFields<typeof COMMON>;

const question: Shape<Question> = reference('question', () => questionShape);

const COMBINATIONS: Readonly<Record<string, Kind>> = {
  all: {
    description: 'All of these hold, in one and the same moment.',
    without: [],
    fields: { all: needed(list(question), 'All of these hold, in one and the same moment.') },
    question: (values) => ({ kind: 'all', of: values['all'] as readonly Question[] }),
  },
  any: {
    description: 'At least one of these holds.',
    without: [],
    fields: { any: needed(list(question), 'At least one of these holds.') },
    question: (values) => ({ kind: 'any', of: values['any'] as readonly Question[] }),
  },
  not: {
    description: 'This does not hold.',
    without: [],
    fields: { not: needed(question, 'This does not hold.') },
    question: (values) => ({ kind: 'not', of: values['not'] as Question }),
  },
};

const ALL_KINDS: Readonly<Record<string, Kind>> = { ...KINDS, ...COMBINATIONS };

/** Kinds that can be part of a combination: the learner is asked one thing at a time. */
const PARTS = Object.entries(ALL_KINDS).filter(([name]) => name !== 'answer');

/** The keys that a check of this kind takes besides its own. */
function commonOf({ without }: Kind): Fields {
  return Object.fromEntries(Object.entries(COMMON).filter(([key]) => !without.includes(key)));
}

/** One check of a section. */
export const check: Shape<CheckDraft> = reference('check', () => checkShape);

const questionShape: Shape<Question> = {
  json: { anyOf: PARTS.map(([, kind]) => kindJson(kind, {})) },
  read(value, report) {
    const found = kindOf(value, report);
    if (found === undefined) return undefined;
    const { kind, name, map } = found;
    if (!PARTS.some(([part]) => part === name)) {
      report.error(
        map.at,
        'misplaced-key',
        'A question to the learner is a check of its own.',
        'Move it out of the combination.',
      );
      return undefined;
    }
    const misplaced = map.entries.filter(({ key }) => Object.hasOwn(COMMON, key) && !Object.hasOwn(kind.fields, key));
    for (const { key, at } of misplaced) {
      report.error(
        at,
        'misplaced-key',
        `\`${key}\` belongs to the whole check, not to one part of it.`,
        'Move it one level out.',
      );
    }
    if (misplaced.length > 0) return undefined;
    const values = readFields(kind.fields, map, `a \`${name}\` check`, report);
    return values === undefined ? undefined : kind.question(values, map.at, report);
  },
};

const checkShape: Shape<CheckDraft> = {
  json: { anyOf: Object.values(ALL_KINDS).map((kind) => kindJson(kind, commonOf(kind))) },
  read(value, report) {
    const found = kindOf(value, report);
    if (found === undefined) return undefined;
    const { kind, name, map } = found;
    const values: (Common & Readonly<Record<string, unknown>>) | undefined = readFields(
      { ...kind.fields, ...commonOf(kind), ...kind.fields },
      map,
      `a \`${name}\` check`,
      report,
    );
    if (values === undefined) return undefined;
    const asked = kind.question(values, map.at, report);
    // Where a kind has a `user` of its own, that is what the key means.
    const common: Common = Object.hasOwn(kind.fields, 'user') ? omitUser(values) : values;
    return asked === undefined || !timingFits(common, map.at, report) ? undefined : checkDraft(asked, common, map.at);
  },
};

/** The published schemas that `check` and `question` refer to. */
export const CHECK_DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  check: { description: 'A fact about the host that must hold.', ...checkShape.json },
  question: { description: 'A fact about the host, as part of a combination.', ...questionShape.json },
};

function omitUser({ user: _, ...rest }: Common): Common {
  return rest;
}

interface KindFound {
  readonly kind: Kind;
  readonly name: string;
  readonly map: Extract<Value, { readonly kind: 'map' }>;
}

function kindOf(value: Value, report: Report): KindFound | undefined {
  if (value.kind !== 'map') {
    const message = `Expected a check here, found ${describeValue(value)}.`;
    report.error(value.at, 'wrong-type', message, 'Write its kind as key, e.g. `file: /etc/hosts`.');
    return undefined;
  }
  const named = value.entries.filter(({ key }) => Object.hasOwn(ALL_KINDS, key));
  const [first, second] = named.filter(({ key }) => !named.some((other) => belongsTo(key, other.key)));
  if (first === undefined) return unknownKind(value, report);
  // Two kinds in one check are two checks.
  if (second !== undefined) {
    const message = `A check has one kind, but here are \`${first.key}\` and \`${second.key}\`.`;
    report.error(second.at, 'several-kinds', message, 'Make two checks of them, or combine them with `all`.');
    return undefined;
  }
  const kind = ALL_KINDS[first.key];
  return kind === undefined ? undefined : { kind, name: first.key, map: value };
}

/** Whether a key that is the name of a kind is only a key of another one here: the `group` of a file, the `user` to ask as. */
function belongsTo(key: string, other: string): boolean {
  const takes = (name: string, one: string): boolean => {
    const kind = ALL_KINDS[name];
    return kind !== undefined && name !== one && (Object.hasOwn(kind.fields, one) || Object.hasOwn(commonOf(kind), one));
  };
  return takes(other, key) && !takes(key, other);
}

function unknownKind(value: Extract<Value, { readonly kind: 'map' }>, report: Report): undefined {
  const written = value.entries.find(({ key }) => !Object.hasOwn(COMMON, key));
  const kinds = Object.keys(ALL_KINDS);
  if (written === undefined)
    report.error(value.at, 'no-check-kind', 'This check does not say what it asks.', suggestName('', kinds));
  else report.error(written.at, 'unknown-check-kind', `\`${written.key}\` is no kind of check.`, suggestName(written.key, kinds));
  return undefined;
}

function timingFits(common: Common, at: Place, report: Report): boolean {
  const others = (['once', 'stable_for', 'within'] as const).filter((key) => common[key] !== undefined);
  if (common.never === undefined || others.length === 0) return true;
  report.error(at, 'contradiction', `\`never\` does not go together with \`${others.join('` and `')}\`.`);
  return false;
}

function kindJson(kind: Kind, common: Fields): JsonSchema {
  return { description: kind.description, ...objectJson({ ...kind.fields, ...common }) };
}
