/** Short ways to write lesson text in tests. */
import type { Inline, Node } from '../../../src/model/markdown.ts';

/** Running text: `code`, **strong**, *emphasis* and [text](address) are understood, nothing nested. */
export function inlines(text: string): readonly Inline[] {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)]+\))/).filter((part) => part !== '');
  return parts.map((part): Inline => {
    if (part.startsWith('`')) return { type: 'code', text: part.slice(1, -1) };
    if (part.startsWith('**')) return { type: 'strong', children: [{ type: 'text', text: part.slice(2, -2) }] };
    if (part.startsWith('*')) return { type: 'emphasis', children: [{ type: 'text', text: part.slice(1, -1) }] };
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    if (link) return { type: 'link', href: link[2] ?? '', children: [{ type: 'text', text: link[1] ?? '' }] };
    return { type: 'text', text: part };
  });
}

/** A paragraph. */
export function para(text: string): Node {
  return { type: 'paragraph', children: inlines(text) };
}

/** A code block, a step where `block` is given. */
export function code(lang: string, text: string, block?: string): Node {
  return { type: 'code', lang, text, ...(block === undefined ? {} : { block }) };
}

/** A list of one-paragraph items. */
export function bullets(...items: readonly string[]): Node {
  return { type: 'list', ordered: false, start: 1, items: items.map((item) => ({ children: [para(item)] })) };
}

/** A numbered list of one-paragraph items. */
export function numbered(...items: readonly string[]): Node {
  return { type: 'list', ordered: true, start: 1, items: items.map((item) => ({ children: [para(item)] })) };
}
