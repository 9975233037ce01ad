/**
 * The markdown library's lexer, held to bounded time. Other files of this folder see its tokens; nobody else does.
 *
 * Its own rules for text and bare addresses, and its search for emphasis, take time quadratic in the length of a
 * paragraph (measured with marked 18.2: 20 s for 200 kB of `***a** `), so the first two are replaced and
 * paragraphs that no person would write are taken as plain text.
 */
import { Lexer, Marked, type Token, type TokensList } from 'marked';

/** Beyond these a paragraph's inline styles are not looked for. */
const MAX_INLINE = 16_384;
const MAX_DELIMITERS = 600;

const STOP = /[\\<![`*~_]|https?:\/\/| {2}\n/g;
const ADDRESS = /^https?:\/\/[^\s<>"'`]{1,2000}/;

class BoundedLexer extends Lexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length <= MAX_INLINE && delimiters(src) <= MAX_DELIMITERS) return super.inlineTokens(src, tokens);
    tokens.push({ type: 'text', raw: src, text: src, escaped: false });
    return tokens;
  }
}

function delimiters(src: string): number {
  let count = 0;
  for (let at = 0; at < src.length; at++) {
    const character = src[at];
    if (character === '*' || character === '_' || character === '~') count++;
  }
  return count;
}

/**
 * The tokens of a text, inline ones included.
 * @param text markdown that `tooComplex` let pass.
 */
export function lexMarkdown(text: string): TokensList {
  const stop = new RegExp(STOP);
  const marked = new Marked({
    gfm: true,
    tokenizer: {
      inlineText(src) {
        stop.lastIndex = 1;
        const found = stop.exec(src);
        const raw = found === null ? src : src.slice(0, found.index);
        return { type: 'text', raw, text: raw, escaped: false };
      },
      url(src) {
        const found = ADDRESS.exec(src)?.[0];
        const raw = found === undefined ? '' : trimAddress(found);
        if (raw.length < 9) return undefined;
        const shown: Token = { type: 'text', raw, text: raw, escaped: false };
        return { type: 'link', raw, text: raw, href: raw, tokens: [shown] };
      },
    },
  });
  return new BoundedLexer(marked.defaults).lex(text);
}

/** An address in running text ends before the sentence's punctuation and before a bracket it did not open. */
function trimAddress(address: string): string {
  const end = address.search(/[?!.,:;*_~'")\]}]+$/);
  if (end === -1) return address;
  const tail = address.slice(end);
  return tail.startsWith(')') && address.slice(0, end).includes('(') ? address.slice(0, end + 1) : address.slice(0, end);
}

/** Where a text is nested or wound so that no lexer would get through it in bounded time. */
export interface Complexity {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

const MAX_NESTING = 50;
const MAX_INDENT = 200;
const MAX_LAZY = 1000;

/**
 * Finds quotes and lists nested too deeply, and quotes whose depth changes too often without an empty line.
 * @param text markdown.
 */
export function tooComplex(text: string): Complexity | null {
  let lazy = 0;
  let depthBefore = 0;
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    const prefix = /^(?:[ \t]{0,200}(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/.exec(line)?.[0] ?? '';
    const depth = prefix.replace(/[^>]/g, '').length;
    if (markers(prefix) > MAX_NESTING)
      return { line: number, message: `Quotes or lists are nested more than ${MAX_NESTING} deep here.` };
    if (/^[ \t]{201,}(?:[-+*]|\d{1,9}[.)])[ \t]/.test(line)) {
      return { line: number, message: `A list item is indented by more than ${MAX_INDENT} columns here.` };
    }
    if (line.trim() === '') lazy = 0;
    else if (depth !== depthBefore && (depth > 0 || depthBefore > 0)) lazy++;
    if (lazy > MAX_LAZY) return { line: number, message: 'Quotes start and end too often without an empty line here.' };
    depthBefore = depth;
  }
  return null;
}

function markers(prefix: string): number {
  return prefix.match(/>|[-+*]|\d+[.)]/g)?.length ?? 0;
}
