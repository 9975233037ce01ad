/**
 * What a program with a compositor may write to its terminal, and whatever else it wrote: the proof that nothing of an
 * inner program gets through.
 */

/** Colours and styles; the cursor's place and shape; clearing; modes that are set and taken back. */
const ours = [
  /^\x1b\[[\d;:]*m$/,
  /^\x1b\[\d+;\d+H$/,
  /^\x1b\[(?:H|2J|K)$/,
  /^\x1b\[[0-6] q$/,
  /^\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1049|2004|2026)[hl]$/,
  /^\x1b\\$/,
];
/** Any sequence: CSI, a string with its end or without, or an escape. */
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)/g;
const controls = /[\x00-\x1a\x1c-\x1f\x7f-\x9f]/g;

/** What was found. */
export interface Written {
  /** How many sequences there were. */
  readonly sequences: number;
  /** Sequences and control characters that are none of ours, escaped. */
  readonly foreign: readonly string[];
}

/**
 * Looks through everything that was written.
 * @param output all of it.
 */
export function foreignSequences(output: string): Written {
  let count = 0;
  const foreign = new Set<string>();
  const rest = output.replace(sequences, (sequence) => {
    count++;
    if (!ours.some((each) => each.test(sequence))) foreign.add(JSON.stringify(sequence));
    return '';
  });
  for (const [control] of rest.matchAll(controls)) foreign.add(JSON.stringify(control));
  return { sequences: count, foreign: [...foreign] };
}
