/** The scalars of lesson.yaml and host.yaml: texts, switches, numbers, units, names, paths, patterns. */

import { suggestName } from '../../lesson/sheet/report.ts';
import { type Fail, needed, object, optional, record, reference, type Shape, scalar } from '../../lesson/sheet/shape.ts';
import { shorten } from '../../lesson/sheet/value.ts';
import { nearest } from '../../lesson/text/nearest.ts';
import { type PatternResult, readPattern, readRegex } from '../../lesson/text/pattern.ts';
import { DURATION_PATTERN, type Quantity, readDuration, readSize, SIZE_PATTERN } from '../../lesson/text/units.ts';
import type { Pattern } from '../../model/check.ts';

/** A text for people or for a shell; not empty. */
export function text(what = 'a text'): Shape<string> {
  return scalar({ type: 'string', minLength: 1 }, what, (written, fail) =>
    written.trim() === '' ? fail('empty-text', `Expected ${what} here, found an empty one.`) : written,
  );
}

/** A text that is compared with what is on the host: as written, so that `0644` and `True` stay what they are. */
export function written(what = 'a text'): Shape<string> {
  return scalar({ type: ['string', 'number', 'boolean'] }, what, (value) => value);
}

/** A switch: `true` or `false`. */
export function flag(): Shape<boolean> {
  return scalar({ type: 'boolean' }, '`true` or `false`', (value, fail) => {
    if (/^(?:true|True|TRUE)$/.test(value)) return true;
    if (/^(?:false|False|FALSE)$/.test(value)) return false;
    const meant = /^(?:yes|on|y|1)$/i.test(value)
      ? 'true'
      : /^(?:no|off|n|0)$/i.test(value)
        ? 'false'
        : nearest(value, ['true', 'false']);
    return fail('wrong-type', `Expected \`true\` or \`false\` here, found \`${shorten(value)}\`.`, didYouMean(meant));
  });
}

