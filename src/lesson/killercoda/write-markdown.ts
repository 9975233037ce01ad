/** Nodes of a lesson back to markdown, with a scenario's marks behind the blocks that are run or written. Pure. */
import type { Block, Command, RunBlock, WriteBlock } from '../../model/lesson.ts';
import type { Inline, Node } from '../../model/markdown.ts';

/**
 * Markdown of some nodes.
 * @param nodes the text.
 * @param blocks the blocks whose ids stand in it.
 */
export function writeMarkdown(nodes: readonly Node[], blocks: readonly Block[]): string {
  return nodes.map((node) => writeNode(node, blocks)).join('\n\n');
}

function writeNode(node: Node, blocks: readonly Block[]): string {
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, node.depth))} ${oneLine(writeInlines(node.children))}`;
    case 'paragraph':
      return guardStart(writeInlines(node.children));
    case 'list':
      return node.items.map((item, index) => writeItem(node, item, index, blocks)).join('\n');
    case 'quote':
      return indent(writeMarkdown(node.children, blocks), '> ', '> ');
    case 'table':
      return writeTable(node);
    case 'code':
      return writeCode(node, blocks);
    case 'rule':
      return '---';
  }
}

type ListNode = Extract<Node, { type: 'list' }>;

function writeItem(list: ListNode, item: ListNode['items'][number], index: number, blocks: readonly Block[]): string {
  const bullet = list.ordered ? `${list.start + index}. ` : '- ';
  const tick = item.checked === undefined ? '' : item.checked ? '[x] ' : '[ ] ';
  return indent(`${tick}${writeMarkdown(item.children, blocks)}`, bullet, ' '.repeat(bullet.length));
}

function indent(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .join('\n');
}

function writeTable({ align, header, rows }: Extract<Node, { type: 'table' }>): string {
  const cell = (inlines: readonly Inline[]) => oneLine(writeInlines(inlines)).replaceAll('|', '\\|');
  const marks = { left: ':--', center: ':-:', right: '--:' } as const;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = align.map((each) => (each === null ? '---' : marks[each]));
  return [row(header.map(cell)), row(rule), ...rows.map((each) => row(each.map(cell)))].join('\n');
}

function writeCode(node: Extract<Node, { type: 'code' }>, blocks: readonly Block[]): string {
  const block = blocks.find(({ id }) => id === node.block);
  if (block === undefined) return fence(node.lang, node.text, '');
  return block.kind === 'run' ? writeRun(node, block) : writeFile(node, block);
}

/** A block whose text says something else than is run (prompts, sample output, other commands) is shown before it. */
function writeRun(node: Extract<Node, { type: 'code' }>, block: RunBlock): string {
  const own = block.commands.map((command) => command.text).join('\n');
  const same = node.text.replace(/^\$ /gm, '').trim() === own.trim();
  const runs = byTyping(block.commands).map(([first, ...more]) =>
    fence('bash', [first, ...more].map((command) => command?.text ?? '').join('\n'), first === undefined ? '' : markOf(first)),
  );
  const because = block.because === undefined ? [] : [block.because];
  return [...(same ? [] : [fence(node.lang, node.text, '')]), ...because, ...runs].join('\n\n');
}

/** Neighbours that are typed in the same way go in together. */
function byTyping(commands: readonly Command[]): readonly (readonly Command[])[] {
  const groups: Command[][] = [];
  for (const command of commands) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && markOf(last[0]) === markOf(command)) last.push(command);
    else groups.push([command]);
  }
  return groups;
}

function markOf({ terminal, keys }: Command): string {
  const words = [
    ...(terminal === 1 ? [] : [`T${terminal}`]),
    ...(keys?.interrupt ? ['interrupt'] : []),
    ...(keys?.noEnter ? ['no-newline'] : []),
    ...(keys?.sequence ? ['ctrl-seq'] : []),
  ];
  return words.length === 0 ? '{{exec}}' : `{{execute ${words.join(' ')}}}`;
}

/** Where a scenario's own way cannot say it, the contents go to a file beside and a command puts them in place. */
function writeFile(node: Extract<Node, { type: 'code' }>, block: WriteBlock): string {
  const { mode, path, content } = block;
  if (mode.how !== 'section') {
    const marker = mode.how === 'insert' ? ` data-marker="${escapeHtml(mode.marker)}"` : '';
    return preFile(path, mode.how, content, marker);
  }
  const beside = `/tmp/${path.slice(path.lastIndexOf('/') + 1)}.section`;
  const command = `replace-section '${path}' '${mode.section.replaceAll("'", "'\\''")}' ${beside}`;
  return [preFile(beside, 'replace', node.text, ''), fence('bash', command, '{{exec}}')].join('\n\n');
}

function preFile(path: string, target: string, content: string, more: string): string {
  const text = escapeHtml(content.replace(/\n$/, ''));
  return `<pre class="file" data-filename="${escapeHtml(path)}" data-target="${target}"${more}>\n${text}\n</pre>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * A fenced block.
 * @param lang its language; may be empty.
 * @param text what is in it.
 * @param mark what stands behind the closing fence.
 */
export function fence(lang: string, text: string, mark: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${lang}\n${text}\n${ticks}${mark}`;
}

function writeInlines(inlines: readonly Inline[]): string {
  return inlines.map(writeInline).join('');
}

function writeInline(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return inline.text.replace(/[\\`*_[\]<>~&]/g, '\\$&');
    case 'code':
      return codeSpan(inline.text);
    case 'strong':
      return `**${writeInlines(inline.children)}**`;
    case 'emphasis':
      return `*${writeInlines(inline.children)}*`;
    case 'strike':
      return `~~${writeInlines(inline.children)}~~`;
    case 'link':
      return `[${writeInlines(inline.children)}](<${inline.href.replace(/[<>]/g, encodeURIComponent)}>)`;
    case 'image':
      return `![${inline.alt.replace(/[[\]]/g, '\\$&')}](<${inline.href.replace(/[<>]/g, encodeURIComponent)}>)`;
    case 'break':
      return '\\\n';
  }
}

function codeSpan(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const ticks = '`'.repeat(length);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  // A scenario copies single-line code by default; an empty mark turns that off.
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** What would start another sort of block. */
function guardStart(text: string): string {
  return text.replace(/^(\s*)([#+-]|\d{1,9}[.)])(?=\s|$)/gm, (_, blanks: string, mark: string) =>
    /^\d/.test(mark) ? `${blanks}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${blanks}\\${mark}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/\\?\n/g, ' ');
}
