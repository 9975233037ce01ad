/**
 * A string as one word of POSIX sh, whatever is in it: within single quotes nothing is special but the single quote.
 * @param value any text without NUL, which no argument can carry.
 * @throws RangeError for text with a NUL.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new RangeError('text with a NUL character cannot be an argument');
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/**
 * A path as one word of sh that no program takes for an option.
 * @param path absolute or relative.
 */
export function quotePath(path: string): string {
  return quote(path.startsWith('/') ? path : `./${path}`);
}
