/** What lesson.yaml says of a fenced block: run it, run something else instead, write it to a file, just show it. */

import { type Report, suggestName } from '../../lesson/sheet/report.ts';
import { absolutePath, integer, on, text, written } from '../../lesson/sheet/scalars.ts';
import {
  type Fields,
  type InferFields,
  list,
  needed,
  objectJson,
  optional,
  readFields,
  type Shape,
} from '../../lesson/sheet/shape.ts';
import { describeValue, type Value } from '../../lesson/sheet/value.ts';
import type { WriteBlock } from '../../model/lesson.ts';
import type { Place } from '../../model/problem.ts';

/** One entry of `blocks`. */
export type BlockSpec =
  | { readonly kind: 'show'; readonly at: Place }
  | {
      readonly kind: 'run';
      /** Other commands than the text's, and why. */
      readonly instead?: { readonly commands: string; readonly because: string };
      /** A terminal for each command, or one for all. */
      readonly terminals: readonly number[] | number;
      readonly optional: boolean;
      readonly at: Place;
    }
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly sudo: boolean;
      readonly mode: WriteBlock['mode'];
      readonly optional: boolean;
      readonly at: Place;
    };

const terminal = integer(1, 9);

const terminals = {
  terminal: optional(terminal, 'The terminal it runs in; another than 1 is for commands that go on, such as a log.'),
  terminals: optional(list(terminal), 'A terminal for each command of the block, in order.'),
  optional: optional(on(), 'The section does not wait for it.'),
};

const RUN = { run: needed(on(), 'Commands to run.'), ...terminals };

const INSTEAD = {
  instead: needed(text('commands'), "Commands to run instead of the text's."),
  because: needed(text('a reason'), 'Why; shown to the learner.'),
  ...terminals,
};

const WRITE = {
  write: needed(absolutePath, 'The file whose contents the block is.'),
  sudo: optional(on(), 'Write it as root.'),
  section: optional(written('the name of a section'), 'Replace this section of an ini file, not the whole file.'),
  append: optional(on(), 'Add it at the end of the file.'),
  optional: optional(on(), 'The section does not wait for it.'),
};

const SHOW = { show: needed(on(), 'Only shown.') };

const WORDS = ['run', 'show'] as const;
const FORMS: Readonly<Record<string, Fields>> = { run: RUN, instead: INSTEAD, write: WRITE, show: SHOW };

/** One entry of `blocks`. */
export const block: Shape<BlockSpec> = {
  json: { anyOf: [{ enum: WORDS }, ...Object.values(FORMS).map(objectJson)] },
  read(value, report) {
    if (value.kind === 'scalar') return blockWord(value.text, value.at, report);
    if (value.kind === 'map') return blockMap(value, report);
    const message = `Expected what the block is here, found ${describeValue(value)}.`;
    report.error(value.at, 'wrong-type', message, 'Write `run`, `show`, or `write: /a/path`.');
    return undefined;
  },
};

function blockWord(word: string, at: Place, report: Report): BlockSpec | undefined {
  if (word === 'show') return { kind: 'show', at };
  if (word === 'run') return { kind: 'run', terminals: 1, optional: false, at };
  report.error(at, 'unknown-block-kind', `A block cannot be \`${word}\`.`, suggestName(word, Object.keys(FORMS)));
  return undefined;
}

function blockMap(map: Extract<Value, { readonly kind: 'map' }>, report: Report): BlockSpec | undefined {
  const has = (key: string) => map.entries.some((entry) => entry.key === key);
  if (has('write')) return writeSpec(readFields(WRITE, map, 'a `write` block', report), map.at, report);
  if (has('instead')) {
    const values = readFields(has('run') ? { ...INSTEAD, ...RUN } : INSTEAD, map, 'an `instead` block', report);
    if (values === undefined) return undefined;
    return runSpec(values, { commands: values.instead, because: values.because.trim() }, map.at, report);
  }
  if (has('run')) return runSpec(readFields(RUN, map, 'a `run` block', report), undefined, map.at, report);
  if (has('show')) return readFields(SHOW, map, 'a `show` block', report) && { kind: 'show', at: map.at };
  const first = map.entries[0];
  const at = first?.at ?? map.at;
  report.error(
    at,
    'unknown-block-kind',
    `\`${first?.key ?? ''}\` does not say what the block is.`,
    suggestName(first?.key ?? '', Object.keys(FORMS)),
  );
  return undefined;
}

function runSpec(
  values: InferFields<typeof terminals> | undefined,
  instead: { readonly commands: string; readonly because: string } | undefined,
  at: Place,
  report: Report,
): BlockSpec | undefined {
  if (values === undefined) return undefined;
  if (values.terminal !== undefined && values.terminals !== undefined) {
    report.error(at, 'contradiction', 'A block has `terminal` or `terminals`, not both.');
    return undefined;
  }
  return {
    kind: 'run',
    ...(instead === undefined ? {} : { instead }),
    terminals: values.terminals ?? values.terminal ?? 1,
    optional: values.optional === true,
    at,
  };
}

function writeSpec(values: InferFields<typeof WRITE> | undefined, at: Place, report: Report): BlockSpec | undefined {
  if (values === undefined) return undefined;
  if (values.section !== undefined && values.append !== undefined) {
    report.error(at, 'contradiction', 'A file block replaces a `section` or is appended (`append`), not both.');
    return undefined;
  }
  return {
    kind: 'write',
    path: values.write,
    sudo: values.sudo === true,
    mode: modeOf(values),
    optional: values.optional === true,
    at,
  };
}

function modeOf({ section, append }: InferFields<typeof WRITE>): WriteBlock['mode'] {
  if (section !== undefined) return { how: 'section', section };
  return append === true ? { how: 'append' } : { how: 'replace' };
}
