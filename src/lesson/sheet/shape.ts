/**
 * What a value must look like: one description from which come the reading with its problems, the TypeScript type,
 * and the JSON Schema that editors use. It works on values with places, so each problem names line and column.
 * Knows nothing of lessons.
 */

import { type Report, suggestName } from '../../lesson/sheet/report.ts';
import { describeValue, type Value } from '../../lesson/sheet/value.ts';
import type { Place } from '../../model/problem.ts';

/** A JSON Schema, as far as it is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Describes values of one type. */
export interface Shape<T> {
  /**
   * Reads a value; what is wrong goes to the report, and undefined comes back.
   * @param value what stands in the file.
   * @param report where problems go.
   */
  read(value: Value, report: Report): T | undefined;
  /** For editors. */
  readonly json: JsonSchema;
}

/** The type that a shape reads. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** A key of a map: its shape, and whether it may be missing. */
export interface Field<T, Needed extends boolean> {
  readonly shape: Shape<T>;
  readonly needed: Needed;
}

/** Keys of a map. */
export type Fields = Readonly<Record<string, Field<unknown, boolean>>>;

type NeededKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<unknown, true> ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };

/** The type that a map's keys read. */
export type InferFields<F extends Fields> = Flat<
  { readonly [K in NeededKeys<F>]: Infer<F[K]['shape']> } & {
    readonly [K in Exclude<keyof F, NeededKeys<F>>]?: Infer<F[K]['shape']>;
  }
>;

/** A key that must be there. */
export function needed<T>(shape: Shape<T>, description: string): Field<T, true> {
  return { shape: described(shape, description), needed: true };
}

/** A key that may be missing. */
export function optional<T>(shape: Shape<T>, description: string): Field<T, false> {
  return { shape: described(shape, description), needed: false };
}

/** A shape with a sentence that editors show. */
function described<T>(shape: Shape<T>, description: string): Shape<T> {
  // Draft 7 ignores what stands beside a $ref.
  const json = '$ref' in shape.json ? { allOf: [shape.json] } : shape.json;
  return { read: shape.read, json: { description, ...json } };
}

/**
 * A scalar that a function reads further.
 * @param json its JSON Schema.
 * @param what names it in a sentence, e.g. `a text`.
 * @param read gives the value, or says what is wrong.
 */
export function scalar<T>(json: JsonSchema, what: string, read: (text: string, fail: Fail) => T | undefined): Shape<T> {
  return {
    json,
    read(value, report) {
      if (value.kind !== 'scalar') {
        report.error(value.at, 'wrong-type', `Expected ${what} here, found ${describeValue(value)}.`);
        return undefined;
      }
      return read(value.text, (rule, message, suggestion) => {
        report.error(value.at, rule, message, suggestion);
        return undefined;
      });
    },
  };
}

/** Notes what is wrong with a scalar; returns undefined so that it can end a reader. */
export type Fail = (rule: string, message: string, suggestion?: string) => undefined;

/** A list of at least one value. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    json: { type: 'array', items: item.json, minItems: 1 },
    read(value, report) {
      if (value.kind !== 'list') {
        report.error(
          value.at,
          'wrong-type',
          `Expected a list here, found ${describeValue(value)}.`,
          'Start each item with `- `.',
        );
        return undefined;
      }
      if (value.items.length === 0) report.error(value.at, 'empty-list', 'This list is empty.', 'Leave the key out.');
      return allRead(value.items.map((one) => item.read(one, report)));
    },
  };
}

/** One value, or a list of them; a list is read either way. */
export function oneOrMore<T>(item: Shape<T>): Shape<readonly T[]> {
  const several = list(item);
  return {
    json: { anyOf: [item.json, several.json] },
    read(value, report) {
      if (value.kind === 'list') return several.read(value, report);
      const read = item.read(value, report);
      return read === undefined ? undefined : [read];
    },
  };
}

/** A map from free names to values of one shape. Names keep their order. */
export function record<T>(item: Shape<T>, what: string): Shape<readonly NamedEntry<T>[]> {
  return {
    json: { type: 'object', additionalProperties: item.json },
    read(value, report) {
      if (value.kind !== 'map') {
        report.error(value.at, 'wrong-type', `Expected ${what} here, found ${describeValue(value)}.`, 'Write `name: value`.');
        return undefined;
      }
      const entries = value.entries.map(({ key, at, value: one }) => {
        const read = item.read(one, report);
        return read === undefined ? undefined : { name: key, at, value: read };
      });
      return allRead(entries);
    },
  };
}

/** A value under a free name. */
export interface NamedEntry<T> {
  readonly name: string;
  readonly at: Place;
  readonly value: T;
}

/** A map with known keys. */
export function object<F extends Fields>(fields: F, what: string): Shape<InferFields<F>> {
  return {
    json: objectJson(fields),
    read(value, report) {
      if (value.kind !== 'map') {
        report.error(
          value.at,
          'wrong-type',
          `Expected the keys of ${what} here, found ${describeValue(value)}.`,
          keysSentence(fields),
        );
        return undefined;
      }
      return readFields(fields, value, what, report);
    },
  };
}

/**
 * Reads the keys of a map; unknown and missing ones are problems.
 * @param fields the keys that may stand there.
 * @param value the map.
 * @param what names the map in a sentence, e.g. `a section`.
 * @param report where problems go.
 */
export function readFields<F extends Fields>(
  fields: F,
  value: Extract<Value, { readonly kind: 'map' }>,
  what: string,
  report: Report,
): InferFields<F> | undefined {
  const read: Record<string, unknown> = {};
  let whole = true;
  for (const entry of value.entries) {
    const field = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
    if (field === undefined) {
      const suggestion = suggestName(entry.key, Object.keys(fields));
      report.error(entry.at, 'unknown-key', `\`${entry.key}\` is no key of ${what}.`, suggestion);
      whole = false;
      continue;
    }
    const one = field.shape.read(entry.value, report);
    if (one === undefined) whole = false;
    else read[entry.key] = one;
  }
  for (const [key, field] of Object.entries(fields)) {
    if (!field.needed || value.entries.some((entry) => entry.key === key)) continue;
    report.error(
      value.at,
      'missing-key',
      `\`${key}\` is missing in ${what}.`,
      `Add \`${key}\`: ${String(field.shape.json['description'])}`,
    );
    whole = false;
  }
  return whole ? (read as InferFields<F>) : undefined;
}

/** The JSON Schema of a map with known keys. */
export function objectJson(fields: Fields): JsonSchema {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => field.needed).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, field]) => [key, field.shape.json])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** What was read together with its place. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Place;
}

/** As a shape, but it also tells where the value stands. */
export function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return {
    json: shape.json,
    read(value, report) {
      const read = shape.read(value, report);
      return read === undefined ? undefined : { value: read, at: value.at };
    },
  };
}

/** A shape whose JSON Schema is a reference to one published under a name; for recursion and for short schemas. */
export function reference<T>(name: string, shape: () => Shape<T>): Shape<T> {
  return { json: { $ref: `#/definitions/${name}` }, read: (value, report) => shape().read(value, report) };
}

function keysSentence(fields: Fields): string {
  return `Keys: ${Object.keys(fields)
    .map((key) => `\`${key}\``)
    .join(', ')}.`;
}

function allRead<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const read = values.filter((value) => value !== undefined);
  return read.length === values.length ? read : undefined;
}
