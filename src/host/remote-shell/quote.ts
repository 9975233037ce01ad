/**
 * A word of a shell command that stands for exactly this text.
 * @param text anything without NUL.
 */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
