/** When an ini value is the one asked for, as the program that reads the file would see it. */
import { isMatch } from '../../checks/pattern.ts';
import type { Pattern } from '../../model/check.ts';
import type { IniEntry, IniFlavour } from './parse-ini.ts';

/**
 * Whether an entry has the value. White space around it does not count, nor does an inline comment; for supervisord
 * neither does white space around the commas of a list. A truth value may be spelled in any of the usual ways.
 * @param pattern what is asked for.
 * @param entry what is there.
 * @param flavour who reads it.
 */
export function hasValue(pattern: Pattern, entry: IniEntry, flavour: IniFlavour): boolean {
  return [entry.value, entry.bare].some((value) => isSame(pattern, value, flavour));
}

function isSame(pattern: Pattern, value: string, flavour: IniFlavour): boolean {
  if ('regex' in pattern) return isMatch(pattern, value);
  const wanted = pattern.text.trim();
  if (wanted === value || truth(wanted, true) === truth(value, false)) return true;
  return flavour === 'supervisor' && tight(wanted) === tight(value);
}

/** Digits are truth values only where a word is asked for: `processes = 1` is a number. */
function truth(text: string, asked: boolean): boolean | string {
  const word = text.toLowerCase();
  if (['true', 'yes', 'on'].includes(word) || (!asked && word === '1')) return true;
  if (['false', 'no', 'off'].includes(word) || (!asked && word === '0')) return false;
  return `${asked ? 'asked' : 'given'} ${text}`;
}

function tight(text: string): string {
  return text.replace(/\s*([,\n])\s*/g, (_, separator: string) => (separator === ',' ? ',' : ' ')).replace(/, | ,/g, ',');
}
