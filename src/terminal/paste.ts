/**
 * Text as a terminal sends it when it is pasted: line breaks as the Enter key, and nothing that acts as a key instead of
 * being text (xterm's `allowWindowOps` discussion and bracketed paste's own rules).
 * @param text what is pasted.
 * @param bracketed the inner program asked to be told where a paste begins and ends.
 */
export function pastedText(text: string, bracketed: boolean): string {
  const safe = text.replace(/\r\n|\n/g, '\r').replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
  return bracketed ? `\x1b[200~${safe}\x1b[201~` : safe;
}
