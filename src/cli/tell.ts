/** Says something to a person on the ordinary terminal, broken between words where it is narrow. */
import { foldLines } from './fold-lines.ts';

/**
 * Says it where a command's answers go.
 * @param text lines.
 */
export function tell(text: string): void {
  console.log(foldLines(text, process.stdout));
}

/**
 * Says it beside the answers, where it does not get into a pipe.
 * @param text lines.
 */
export function tellAside(text: string): void {
  console.error(foldLines(text, process.stderr));
}
