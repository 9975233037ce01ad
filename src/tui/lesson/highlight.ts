/**
 * Colours the code of a lesson: small tables of patterns, one for each language that lessons use. Good enough to read
 * by, quick enough for the very first frame, and never wrong about the text itself: what no pattern knows stays plain.
 * It knows nothing of markdown or of panes.
 */
import { accentStyle, dimStyle, type Line, plainStyle, type Span, type Style } from '../../tui/text/line.ts';
import { type Language, languageOf, type Rule } from './languages.ts';

const styles: Readonly<Record<Rule['is'], Style>> = {
  comment: { dim: true, italic: true },
  string: { tone: 'good' },
  key: accentStyle,
  keyword: accentStyle,
  name: { bold: true },
  heading: { tone: 'accent', bold: true },
  variable: accentStyle,
  faint: dimStyle,
  added: { tone: 'good' },
  removed: dimStyle,
  plain: plainStyle,
};

/** Beyond this many characters code stays plain: nobody reads it here, and drawing must stay quick. */
const longest = 64_000;

/**
 * The lines of a piece of code, coloured.
 * @param lang the fence's language, as written; an unknown one leaves the text plain.
 * @param text the code, without its last line break.
 */
export function highlight(lang: string, text: string): readonly Line[] {
  const language = text.length > longest ? undefined : languageOf(lang);
  const clean = text.replaceAll('\r\n', '\n').replaceAll('\t', '    ');
  if (!language) return clean.split('\n').map((line) => (line === '' ? [] : [{ text: line, style: plainStyle }]));
  return toLines(tokenize(language, clean));
}

function tokenize(language: Language, text: string): Span[] {
  const tokens: Span[] = [];
  let plain = 0;
  let at = 0;
  const flush = (end: number) => {
    if (end > plain) tokens.push({ text: text.slice(plain, end), style: plainStyle });
  };
  while (at < text.length) {
    const found = match(language, text, at);
    if (!found) {
      at += 1;
      continue;
    }
    flush(at);
    tokens.push({ text: found.text, style: styles[found.is] });
    at += found.text.length;
    plain = at;
  }
  flush(text.length);
  return tokens;
}

function match(language: Language, text: string, at: number): { readonly text: string; readonly is: Rule['is'] } | null {
  for (const { pattern, is } of language) {
    // The tables hold sticky patterns; a copy of the position keeps them free of state between calls.
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found && found[0] !== '') return { text: found[0], is };
  }
  return null;
}

function toLines(tokens: readonly Span[]): Line[] {
  const lines: Span[][] = [[]];
  for (const token of tokens) {
    token.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ text, style: token.style });
    });
  }
  return lines;
}
