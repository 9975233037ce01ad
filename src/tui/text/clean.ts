/**
 * The last gate before text reaches the terminal: nothing that a terminal would obey gets through.
 */

/** C0, DEL, C1, line separators and the marks that reverse the direction of text. */
const obeyed = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of one row without control characters; tabs become spaces.
 * @param text untrusted text.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\t', '    ').replace(obeyed, '');
}
