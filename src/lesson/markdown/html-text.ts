/** The text that a piece of HTML shows: tags and comments go, line breaks and paragraphs stay. */
import { decodeEntities } from '../../lesson/markdown/entities.ts';

/** Tags that start a new line. */
const BLOCK_TAGS =
  /^(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;
/** Elements whose contents are not text. */
const HIDDEN = new Set(['script', 'style', 'template', 'head']);

/**
 * Paragraphs of text in a block of HTML, each a list of its lines.
 * @param html a block of HTML, possibly with an end missing.
 */
export function htmlParagraphs(html: string): readonly (readonly string[])[] {
  const text = decodeEntities(stripTags(html)).replace(/[ \t]+/g, ' ');
  return text
    .split(/\n ?\u0001? ?\n|\u0001/)
    .map((paragraph) =>
      paragraph
        .split('\u0002')
        .map(squeeze)
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0);
}

/**
 * What one tag in a line of text shows.
 * @param tag the tag or comment as written.
 */
export function inlineTag(tag: string): {
  readonly shows: 'break' | 'image' | 'nothing';
  readonly alt: string;
  readonly source: string;
} {
  const name = nameOf(tag);
  if (name === 'br') return { shows: 'break', alt: '', source: '' };
  if (name !== 'img') return { shows: 'nothing', alt: '', source: '' };
  return { shows: 'image', alt: attribute(tag, 'alt'), source: attribute(tag, 'src') };
}

function squeeze(line: string): string {
  return line.replace(/[ \t\n]+/g, ' ').trim();
}

/** Text with `\u0001` between paragraphs and `\u0002` for line breaks; lesson text itself has no such characters. */
function stripTags(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) break;
    parts.push(html.slice(at, open));
    const tag = readTag(html, open);
    parts.push(tag.shown);
    at = tag.end;
  }
  if (at < html.length) parts.push(html.slice(at));
  return parts.join('');
}

function readTag(html: string, open: number): { readonly shown: string; readonly end: number } {
  if (html.startsWith('<!--', open)) return { shown: '', end: after(html, '-->', open + 4) };
  if (!/[a-z/!?]/i.test(html[open + 1] ?? '')) return { shown: '<', end: open + 1 };
  const end = after(html, '>', open + 1);
  const tag = html.slice(open, end);
  const name = nameOf(tag);
  if (HIDDEN.has(name) && !tag.startsWith('</')) return { shown: '', end: after(html, '>', after(html, `</${name}`, end)) };
  if (name === 'br') return { shown: '\u0002', end };
  if (name === 'img') return { shown: attribute(tag, 'alt'), end };
  return { shown: BLOCK_TAGS.test(name) ? '\u0001' : '', end };
}

/** Index after the next occurrence; the end where there is none. */
function after(html: string, text: string, from: number): number {
  const found = html.indexOf(text, from);
  return found === -1 ? html.length : found + text.length;
}

function nameOf(tag: string): string {
  return /^<\/?([a-z][a-z0-9-]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s{0,8}=\\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, 'i').exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
}
