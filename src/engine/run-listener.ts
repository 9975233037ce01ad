/** Who is told how far a block is. */

/** What is told while a block runs. */
export interface RunListener {
  started(index: number, terminal: number): void;
  finished(index: number, code: number): void;
}
