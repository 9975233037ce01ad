/**
 * The reference part of docs/authoring.md: every key of lesson.yaml and course.yaml, every kind of check, every reason
 * that a check can fail for. Pure: made from the JSON Schemas, whose descriptions stand in the code, and nothing else.
 */

/**
 * The whole reference.
 * @param {{ readonly lesson: object, readonly course: object, readonly reasons: Readonly<Record<string, string>> }} sources
 * @returns {string} markdown, without a newline at its ends.
 */
export function authoringReference({ lesson, course, reasons }) {
  const section = lesson.properties.sections.additionalProperties;
  const blocks = section.properties.blocks.items.anyOf.filter(({ properties }) => properties);
  const kinds = lesson.definitions.check.anyOf;
  const common = commonKeys(kinds);
  const parts = [
    heading(3, 'lesson.yaml'),
    keyTable(lesson),
    heading(3, 'A section'),
    keyTable(section),
    heading(3, 'A block'),
    'One word, `run` or `show`, or one of these:',
    ...blocks.flatMap((block) => [heading(4, `\`${firstKey(block)}\``), keyTable(block)]),
    heading(3, 'A monitor'),
    keyTable(section.properties.monitor),
    heading(3, 'Keys of every check'),
    keyTable({ properties: Object.fromEntries(common.map((key) => [key, kinds[0].properties[key]])) }),
    heading(3, 'Kinds of check'),
    ...kinds.flatMap((kind) => kindParts(kind, common)),
    heading(3, 'Values'),
    table(
      ['name', 'what it is'],
      ['duration', 'size', 'path', 'pattern'].map((name) => [name, lesson.definitions[name].description]),
    ),
    heading(3, 'course.yaml'),
    keyTable(course),
    heading(3, 'Reasons'),
    'What a check fails for. Wrong answers name them, and so do reports.',
    table(
      ['reason', 'what it means'],
      Object.entries(reasons).map(([reason, meaning]) => [`\`${reason}\``, meaning]),
    ),
  ];
  return parts.join('\n\n');
}

function kindParts(kind, common) {
  const name = firstKey(kind);
  const own = Object.fromEntries(Object.entries(kind.properties).filter(([key]) => key !== name && !common.includes(key)));
  const more = Object.keys(own).length > 0 ? [keyTable({ properties: own, required: kind.required })] : [];
  return [heading(4, `\`${name}\``), `${kind.description} Its value: ${wordsFor(kind.properties[name])}.`, ...more];
}

/** Keys that every kind has. */
function commonKeys(kinds) {
  return Object.keys(kinds[0].properties).filter((key) => kinds.every(({ properties }) => key in properties));
}

function firstKey({ properties }) {
  return Object.keys(properties)[0];
}

function keyTable({ properties, required = [] }) {
  const rows = Object.entries(properties).map(([key, schema]) => [
    `\`${key}\``,
    `${shortWordsFor(schema)}${required.includes(key) ? ', needed' : ''}`,
    schema.description ?? '',
  ]);
  return table(['key', 'value', 'what for'], rows);
}

/** What is too long for a table has a heading of its own. */
function shortWordsFor(schema) {
  const text = wordsFor(schema);
  return text.length > 140 ? 'see below' : text;
}

/** What a value looks like, in words. */
function wordsFor(schema) {
  if (schema.$ref) return `a ${schema.$ref.split('/').at(-1)}`;
  if (schema.allOf) return wordsFor(schema.allOf[0]);
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(wordsFor))].join(', or ');
  if (schema.type === 'array') return `a list of: ${wordsFor(schema.items)}`;
  if (schema.type === 'object') return mapOf(schema);
  return wordOf(schema.type);
}

function mapOf({ properties, additionalProperties }) {
  if (properties)
    return `keys ${Object.keys(properties)
      .map((key) => `\`${key}\``)
      .join(', ')}`;
  return `a name for each of: ${wordsFor(additionalProperties ?? {})}`;
}

function wordOf(type) {
  const names = { string: 'text', integer: 'a whole number', number: 'a number', boolean: '`true` or `false`' };
  return names[[type].flat()[0]] ?? 'text';
}

function heading(level, text) {
  return `${'#'.repeat(level)} ${text}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
