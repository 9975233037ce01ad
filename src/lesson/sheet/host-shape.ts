/** host.yaml: its keys, and the JSON Schema that is published for editors. */

import { readYaml } from '../../lesson/sheet/read-yaml.ts';
import { createReport, inOrder } from '../../lesson/sheet/report.ts';
import { absolutePath, decimal, integer, SCALAR_DEFINITIONS, size, text, word } from '../../lesson/sheet/scalars.ts';
import { type Infer, type JsonSchema, list, object, optional, scalar } from '../../lesson/sheet/shape.ts';
import type { Source } from '../../lesson/text/decode.ts';
import type { Problem } from '../../model/problem.ts';

const HOSTNAME = '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';
const USER = '^[a-z_][a-z0-9_-]{0,31}$';

const limits = object(
  {
    memory: optional(size, 'Memory that a session may use; 2GiB where it is not given.'),
    pids: optional(integer(16, 1_000_000), 'Processes that a session may have; 512 where it is not given.'),
    cpus: optional(decimal(0.01, 1024), 'Processor cores that a session may use; 1 where it is not given.'),
  },
  'limits',
);

const requires = object(
  {
    users: optional(list(named(USER, 'a user name', 'Use lower-case letters, digits, `-` and `_`.')), 'Users that exist.'),
    commands: optional(list(text('a program')), 'Programs that root can start.'),
    paths: optional(list(absolutePath), 'Files or folders that exist.'),
    ports: optional(list(integer(1, 65_535)), 'TCP ports that something listens on.'),
  },
  'requires',
);

const hostSheet = object(
  {
    title: optional(text('a title'), 'What people call the host; its folder where it is not given.'),
    hostname: optional(named(HOSTNAME, 'a host name', 'Use lower-case letters, digits and `-`.'), 'What the host calls itself.'),
    user: optional(
      named(USER, 'a user name', 'Use lower-case letters, digits, `-` and `_`.'),
      'Whom lessons log in as; ubuntu where it is not given.',
    ),
    network: optional(word(['private', 'shared']), "`private`: only its own loopback; `shared`: the machine's network."),
    limits: optional(limits, 'What a session may use.'),
    base: optional(text('an image'), 'The image a container is made from; debian:bookworm where it is not given.'),
    requires: optional(
      requires,
      'What a host that somebody else prepared (ssh, local) must have; asked before the lesson begins.',
    ),
  },
  'host.yaml',
);

/**
 * Reads host.yaml; an empty one is right and means all defaults.
 * @param source the file.
 */
export function readHostSheet(source: Source): {
  readonly sheet: Infer<typeof hostSheet> | undefined;
  readonly problems: readonly Problem[];
} {
  const report = createReport();
  const value = readYaml(source, report);
  if (value === undefined) return { sheet: report.problems.length === 0 ? {} : undefined, problems: report.problems };
  const sheet = hostSheet.read(value, report);
  const problems = inOrder(report.problems);
  return { sheet: problems.length === 0 ? sheet : undefined, problems };
}

/** The JSON Schema of host.yaml. */
export function hostJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'host.yaml of Lockstep',
    description: 'How a host is called and what it may use; see docs/lesson-format.md.',
    ...hostSheet.json,
    definitions: { size: SCALAR_DEFINITIONS.size, path: SCALAR_DEFINITIONS.path },
  };
}

function named(expression: string, what: string, suggestion: string) {
  return scalar({ type: 'string', pattern: expression }, what, (value, fail) =>
    new RegExp(expression).test(value) ? value : fail('bad-name', `\`${value}\` is not ${what}.`, suggestion),
  );
}
