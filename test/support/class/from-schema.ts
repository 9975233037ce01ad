/** Values made from a JSON Schema (as zod writes it): those that fit, and those that are spoiled in exactly one place. */
import fc from 'fast-check';

type Schema = Record<string, unknown>;

/** A value that fits; texts with a pattern are made for the patterns that the protocol has. */
export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map(fitting));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (schema['type']) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(fitting(schema['items'] as Schema), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Math.min(4, Number(schema['maxItems'] ?? 4)),
      });
    case 'integer':
    case 'number':
      return fc.integer({
        min: Number(schema['minimum'] ?? 0),
        max: Math.min(1_000_000, Number(schema['maximum'] ?? 1_000_000)),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema);
  }
}

function textOf({ pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc
    .string({ minLength: Number(minLength ?? 0), maxLength: Math.min(40, Number(maxLength ?? 40)) })
    .map((text) => (text.trim() === '' && Number(minLength ?? 0) > 0 ? 'text' : text));
}

function objectOf({ properties, required }: Schema): fc.Arbitrary<unknown> {
  const own = Object.entries((properties ?? {}) as Record<string, Schema>).map(([key, value]) => [key, fitting(value)] as const);
  return fc.record(Object.fromEntries(own), { requiredKeys: (required ?? []) as string[] });
}

/** A value that does not fit: what is wrong is a property, one of its parts, or the whole. */
export function spoiled(schema: Schema): fc.Arbitrary<unknown> {
  const whole = fc.oneof(fc.constantFrom<unknown>(null, true, -1, 1.5, 'x\u0000', [], [[]], { toString: 1 }), fc.jsonValue());
  if (schema['type'] !== 'object')
    return fc.oneof(...wrongFor(schema), ...(schema['type'] === 'array' ? [oneBadItem(schema)] : []));
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  if (properties.length === 0) return whole;
  const required = (schema['required'] ?? []) as string[];
  const bad = properties.map(([key, value]) =>
    fc.tuple(objectOf(schema), spoiled(value)).map(([object, wrong]) => ({ ...(object as object), [key]: wrong })),
  );
  const missing = required.map((key) =>
    objectOf(schema).map((object) => Object.fromEntries(Object.entries(object as object).filter(([own]) => own !== key))),
  );
  const unknown = fc
    .tuple(objectOf(schema), fc.jsonValue())
    .map(([object, value]) => ({ ...(object as object), surplus: value }));
  return fc.oneof({ weight: 6, arbitrary: fc.oneof(...bad) }, { weight: 2, arbitrary: fc.oneof(...missing) }, unknown, whole);
}

function oneBadItem(schema: Schema): fc.Arbitrary<unknown> {
  const items = schema['items'] as Schema;
  return fc.tuple(fc.array(fitting(items), { maxLength: 3 }), spoiled(items)).map(([good, bad]) => [...good, bad]);
}

/** Values of other types, and those just outside of what is allowed. */
function wrongFor(schema: Schema): fc.Arbitrary<unknown>[] {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  const values: unknown[] = [{ surplus: 1 }, [[1]], Number.MAX_VALUE, -1.5];
  if (typeof schema['maxLength'] === 'number') values.push('x'.repeat(schema['maxLength'] + 1));
  if (typeof schema['minLength'] === 'number') values.push('', ' ');
  if (typeof schema['pattern'] === 'string') values.push('', '../..', "' OR 1=1 --", 'A'.repeat(70), '\u0000');
  if (typeof schema['maxItems'] === 'number') values.push(Array.from({ length: schema['maxItems'] + 1 }, () => null));
  if (typeof schema['maximum'] === 'number') values.push(schema['maximum'] + 1);
  const inner = choices?.filter(({ type }) => type === 'object').map(spoiled) ?? [];
  return [fc.constantFrom(...values), ...inner];
}
