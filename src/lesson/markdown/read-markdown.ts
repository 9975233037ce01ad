/**
 * Markdown text to the model's nodes, with the lines on which headings and fences stand.
 * Knows nothing of lessons: what a fence is for is said elsewhere.
 */
import type { Token, Tokens } from 'marked';
import { htmlParagraphs } from '../../lesson/markdown/html-text.ts';
import { inlinesOf } from '../../lesson/markdown/inlines.ts';
import { type Complexity, lexMarkdown, tooComplex } from '../../lesson/markdown/lexer.ts';
import type { Align, ListItem, Node } from '../../model/markdown.ts';

/** A code node; the same object stands in the tree of nodes. */
export type CodeNode = Extract<Node, { readonly type: 'code' }>;

/** A fenced block, wherever it stands: at top level, in a list, in a quote. */
export interface Fence {
  readonly node: CodeNode;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly closed: boolean;
  /** How many characters its opening fence has. */
  readonly width: number;
  /** The whole info string, as written. */
  readonly info: string;
}

/** A node at top level with what stands in it. */
export interface Piece {
  readonly node: Node;
  /** From 1. */
  readonly line: number;
  readonly fences: readonly Fence[];
}

/** A text read, or why it cannot be. */
export type MarkdownResult =
  | { readonly ok: true; readonly pieces: readonly Piece[] }
  | { readonly ok: false; readonly complexity: Complexity };

/**
 * Reads a text. Time is bounded: texts that no person would write are refused.
 * @param text markdown without unsafe characters (`safeText`) and with `\n` line ends.
 */
export function readMarkdown(text: string): MarkdownResult {
  const complexity = tooComplex(text);
  if (complexity !== null) return { ok: false, complexity };
  const lines = text.split('\n');
  const pieces: Piece[] = [];
  let line = 1;
  try {
    for (const token of lexMarkdown(text)) {
      const reader = createReader(lines, line);
      const nodes = reader.nodesOf([token]);
      // Only HTML makes several nodes, and there are no fences in it.
      for (const [index, node] of nodes.entries()) pieces.push({ node, line, fences: index === 0 ? reader.fences : [] });
      line += newlines(token.raw);
    }
  } catch (thrown) {
    // The library recurses; what the check above let pass may still be too deep for the stack.
    if (!(thrown instanceof RangeError)) throw thrown;
    return { ok: false, complexity: { line, message: 'The text is nested too deeply here.' } };
  }
  return { ok: true, pieces };
}

/**
 * Nodes of a short text such as an explanation in lesson.yaml; a text that cannot be read is one plain paragraph.
 * @param text markdown without unsafe characters.
 */
export function readShortMarkdown(text: string): readonly Node[] {
  const result = readMarkdown(text);
  if (result.ok) return result.pieces.map((piece) => piece.node);
  return [{ type: 'paragraph', children: [{ type: 'text', text }] }];
}

interface Reader {
  readonly fences: Fence[];
  nodesOf(tokens: readonly Token[] | undefined): readonly Node[];
}

function createReader(lines: readonly string[], start: number): Reader {
  const fences: Fence[] = [];
  // Tokens have no positions: fences are met in the order of the text, so each is looked for below the last.
  let from = start;

  function nodesOf(tokens: readonly Token[] | undefined): readonly Node[] {
    return (tokens ?? []).flatMap((token) => nodeOf(token));
  }

  function nodeOf(token: Token): readonly Node[] {
    switch (token.type) {
      case 'heading':
        return [{ type: 'heading', depth: (token as Tokens.Heading).depth, children: inlinesOf(token.tokens) }];
      case 'paragraph':
      case 'text':
        return paragraph(token as Tokens.Paragraph);
      case 'list':
        return [listOf(token as Tokens.List)];
      case 'blockquote':
        return [{ type: 'quote', children: nodesOf(token.tokens) }];
      case 'table':
        return [tableOf(token as Tokens.Table)];
      case 'code':
        return [codeOf(token as Tokens.Code)];
      case 'hr':
        return [{ type: 'rule' }];
      case 'html':
        return htmlParagraphs((token as Tokens.HTML).text).map(linesToParagraph);
      default:
        return [];
    }
  }

  function listOf(token: Tokens.List): Node {
    const items: ListItem[] = token.items.map((item) => {
      const children = nodesOf(item.tokens);
      return item.task ? { checked: item.checked === true, children } : { children };
    });
    return { type: 'list', ordered: token.ordered, start: typeof token.start === 'number' ? token.start : 1, items };
  }

  function codeOf(token: Tokens.Code): Node {
    const node: CodeNode = { type: 'code', lang: languageOf(token.lang ?? ''), text: token.text };
    if (token.codeBlockStyle !== 'indented') {
      const written = token.raw.trimStart();
      const opening = written.split('\n', 1)[0] ?? '';
      from = lineOf(lines, opening.trimEnd(), from);
      const fence = /^(?:`{3,}|~{3,})/.exec(opening)?.[0] ?? '```';
      fences.push({ node, line: from, closed: isClosed(written, opening, fence), width: fence.length, info: token.lang ?? '' });
      from += Math.max(1, newlines(token.raw));
    }
    return node;
  }

  return { fences, nodesOf };
}

function paragraph(token: Tokens.Paragraph | Tokens.Text): readonly Node[] {
  const children = inlinesOf(token.tokens ?? [token]);
  return children.length === 0 ? [] : [{ type: 'paragraph', children }];
}

function tableOf(token: Tokens.Table): Node {
  return {
    type: 'table',
    align: token.align.map((align): Align => align),
    header: token.header.map((cell) => inlinesOf(cell.tokens)),
    rows: token.rows.map((row) => row.map((cell) => inlinesOf(cell.tokens))),
  };
}

function linesToParagraph(lines: readonly string[]): Node {
  return {
    type: 'paragraph',
    children: lines.flatMap((text, index) =>
      index === 0 ? [{ type: 'text', text }] : [{ type: 'break' }, { type: 'text', text }],
    ),
  };
}

/** The language of an info string: its first word, in lower case, without attributes. */
function languageOf(info: string): string {
  return /^\{?\.?([\w+#-]{1,40})/.exec(info.trim())?.[1]?.toLowerCase() ?? '';
}

/** The next line, from one on, that ends in an opening fence; the line to start from where it is not found. */
function lineOf(lines: readonly string[], opening: string, from: number): number {
  for (let line = from; line <= lines.length; line++) {
    if ((lines[line - 1] ?? '').trimEnd().endsWith(opening)) return line;
  }
  return from;
}

function isClosed(raw: string, opening: string, fence: string): boolean {
  const last =
    raw
      .trimEnd()
      .slice(opening.length)
      .split('\n')
      .at(-1)
      ?.replace(/^[ \t>]+/, '') ?? '';
  return last.length >= fence.length && last === (fence[0] ?? '`').repeat(last.length);
}

function newlines(raw: string): number {
  let count = 0;
  for (let at = raw.indexOf('\n'); at !== -1; at = raw.indexOf('\n', at + 1)) count++;
  return count;
}
