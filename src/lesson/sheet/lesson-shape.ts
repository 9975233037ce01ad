/** lesson.yaml as a whole: its keys, and the JSON Schema that is published for editors. */
import { CHECK_DEFINITIONS, check } from '../../lesson/checks/check-shape.ts';
import { block } from '../../lesson/sheet/block-shape.ts';
import {
  absolutePath,
  duration,
  integer,
  lessonId,
  mode,
  ownPath,
  SCALAR_DEFINITIONS,
  text,
  url,
  word,
  written,
} from '../../lesson/sheet/scalars.ts';
import {
  type Infer,
  type JsonSchema,
  list,
  needed,
  object,
  oneOrMore,
  optional,
  placed,
  record,
  type Shape,
} from '../../lesson/sheet/shape.ts';
import { version } from '../../lesson/sheet/version-shape.ts';

const monitor = object(
  {
    http: needed(url, 'Where requests go, from the host.'),
    every: optional(duration, 'The time between two requests; 200ms where it is not given.'),
    expect: optional(word(['no failure']), '`no failure`: the section also checks that no request fails.'),
  },
  'a monitor',
);

const asset = object(
  {
    file: needed(ownPath, 'A file beside lesson.yaml.'),
    to: needed(absolutePath, 'Where on the host it goes, its name included.'),
    mode: optional(mode, 'Its mode in octal digits.'),
  },
  'a file to copy',
);

const section = object(
  {
    blocks: optional(placed(emptyOr(list(block))), 'What each fenced block of the section is, in the order of the text.'),
    checks: optional(emptyOr(list(check)), 'What must hold for the section to be done.'),
    hints: optional(oneOrMore(text('a hint')), 'Help for the section as a whole, revealed one at a time.'),
    explain: optional(text('markdown'), 'Markdown that is shown once the section is done.'),
    monitor: optional(placed(monitor), 'Requests that are sent while the section is open.'),
    solution: optional(oneOrMore(text('commands')), 'Commands that solve the section where its blocks alone do not.'),
    background: optional(placed(ownPath), 'A script that is started unseen, as root, when the section opens.'),
    foreground: optional(placed(ownPath), "A script that the learner's shell reads when the section opens."),
  },
  'a section',
);

/** lesson.yaml. */
export const lessonSheet = object(
  {
    version: needed(version, 'The version of this format: 1.'),
    id: optional(
      lessonId,
      "The lesson's own name: with it, progress is found wherever its folder lies and whatever it is called.",
    ),
    host: optional(placed(text('the name of a host')), 'A folder in fixtures/hosts, or the path of one.'),
    user: optional(written('a user'), "Whom the learner's shell runs as."),
    title: optional(text('a title'), "The lesson's title; the text's `#` heading where it is not given."),
    summary: optional(text('a sentence'), 'One sentence for lists of lessons.'),
    minutes: optional(integer(1, 10_000), 'About how long it takes.'),
    text: optional(text('a path'), 'The markdown file, relative to this one; lesson.md where it is not given.'),
    section_level: optional(integer(1, 6), 'The level of the headings that start a section; 2 where it is not given.'),
    assets: optional(list(asset), "Files that are copied to the host before the first section, as root's."),
    sections: optional(record(section, 'sections'), "Sections by their heading's slug."),
  },
  'lesson.yaml',
);

/** What lesson.yaml says. */
export type LessonSheet = Infer<typeof lessonSheet>;

/** What lesson.yaml says of one section. */
export type SectionSheet = Infer<typeof section>;

/** The JSON Schema of lesson.yaml. */
export function lessonJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'lesson.yaml of Lockstep',
    description: "What a machine needs beside a lesson's markdown; see docs/lesson-format.md.",
    ...lessonSheet.json,
    definitions: { ...SCALAR_DEFINITIONS, ...CHECK_DEFINITIONS },
  };
}

/** A list that may be empty (`blocks: []` for a section without fences). */
function emptyOr<T>(shape: Shape<readonly T[]>): Shape<readonly T[]> {
  return {
    json: { ...shape.json, minItems: 0 },
    read: (value, report) => (value.kind === 'list' && value.items.length === 0 ? [] : shape.read(value, report)),
  };
}
