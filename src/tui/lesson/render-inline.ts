/** Running text of a lesson as styled spans: emphasis, code, links with their address. */
import { type Inline, plainText } from '../../model/markdown.ts';
import { plainStyle, type Span, type Style } from '../../tui/text/line.ts';
import { lineBreak } from '../../tui/text/wrap.ts';
import { words } from '../../words/words.ts';

/**
 * The spans of running text; a span of `lineBreak` ends a line.
 * @param inlines the text.
 * @param style what it stands in, e.g. bold in a heading.
 */
export function inlineSpans(inlines: readonly Inline[], style: Style = plainStyle): readonly Span[] {
  return inlines.flatMap((part): readonly Span[] => {
    switch (part.type) {
      case 'text':
        return [{ text: part.text, style }];
      case 'code':
        return [{ text: part.text, style: { ...style, tone: 'accent' } }];
      case 'strong':
        return inlineSpans(part.children, { ...style, bold: true });
      case 'emphasis':
        return inlineSpans(part.children, { ...style, italic: true });
      case 'strike':
        return inlineSpans(part.children, { ...style, strike: true });
      case 'link':
        return linkSpans(part, style);
      case 'image':
        return [{ text: words().lesson.picture(part.alt || part.href), style: { ...style, dim: true } }];
      default:
        return [{ text: lineBreak, style }];
    }
  });
}

/** The link's text underlined, its address after it where the text does not already say it. */
function linkSpans(link: Extract<Inline, { type: 'link' }>, style: Style): readonly Span[] {
  const text = plainText(link.children);
  const underlined = inlineSpans(link.children, { ...style, underline: true });
  const bare = link.href.replace(/^(?:https?:\/\/|mailto:)/, '');
  const said = text === link.href || text === bare || link.href.startsWith('#') || link.href === '';
  return said
    ? underlined
    : [...underlined, { text: ' ', style }, { text: `(${bare.replace(/\/$/, '')})`, style: { ...style, dim: true } }];
}
