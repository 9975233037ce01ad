/**
 * What a YAML file says, as plain data that knows where it stands. Scalars are the text as written: whether `0644`
 * or `True` is a number, a switch or just text is for the key to say, not for YAML.
 */
import type { Place } from '../../model/problem.ts';

/** One key with its value. */
export interface Entry {
  readonly key: string;
  readonly at: Place;
  readonly value: Value;
}

/** A value with its place. `nothing` is a key without a value. */
export type Value =
  | { readonly kind: 'scalar'; readonly text: string; readonly at: Place }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly at: Place }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly at: Place }
  | { readonly kind: 'nothing'; readonly at: Place };

/**
 * Names the kind of a value in a sentence.
 * @param value any value.
 */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return `\`${shorten(value.text)}\``;
    case 'list':
      return 'a list';
    case 'map':
      return 'keys with values';
    case 'nothing':
      return 'nothing';
  }
}

/**
 * Text for a sentence: one line, not too long.
 * @param text as written.
 */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
