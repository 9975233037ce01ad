/**
 * The marks our shell prints around prompts and commands (OSC 133 with a key), as values. Pure: it knows neither the
 * emulator that finds them nor the shell that prints them.
 */

/** One mark of the shell. */
export type ShellMark =
  /** What ran before is over: its exit code, and a number that grows with each prompt. Null: the shell did not tell. */
  | { readonly type: 'end'; readonly code: number | null; readonly serial: number | null }
  /** A prompt begins. */
  | { readonly type: 'prompt-start' }
  /** The prompt is written, typing begins. */
  | { readonly type: 'prompt-end' }
  /** The shell waits for the rest of a command. */
  | { readonly type: 'continuation' }
  /** A command was read and begins to run. */
  | { readonly type: 'start' }
  /** What stood unsent on the line was put aside, or came back: how many characters are aside now. */
  | { readonly type: 'stashed'; readonly length: number };

function numberOrNull(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/**
 * Reads the payload of an OSC 133, e.g. `D;0;lockstep=KEY;serial=4`.
 * @param payload what stands between `OSC 133 ;` and its end.
 * @param key the secret that our own shell puts into each mark; marks without it are anybody's and do not count.
 * @returns the mark, or null where it is not ours.
 */
export function readShellMark(payload: string, key: string): ShellMark | null {
  const parts = payload.split(';', 6);
  if (!parts.includes(`lockstep=${key}`)) return null;
  switch (parts[0]) {
    case 'A':
      return { type: 'prompt-start' };
    case 'B':
      return { type: 'prompt-end' };
    case 'C':
      return { type: 'start' };
    case 'D': {
      const serial = parts.find((part) => part.startsWith('serial='))?.slice('serial='.length);
      return { type: 'end', code: numberOrNull(parts[1]), serial: numberOrNull(serial) };
    }
    case 'P':
      return { type: 'continuation' };
    case 'S':
      return { type: 'stashed', length: numberOrNull(parts[1]) ?? 0 };
    default:
      return null;
  }
}