/** A switch that can only be on: to turn it off, leave the key out. */
export function on(): Shape<true> {
  const either = flag();
  return {
    json: { const: true },
    read(value, report) {
      const read = either.read(value, report);
      if (read === false) report.error(value.at, 'wrong-type', 'Only `true` makes sense here.', 'Leave the key out instead.');
      return read === true ? true : undefined;
    },
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Shape<number> {
  return scalar({ type: 'integer', minimum: min, maximum: max }, 'a whole number', (value, fail) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    const rule = Number.isNaN(number) ? 'wrong-type' : 'out-of-range';
    return fail(rule, `Expected a whole number from ${min} to ${max} here, found \`${shorten(value)}\`.`);
  });
}

/** A number from `min` to `max`, with or without decimals. */
export function decimal(min: number, max: number): Shape<number> {
  return scalar({ type: 'number', minimum: min, maximum: max }, 'a number', (value, fail) => {
    const number = /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    const rule = Number.isNaN(number) ? 'wrong-type' : 'out-of-range';
    return fail(rule, `Expected a number from ${min} to ${max} here, found \`${shorten(value)}\`.`);
  });
}

/** One of a few words. */
export function word<const T extends string>(words: readonly T[]): Shape<T> {
  return scalar({ enum: words }, 'a word', (value, fail) => {
    const found = words.find((one) => one === value);
    return found ?? fail('unknown-word', `\`${shorten(value)}\` cannot stand here.`, suggestName(value, words));
  });
}

/** A duration with its unit, in milliseconds. */
export const duration: Shape<number> = reference('duration', () => durationShape);

/** A size with its unit, in bytes. */
export const size: Shape<number> = reference('size', () => sizeShape);

/** An absolute path on the host. */
export const absolutePath: Shape<string> = reference('path', () => pathShape);

/** Octal digits of a mode, always four of them. */
export const mode: Shape<string> = scalar({ type: ['string', 'integer'], pattern: '^[0-7]{3,4}$' }, 'a mode', (value, fail) => {
  if (/^[0-7]{3,4}$/.test(value)) return value.padStart(4, '0');
  const octal = /^0o?([0-7]{3,4})$/.exec(value)?.[1];
  return fail(
    'bad-mode',
    `\`${shorten(value)}\` is no mode.`,
    didYouMean(octal) ?? 'Write three or four octal digits, e.g. 0644.',
  );
});

const LESSON_ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$';

/** What a lesson is called by programs: it becomes the name of folders and travels to classes. */
export const lessonId: Shape<string> = scalar({ type: 'string', pattern: LESSON_ID }, 'an id', (value, fail) =>
  new RegExp(LESSON_ID).test(value)
    ? value
    : fail(
        'bad-id',
        `\`${shorten(value)}\` is no id.`,
        'Up to 60 letters, digits, dots, dashes and underscores, e.g. backups-1.',
      ),
);

/** Text or a regular expression to look for. */
export const pattern: Shape<Pattern> = reference('pattern', () => patternShape);

/** A map from free names to values, as a plain object. */
export function mapOf<T>(item: Shape<T>, what: string): Shape<Readonly<Record<string, T>>> {
  const entries = record(item, what);
  return {
    json: entries.json,
    read(value, report) {
      const read = entries.read(value, report);
      return read === undefined ? undefined : Object.fromEntries(read.map(({ name, value: one }) => [name, one]));
    },
  };
}

/** A web address. */
export const url: Shape<string> = scalar({ type: 'string', pattern: '^https?://' }, 'an address', (value, fail) => {
  if (/^https?:\/\/[^\s/]/.test(value) && URL.canParse(value)) return value;
  const meant = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(value) ? `http://${value}` : undefined;
  return fail(
    'bad-url',
    `\`${shorten(value)}\` is no address of a web page.`,
    didYouMean(meant) ?? 'Write e.g. http://localhost/.',
  );
});

const durationShape = scalar({ type: 'string', pattern: DURATION_PATTERN }, 'a duration', (value, fail) =>
  quantity(value, readDuration(value), fail, 'duration', '200ms, 3s, 2m, 1h'),
);

const sizeShape = scalar({ type: 'string', pattern: SIZE_PATTERN }, 'a size', (value, fail) =>
  quantity(value, readSize(value), fail, 'size', '512B, 64KiB, 2GiB'),
);

const pathShape = scalar({ type: 'string', pattern: '^/' }, 'a path', (value, fail) => {
  if (value.startsWith('/')) return value;
  const suggestion = value.startsWith('~')
    ? 'Write the home folder out, e.g. /home/ubuntu/.'
    : `Did you mean \`/${shorten(value).replace(/^\.\//, '')}\`?`;
  return fail('relative-path', `\`${shorten(value)}\` is a relative path; it must be absolute.`, suggestion);
});

const plainPattern = scalar({ type: ['string', 'number', 'boolean'] }, 'a text', (value, fail) => {
  if (value === '') return { text: '' };
  return patternOr(readPattern(value), fail);
});

const explicitText = object({ text: needed(written(), 'Plain text, whatever it looks like.') }, 'a text to look for');

const explicitRegex = object(
  {
    regex: needed(text('a regular expression'), 'A regular expression, without slashes around it.'),
    flags: optional(text('flags'), 'Of i, m, s, u.'),
  },
  'a regular expression',
);

const patternShape: Shape<Pattern> = {
  json: { anyOf: [plainPattern.json, explicitText.json, explicitRegex.json] },
  read(value, report) {
    if (value.kind !== 'map') return plainPattern.read(value, report);
    if (!value.entries.some((entry) => entry.key === 'regex' || entry.key === 'flags')) return explicitText.read(value, report);
    const read = explicitRegex.read(value, report);
    if (read === undefined) return undefined;
    const fail: Fail = (rule, message, suggestion) => {
      report.error(value.at, rule, message, suggestion);
      return undefined;
    };
    return patternOr(readRegex(read.regex, read.flags ?? ''), fail);
  },
};

/** Schemas published once and referred to by name. */
export const SCALAR_DEFINITIONS = {
  duration: { description: 'A duration with its unit: 200ms, 3s, 2m, 1h.', ...durationShape.json },
  size: { description: 'A size with its unit: 512B, 64KiB, 2GiB.', ...sizeShape.json },
  path: { description: 'An absolute path on the host.', ...pathShape.json },
  pattern: { description: 'Plain text, or a regular expression: /…/ with flags of i, m, s, u.', ...patternShape.json },
};

function patternOr(result: PatternResult, fail: Fail): Pattern | undefined {
  return result.ok ? result.pattern : fail(result.rule, result.message, result.suggestion);
}

function quantity(value: string, read: Quantity, fail: Fail, what: string, examples: string): number | undefined {
  if (read.ok) return read.value;
  const message = read.noUnit ? `\`${shorten(value)}\` has no unit.` : `\`${shorten(value)}\` is no ${what}.`;
  return fail('wrong-unit', message, didYouMean(read.meant) ?? `Write e.g. ${examples}.`);
}

function didYouMean(meant: string | undefined): string | undefined {
  return meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
}

/** The path of a file beside lesson.yaml, or below it. */
export const ownPath: Shape<string> = scalar({ type: 'string', minLength: 1 }, 'a path', (written, fail) => {
  const path = written.trim();
  const outside = path === '' || path.startsWith('/') || path.split('/').includes('..');
  return outside
    ? fail('path-outside', `\`${shorten(written)}\` is not within the lesson's folder.`, 'Name it relative to lesson.yaml.')
    : path;
});
