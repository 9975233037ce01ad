/** Characters that move, hide or reverse text, and all controls. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;
const LONGEST = 200;

/**
 * A title that an inner program set, fit to be shown: no control or format characters, one line, not endless.
 * @param title as the program sent it.
 */
export function safeTitle(title: string): string {
  return [
    ...title
      .slice(0, LONGEST * 4)
      .replace(HARMFUL, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, LONGEST)
    .join('');
}
