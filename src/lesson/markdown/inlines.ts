/** Inline tokens of the markdown library to the model's runs of text. */
import type { Token, Tokens } from 'marked';
import { decodeEntities } from '../../lesson/markdown/entities.ts';
import { inlineTag } from '../../lesson/markdown/html-text.ts';
import { safeText } from '../../lesson/text/safe-text.ts';
import type { Inline } from '../../model/markdown.ts';

/**
 * Runs of text; neighbouring plain runs are joined, soft line ends are spaces.
 * @param tokens inline tokens.
 */
export function inlinesOf(tokens: readonly Token[] | undefined): readonly Inline[] {
  const inlines: Inline[] = [];
  for (const token of tokens ?? []) {
    for (const inline of inlineOf(token)) append(inlines, inline);
  }
  return inlines;
}

function append(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (inline.type === 'text' && last?.type === 'text') {
    inlines[inlines.length - 1] = { type: 'text', text: last.text + inline.text };
  } else if (inline.type !== 'text' || inline.text !== '') {
    inlines.push(inline);
  }
}

function inlineOf(token: Token): readonly Inline[] {
  switch (token.type) {
    case 'strong':
      return [{ type: 'strong', children: inlinesOf(token.tokens) }];
    case 'em':
      return [{ type: 'emphasis', children: inlinesOf(token.tokens) }];
    case 'del':
      return [{ type: 'strike', children: inlinesOf(token.tokens) }];
    case 'codespan':
      return [{ type: 'code', text: (token as Tokens.Codespan).text.replaceAll('\n', ' ') }];
    case 'link':
      return [{ type: 'link', href: address((token as Tokens.Link).href), children: inlinesOf(token.tokens) }];
    case 'image':
      return [imageOf(token as Tokens.Image)];
    case 'br':
      return [{ type: 'break' }];
    case 'html':
      return tagOf(token.raw);
    case 'checkbox':
    case 'def':
      return [];
    case 'text':
      return token.tokens === undefined ? plain(token.raw) : inlinesOf(token.tokens);
    default:
      return plain('text' in token && typeof token.text === 'string' ? token.text : token.raw);
  }
}

function plain(text: string): readonly Inline[] {
  return [{ type: 'text', text: softBreaks(decodeEntities(text)) }];
}

/** Line ends and the blanks around them are one space. (Not by one expression: that takes quadratic time on blanks.) */
function softBreaks(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  const last = lines.length - 1;
  return lines.map((line, index) => (index === 0 ? line.trimEnd() : index === last ? line.trimStart() : line.trim())).join(' ');
}

function imageOf(token: Tokens.Image): Inline {
  return { type: 'image', href: address(token.href), alt: decodeEntities(token.text) };
}

function tagOf(tag: string): readonly Inline[] {
  const { shows, alt, source } = inlineTag(tag);
  if (shows === 'break') return [{ type: 'break' }];
  return shows === 'image' ? [{ type: 'image', href: address(source), alt }] : [];
}

function address(href: string): string {
  return safeText(decodeEntities(href)).replace(/\s/g, '%20');
}
