/** Patterns as lessons write them: matching, and showing them to people. */
import type { Pattern } from '../model/check.ts';

/**
 * Whether the pattern is found anywhere in the text.
 * @param pattern plain text or a regular expression.
 * @param text where to look.
 * @throws SyntaxError for a regular expression that is none.
 */
export function foundIn(pattern: Pattern, text: string): boolean {
  return 'text' in pattern ? text.includes(pattern.text) : toRegExp(pattern).test(text);
}

/**
 * Whether the text is the pattern: equal for plain text, found for a regular expression.
 * @param pattern plain text or a regular expression.
 * @param text what is there.
 */
export function isMatch(pattern: Pattern, text: string): boolean {
  return 'text' in pattern ? text === pattern.text : toRegExp(pattern).test(text);
}

/**
 * The pattern for people: text in quotes where it could be misread, a regular expression between slashes.
 * @param pattern what to show.
 */
export function showPattern(pattern: Pattern): string {
  return 'text' in pattern ? showText(pattern.text) : `/${pattern.regex}/${pattern.flags}`;
}

/**
 * A piece of text from the host, fit for a line: one line, no control characters, at most 120 characters.
 * @param text anything.
 */
export function showText(text: string): string {
  const line = oneLine(text);
  return line === '' || line !== text || /^\s|\s$/.test(text) ? `“${line}”` : line;
}

/**
 * Text from the host without line breaks and control characters, cut at 120 characters.
 * @param text anything.
 */
export function oneLine(text: string): string {
  const line = flat(text);
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}

function flat(text: string): string {
  return printable(text.slice(0, 2000).replace(/\s+/g, ' ').trim());
}

/** Lines and characters of an excerpt. */
const excerptLines = 4;
const excerptLength = 200;

/**
 * What a program printed, fit for a sentence: its lines side by side, of many the first two and the last two, no control
 * characters, about 200 characters of it.
 * @param text anything.
 */
export function excerpt(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const shown = lines.length <= excerptLines ? lines : [...lines.slice(0, 2), '…', ...lines.slice(-2)];
  const whole = [...shown.map(flat).join(' · ')];
  return whole.length <= excerptLength ? whole.join('') : `${whole.slice(0, excerptLength - 1).join('')}…`;
}

/**
 * Text with every control and format character replaced by a dot: fit for any terminal.
 * @param text anything, from a lesson or from a host.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '·');
}

// `g` and `y` make a RegExp remember where it was; a pattern must give the same answer each time.
function toRegExp(pattern: { readonly regex: string; readonly flags: string }): RegExp {
  return new RegExp(pattern.regex, pattern.flags.replace(/[gy]/g, ''));
}
