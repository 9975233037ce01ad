/** Bytes of a lesson's file to text, or the problem that they are none. */

import { nameCharacter, safeText, unsafeAt } from '../../lesson/text/safe-text.ts';
import type { Problem } from '../../model/problem.ts';

/** A file of a lesson as text: newlines are `\n`, no byte order mark. */
export interface Source {
  /** As the person named it, for messages. */
  readonly file: string;
  readonly text: string;
}

/** Longer texts are no lesson; and what is bounded cannot hang. */
export const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Text of a file, or a problem: too large, binary, not UTF-8.
 * @param file how to name it in messages.
 * @param bytes what is in it.
 */
export function decodeSource(file: string, bytes: Uint8Array): { readonly source: Source } | { readonly problem: Problem } {
  if (bytes.length > MAX_BYTES) {
    return fault(file, 1, 1, 'file-too-large', `The file has ${bytes.length} bytes; at most ${MAX_BYTES} are read.`);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return notUtf8(file, 1, 1, 'The file is UTF-16, not UTF-8.');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return notUtf8(file, 1, 1, 'The file is UTF-16, not UTF-8.');
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    const { line, column } = placeOf(bytes, nul);
    return fault(file, line, column, 'binary-file', 'The file is binary, not text.', 'A lesson is markdown in UTF-8.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { source: { file, text: text.replace(/\r\n?/g, '\n') } };
  } catch {
    const { line, column } = placeOf(bytes, firstBadByte(bytes));
    return notUtf8(file, line, column, 'The file is not valid UTF-8.');
  }
}

/**
 * A text without what could steer the reader's terminal, with a warning for the first such character.
 * @param source text as read.
 */
export function cleanSource(source: Source): { readonly source: Source; readonly warnings: readonly Problem[] } {
  const at = unsafeAt(source.text);
  if (at === -1) return { source: { ...source, text: safeText(source.text) }, warnings: [] };
  const before = source.text.slice(0, at).split('\n');
  const place = { file: source.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const message = `The text has a control or invisible character, ${nameCharacter(source.text, at)}; such characters are left out.`;
  const warning: Problem = { place, rule: 'control-character', message, severity: 'warning' };
  return { source: { ...source, text: safeText(source.text) }, warnings: [warning] };
}

function notUtf8(file: string, line: number, column: number, message: string): { readonly problem: Problem } {
  return fault(file, line, column, 'not-utf8', message, 'Save it as UTF-8.');
}

function fault(file: string, line: number, column: number, rule: string, message: string, suggestion?: string) {
  const place = { file, line, column };
  const problem: Problem = { place, rule, message, severity: 'error', ...(suggestion === undefined ? {} : { suggestion }) };
  return { problem };
}

/** Line and column (in bytes) of a byte, from 1. */
function placeOf(bytes: Uint8Array, at: number): { readonly line: number; readonly column: number } {
  const lineStart = at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
  let line = 1;
  for (let index = 0; index < lineStart; index++) if (bytes[index] === 10) line++;
  return { line, column: at - lineStart + 1 };
}

/** Index of the first byte that is no UTF-8, found by halves: a decoder says that, not where. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // A lead byte passes until the byte after it turns out wrong: go back to where the last whole character ends.
  while (good > 0 && !decodes(bytes.subarray(0, good), false)) good--;
  return good;
}

/** True where the bytes are UTF-8; `open`: a character that is cut at the end is no fault. */
function decodes(bytes: Uint8Array, open: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: open });
    return true;
  } catch {
    return false;
  }
}
