/**
 * A lesson's text as lines to be read one after the other, by a voice as well as by eyes: no boxes, no columns, nothing
 * that is said by colour or place alone. Pure. Steps stand under the number that runs or writes them.
 */
import { type Inline, type Node, plainText } from '../model/markdown.ts';
import type { StepView } from '../session/view.ts';
import { cleanText } from '../tui/text/clean.ts';
import { lineText, span } from '../tui/text/line.ts';
import { lineBreak, wrapSpans } from '../tui/text/wrap.ts';
import { words } from '../words/words.ts';
import { stepWords } from './plain-words.ts';

/** Text set wider than this is hard to read. */
const measure = 78;

/**
 * The lines of a text.
 * @param nodes the text.
 * @param cols cells of the terminal's line.
 * @param steps the steps that may stand in it, in the order of their numbers.
 */
export function textLines(nodes: readonly Node[], cols: number, steps: readonly StepView[]): readonly string[] {
  const width = Math.max(20, Math.min(cols - 1, measure));
  return apart(nodes.map((node) => nodeLines(node, width, steps)));
}

/**
 * A sentence as lines.
 * @param text one paragraph, its own line breaks are kept.
 * @param cols cells of the terminal's line.
 */
export function wrapped(text: string, cols: number): readonly string[] {
  return setText(text, Math.max(20, Math.min(cols - 1, measure)));
}

function setText(text: string, width: number): readonly string[] {
  const spans = text.split('\n').flatMap((line, index) => [...(index > 0 ? [span(lineBreak)] : []), span(cleanText(line))]);
  return wrapSpans(spans, width).map(lineText);
}

function nodeLines(node: Node, width: number, steps: readonly StepView[]): readonly string[] {
  switch (node.type) {
    case 'heading':
      return setText(`${'#'.repeat(node.depth)} ${said(node.children)}`, width);
    case 'paragraph':
      return setText(said(node.children), width);
    case 'list':
      return node.items.flatMap((item, index) => {
        const mark = node.ordered ? `${node.start + index}. ` : '- ';
        const box = item.checked === undefined ? '' : item.checked ? words().passages.done : words().passages.toDo;
        return indented(`${mark}${box}`, tight(item.children, width - mark.length - box.length, steps));
      });
    case 'quote':
      return apart(node.children.map((child) => nodeLines(child, width - 2, steps))).map((line) => `> ${line}`.trimEnd());
    case 'table':
      return node.rows.flatMap((row) => indented('- ', setText(rowWords(node.header, row), width - 2)));
    case 'code':
      return codeLines(node, steps, width);
    default:
      return ['* * *'];
  }
}

function codeLines(node: Extract<Node, { type: 'code' }>, steps: readonly StepView[], width: number): readonly string[] {
  const at = steps.findIndex((step) => node.block !== undefined && step.block === node.block);
  const step = steps[at];
  const code = quoted(node.text);
  if (!step) return code;
  const instead =
    step.because === undefined
      ? []
      : [...setText(`${step.because} ${words().step.instead}`, width), ...quoted(step.commands.join('\n'))];
  return [`[${at + 1}] ${stepWords(step)}:`, ...code, ...instead];
}

/** Code is not wrapped: it must be read, and copied, as it is. */
function quoted(text: string): readonly string[] {
  return text.split('\n').map((line) => `    ${cleanText(line)}`.trimEnd());
}

/** Two columns are a term and what it means; more are told with the heads of their columns. */
function rowWords(header: readonly (readonly Inline[])[], row: readonly (readonly Inline[])[]): string {
  const cells = row.map(said);
  if (cells.length === 2) return `${cells[0]}: ${cells[1]}`;
  return `${cells.map((cell, column) => `${said(header[column] ?? [])}: ${cell}`).join('; ')}`;
}

/** Inline text with its code in backticks and its links' addresses. */
function said(inlines: readonly Inline[]): string {
  return inlines
    .map((part): string => {
      switch (part.type) {
        case 'text':
          return part.text;
        case 'code':
          return `\`${part.text}\``;
        case 'image':
          return part.alt === '' ? '' : words().passages.picture(part.alt);
        case 'break':
          return '\n';
        case 'link': {
          const text = said(part.children);
          return part.href === plainText(part.children) || part.href.startsWith('#') ? text : `${text} (${part.href})`;
        }
        default:
          return said(part.children);
      }
    })
    .join('');
}

function indented(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`.trimEnd());
}

function tight(nodes: readonly Node[], width: number, steps: readonly StepView[]): readonly string[] {
  const lines = nodes.flatMap((node) => nodeLines(node, Math.max(20, width), steps));
  return lines.length === 0 ? [''] : lines;
}

function apart(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
