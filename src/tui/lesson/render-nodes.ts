/**
 * Sets a lesson's text for a width: headings, paragraphs, lists, quotes, tables, code. Pure: nodes in, styled lines out,
 * rendered once for a width and then only sliced. It knows nothing of sessions but what a block's step says about it.
 */
import type { Node } from '../../model/markdown.ts';
import { boldStyle, dimStyle, type Line, span } from '../../tui/text/line.ts';
import { wrapSpans } from '../../tui/text/wrap.ts';
import { renderCode } from './render-code.ts';
import { inlineSpans } from './render-inline.ts';
import type { RenderOptions } from './render-options.ts';
import { renderStep } from './render-step.ts';
import { renderTable } from './render-table.ts';
import { onlyLines, prefix, type Rendered, stack } from './rendered.ts';

const bullets = ['•', '◦', '▪'];

/**
 * The lines of the nodes, blocks apart by an empty line, with the places of their steps.
 * @param nodes the text.
 * @param width cells of a line, at least 10.
 * @param options steps and selection.
 */
export function renderNodes(nodes: readonly Node[], width: number, options: RenderOptions = {}): Rendered {
  return renderAt(nodes, Math.max(10, width), options, 0);
}

function renderAt(nodes: readonly Node[], width: number, options: RenderOptions, depth: number): Rendered {
  return stack(
    nodes.map((node) => renderNode(node, width, options, depth)),
    1,
  );
}

function renderNode(node: Node, width: number, options: RenderOptions, depth: number): Rendered {
  switch (node.type) {
    case 'heading':
      return onlyLines(renderHeading(node, width));
    case 'paragraph':
      return onlyLines(wrapSpans(inlineSpans(node.children), width));
    case 'list':
      return renderList(node, width, options, depth);
    case 'quote': {
      const bar: Line = [span('▎ ', dimStyle)];
      return prefix(renderAt(node.children, Math.max(8, width - 2), options, depth), bar, bar);
    }
    case 'table':
      return onlyLines(renderTable(node, width));
    case 'code': {
      const step = node.block === undefined ? undefined : options.steps?.get(node.block);
      return step ? renderStep(node, step, width, options) : onlyLines(renderCode(node.lang, node.text, width));
    }
    default:
      return onlyLines([[span('─'.repeat(width), dimStyle)]]);
  }
}

function renderHeading(node: Extract<Node, { type: 'heading' }>, width: number): readonly Line[] {
  const lines = wrapSpans(inlineSpans(node.children, node.depth <= 2 ? { bold: true, underline: true } : boldStyle), width);
  return lines;
}

function renderList(node: Extract<Node, { type: 'list' }>, width: number, options: RenderOptions, depth: number): Rendered {
  const last = String(node.start + node.items.length - 1);
  const airy = node.items.some((item) => item.children.filter((child) => child.type !== 'list').length > 1);
  const items = node.items.map((item, index) => {
    const number = String(node.start + index).padStart(last.length);
    const mark = node.ordered ? `${number}. ` : `${bullets[depth % bullets.length]} `;
    const box = item.checked === undefined ? '' : item.checked ? '[✓] ' : '[ ] ';
    const indent = node.ordered ? mark.length : 2;
    const used = indent + box.length;
    const content = stackItem(item.children, Math.max(8, width - used), options, depth + 1);
    const shown = content.lines.length === 0 ? onlyLines([[]]) : content;
    return prefix(shown, [span(mark, dimStyle), span(box)], [span(' '.repeat(used))]);
  });
  return stack(items, airy ? 1 : 0);
}

/** Inside an item, a nested list follows its text without an empty line. */
function stackItem(nodes: readonly Node[], width: number, options: RenderOptions, depth: number): Rendered {
  return nodes.reduce<Rendered>(
    (above, node) => stack([above, renderNode(node, width, options, depth)], node.type === 'list' ? 0 : 1),
    onlyLines([]),
  );
}
