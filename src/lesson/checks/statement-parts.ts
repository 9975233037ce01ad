/** How patterns and lists are put into the statement that a check makes. Pure. */
import type { Pattern } from '../../model/check.ts';

/** A pattern, short enough for a title. */
export function patternText(pattern: Pattern): string {
  return 'text' in pattern ? cut(pattern.text) || '(nothing)' : `/${cut(pattern.regex)}/${pattern.flags}`;
}

/** Enough to recognise it by; the rest is in the verdict. */
export function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/** `a, b and c`. */
export function joined(parts: readonly string[], word: 'and' | 'or'): string {
  return parts.length <= 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}
