/** course.yaml: its keys, and the JSON Schema that is published for editors. */
import type { Source } from '../../lesson/text/decode.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { readYaml } from './read-yaml.ts';
import { createReport, inOrder } from './report.ts';
import { text } from './scalars.ts';
import {
  type Infer,
  type JsonSchema,
  list,
  needed,
  object,
  objectJson,
  optional,
  placed,
  readFields,
  type Shape,
} from './shape.ts';
import { version } from './version-shape.ts';

/** A lesson of a course. */
export interface CourseEntry {
  /** Its folder or markdown file, relative to course.yaml. */
  readonly path: string;
  /** What the course calls it, where that is not the lesson's own title. */
  readonly title?: string;
  readonly at: Place;
}

const ENTRY = {
  lesson: needed(text('a path'), "A lesson's folder or markdown file, relative to this file."),
  title: optional(text('a title'), "What the course calls it; the lesson's own title where it is not given."),
};

const entry: Shape<CourseEntry> = {
  json: { anyOf: [{ type: 'string', minLength: 1 }, objectJson(ENTRY)] },
  read(value, report) {
    if (value.kind !== 'map') {
      const path = text('a path').read(value, report);
      return path === undefined ? undefined : { path: path.trim(), at: value.at };
    }
    const read = readFields(ENTRY, value, 'a lesson of a course', report);
    if (read === undefined) return undefined;
    return { path: read.lesson.trim(), at: value.at, ...(read.title === undefined ? {} : { title: read.title.trim() }) };
  },
};

const courseSheet = object(
  {
    version: needed(version, 'The version of this format: 1.'),
    title: needed(text('a title'), "The course's title."),
    summary: optional(text('a sentence'), 'One sentence about the course.'),
    lessons: needed(placed(list(entry)), 'The lessons, in the order to follow them.'),
  },
  'course.yaml',
);

/** What course.yaml says. */
export type CourseSheet = Infer<typeof courseSheet>;

/**
 * Reads course.yaml.
 * @param source the file.
 */
export function readCourseSheet(source: Source): {
  readonly sheet: CourseSheet | undefined;
  readonly problems: readonly Problem[];
} {
  const report = createReport();
  const value = readYaml(source, report);
  if (value === undefined) {
    const start = { file: source.file, line: 1, column: 1 };
    if (report.problems.length === 0)
      report.error(start, 'empty-yaml', 'The file says nothing.', 'It needs `version`, `title` and `lessons`.');
    return { sheet: undefined, problems: report.problems };
  }
  const sheet = courseSheet.read(value, report);
  return { sheet, problems: inOrder(report.problems) };
}

/** The JSON Schema of course.yaml. */
export function courseJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'course.yaml of Lockstep',
    description: 'Lessons in the order to follow them; see docs/authoring.md.',
    ...courseSheet.json,
  };
}
