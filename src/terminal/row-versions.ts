/**
 * Counts how often each row of the view may have changed, so that whoever keeps something made from a row knows whether
 * it is old. Told by xterm where it tells; otherwise every row may have changed at every look.
 */
import type { Terminal as Xterm } from '@xterm/headless';
import { onRowsChanged } from './xterm-internals.ts';

/** Versions of the rows of the view. */
export interface RowVersions {
  /** The same number for as long as row `y` looks the same. */
  of(y: number): number;
  /** Those numbers, live, one a row; null where nobody knows which rows change. */
  readonly all: Uint32Array | null;
  /** Rows of the live screen were written to, from 0, both included, past what xterm tells. */
  touch(from: number, to: number): void;
  /** Everything may have changed. */
  touchAll(): void;
}

/**
 * Follows the rows of one emulator.
 * @param xterm the emulator; the handlers end with it.
 */
export function createRowVersions(xterm: Xterm): RowVersions {
  let counter = 0;
  let versions = new Uint32Array(xterm.rows);

  function touchAll(): void {
    counter++;
    if (versions.length !== xterm.rows) versions = new Uint32Array(xterm.rows);
    versions.fill(counter);
  }

  const told = onRowsChanged(xterm, (rows) => {
    if (rows === null) touchAll();
    else versions.fill(++counter, rows.start, rows.end + 1);
  });

  return {
    of: (y) => (told ? (versions[y] ?? 0) : ++counter),
    get all() {
      return told ? versions : null;
    },
    touch: (from, to) => void versions.fill(++counter, from, to + 1),
    touchAll,
  };
}
