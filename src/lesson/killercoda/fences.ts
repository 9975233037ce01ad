/** Fences as scenarios write them: with marks behind them, indented as they please, glued to the last line. Pure. */

/** An opening fence. */
export interface OpenFence {
  /** What stands before it on its line: list markers, quote marks, blanks. */
  readonly prefix: string;
  /** What must stand before the lines that belong to it. */
  readonly inner: string;
  readonly fence: string;
  readonly lang: string;
  /** Text of a mark on the opening fence. */
  readonly marker?: string;
  /** A line of its body, moved as far as the fence itself was moved. */
  readonly dedent: (line: string) => string;
}

/** A closing fence. */
export interface CloseFence {
  /** What stands before it on the line and belongs to the body. */
  readonly content: string;
  readonly marker?: string;
  /** Text behind it. */
  readonly tail: string;
}

const OPEN = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)]|>)[ \t]+|>)*)(`{3,}|~{3,})([^`\n]*)$/;

/**
 * The fence that a line opens.
 * @param line the line.
 * @param listOffset where the text of the list item begins that it may belong to; 0 outside of lists.
 */
export function openOf(line: string, listOffset: number): OpenFence | null {
  const found = OPEN.exec(line);
  if (!found) return null;
  const [, written = '', fence = '', info = ''] = found;
  const marker = /\{\{([^{}]*)\}\}/.exec(info)?.[1];
  const lang = /^[\w+#.-]{1,40}/.exec(info.replace(/\{\{[^{}]*\}\}/, '').trim())?.[0] ?? '';
  const blanks = /^[ \t]*$/.test(written);
  const indent = blanks ? columns(written) : 0;
  const wanted = blanks ? indentFor(indent, listOffset) : 0;
  const moved = blanks ? indent - wanted : 0;
  const prefix = blanks ? ' '.repeat(wanted) : written;
  return {
    prefix,
    inner: prefix.replace(/[^>\s]/g, ' '),
    fence,
    lang,
    ...(marker === undefined ? {} : { marker }),
    dedent: (text) => (moved > 0 ? text.replace(new RegExp(`^[ ]{0,${moved}}`), '') : text),
  };
}

/** Markdown takes a fence that is indented by four for text; scenarios mean one all the same. */
function indentFor(indent: number, listOffset: number): number {
  if (indent - listOffset >= 0 && indent - listOffset <= 3) return indent;
  if (indent <= 3) return indent;
  return indent > listOffset ? listOffset : 0;
}

function columns(blanks: string): number {
  return blanks.replaceAll('\t', '    ').length;
}

/**
 * The end of a fence on a line; null where the line belongs to its body.
 * @param line the line.
 * @param open the fence that is open.
 */
export function closeOf(line: string, open: OpenFence): CloseFence | null {
  const mark = open.fence[0] === '~' ? '~' : '`';
  const run = `${mark}{${open.fence.length},}`;
  const alone = new RegExp(`^[ \\t>]*${run}[ \\t]*(?:\\{\\{([^{}]*)\\}\\})?(.*)$`).exec(line);
  if (alone && (alone[1] !== undefined || (alone[2] ?? '').trim() === '')) {
    return { content: '', tail: alone[2] ?? '', ...(alone[1] === undefined ? {} : { marker: alone[1] }) };
  }
  if (mark === '~' || !line.includes('```')) return null;
  const glued = /^([^`]*[^`\s>][^`]*)(`{3,})[ \t]*(?:\{\{([^{}]*)\}\})?[ \t]*$/.exec(line);
  if (!glued || (glued[2] ?? '').length < open.fence.length) return null;
  return { content: glued[1] ?? '', tail: '', ...(glued[3] === undefined ? {} : { marker: glued[3] }) };
}
