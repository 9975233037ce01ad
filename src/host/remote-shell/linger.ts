/** A program in a terminal, and a moment in which that terminal can be read to its end. Knows nothing of what runs in it. */

/**
 * The terminal stays open for a moment after its program: what node-pty has not read when its program ends is lost, and
 * with it a shell's last words.
 */
const LINGER = '"$@"; code=$?; sleep 0.3; exit "$code"';

/**
 * The command that runs a program and ends a moment after it, with its exit code.
 * @param words the program and its arguments.
 */
export function lingering(words: readonly string[]): { readonly file: string; readonly args: readonly string[] } {
  return { file: 'sh', args: ['-c', LINGER, 'sh', ...words] };
}
