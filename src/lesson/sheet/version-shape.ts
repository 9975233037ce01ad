/** The version that every sheet of Lockstep's own begins with. */
import { type Shape, scalar } from './shape.ts';
import { shorten } from './value.ts';

/** `1`, and nothing else so far. */
export const version: Shape<1> = scalar({ const: 1 }, 'the version of the format', (value, fail) =>
  value === '1'
    ? 1
    : fail('unknown-version', `This program reads version 1 of the format, not \`${shorten(value)}\`.`, 'Write `version: 1`.'),
);
