/** What every kind of pty can do and tells, whoever holds its program. */

/** A running program and its terminal. */
export interface Pty {
  write(bytes: Buffer | string): void;
  resize(cols: number, rows: number): void;
  /** Stops reading; the kernel's buffer fills and the program waits. */
  pause(): void;
  resume(): void;
  /** False while something written has not arrived where the program is; absent where it arrives at once. */
  delivered?(): boolean;
  /** Hangs up: the program and everything in its session is told to end. */
  close(): void;
}

/** What the pty tells. */
export interface PtyListener {
  /** The bytes are the listener's only for the length of the call. */
  data(bytes: Buffer): void;
  /** After `data`, once for all that could be read in a row. */
  settled(): void;
  /** Once, after the last `data`. */
  exit(code: number | null, signal: number | null): void;
}
