/** Texts and patterns of a lesson as words of a shell script. Pure. */
import type { Pattern } from '../../model/check.ts';

/**
 * A text as one word of sh.
 * @param text anything.
 */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command that finds the pattern in what comes in.
 * @param pattern text or a regular expression.
 */
export function found(pattern: Pattern): string {
  if ('text' in pattern) return `contains ${quote(pattern.text)}`;
  const flags = ['i', 'm', 's'].filter((flag) => pattern.flags.includes(flag)).join('');
  return `grep -Pzq -- ${quote(`${flags === '' ? '' : `(?${flags})`}${pattern.regex}`)}`;
}
