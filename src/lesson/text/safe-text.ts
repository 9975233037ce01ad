/**
 * Lesson text is untrusted: what could steer the reader's terminal, or show another text than is there, goes.
 */

// C0 without tab and newline, DEL, C1; marks and overrides of writing direction; characters without width that hide
// text (zero width space, word joiner, byte order mark, tags). ZWJ and ZWNJ stay: scripts and emoji need them.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const LINE_SEPARATORS = /[\u2028\u2029]/g;

/**
 * The text without control characters (tab and newline stay), direction overrides and invisible characters.
 * @param text any text.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, '').replace(LINE_SEPARATORS, ' ');
}

/**
 * Where the first character stands that `safeText` would remove; -1 where there is none.
 * @param text any text.
 */
export function unsafeAt(text: string): number {
  return text.search(UNSAFE);
}

/**
 * Names a character for people, e.g. `U+001B`.
 * @param text the text it stands in.
 * @param at its index.
 */
export function nameCharacter(text: string, at: number): string {
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
