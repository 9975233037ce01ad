/** Text to look for, as lesson.yaml writes it: plain, or a regular expression between slashes. */

import type { Pattern } from '../../model/check.ts';
import { messageOf } from '../../model/errors.ts';

/** A pattern read, or what is wrong with it and what to write instead. */
export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly rule: string; readonly message: string; readonly suggestion?: string };

/**
 * Plain text, or `/…/` with flags of `i`, `m`, `s`, `u`. Slashes inside an expression are written `\/`, so a path
 * such as `/srv/galaxy/` is plain text; what could be both is refused.
 * @param written as it stands in lesson.yaml.
 */
export function readPattern(written: string): PatternResult {
  const parts = /^\/([^\n]+)\/([a-z]*)$/.exec(written);
  const body = parts?.[1] ?? '';
  const flags = parts?.[2] ?? '';
  if (parts === null) return { ok: true, pattern: { text: written } };
  const inner = hasBareSlash(body);
  if (!/^[imsu]*$/.test(flags) || new Set(flags).size !== flags.length) {
    return inner || !/[\\^$*+?()[\]{}|]/.test(body) ? { ok: true, pattern: { text: written } } : badFlags(written, flags);
  }
  if (!inner) return readRegex(body, flags);
  if (!/[\\^$*+?()[\]{}|]/.test(body)) return { ok: true, pattern: { text: written } };
  return {
    ok: false,
    rule: 'ambiguous-pattern',
    message: `${quote(written)} could be text or a regular expression.`,
    suggestion: 'Write {regex: …} or {text: …}, or each slash inside the expression as \\/.',
  };
}

/**
 * A regular expression, tried out.
 * @param regex its source, without slashes around it.
 * @param flags of `i`, `m`, `s`, `u`.
 */
export function readRegex(regex: string, flags: string): PatternResult {
  try {
    new RegExp(regex, flags);
    return { ok: true, pattern: { regex, flags } };
  } catch (thrown) {
    const why = messageOf(thrown)
      .replace(/^Invalid regular expression: /, '')
      .replace(/^.*: /s, '');
    return {
      ok: false,
      rule: 'bad-regex',
      message: `${quote(regex)} is no regular expression: ${why}.`,
      suggestion: 'Write \\ before a character that stands for itself.',
    };
  }
}

/** True where a slash stands in the expression that is neither escaped nor in a character class. */
function hasBareSlash(body: string): boolean {
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const character = body[at];
    if (character === '\\') at++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return true;
  }
  return false;
}

function badFlags(written: string, flags: string): PatternResult {
  return {
    ok: false,
    rule: 'bad-regex',
    message: `${quote(written)} ends in ${quote(flags)}, which are no flags of a regular expression.`,
    suggestion: 'Flags are i, m, s and u, each once; write {text: …} where it is plain text.',
  };
}

function quote(text: string): string {
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
