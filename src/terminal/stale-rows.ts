/**
 * Which rows of the view may look other than they were painted last. Told by xterm where it tells; otherwise all of them,
 * always.
 */
import type { Terminal as Xterm } from '@xterm/headless';
import { onRowsChanged } from './xterm-internals.ts';

/** Rows to paint again. */
export interface StaleRows {
  /** Everything may have changed. */
  all(): void;
  /** True where row `y` has to be painted again; it counts as painted from then on. */
  take(y: number): boolean;
}

/**
 * Follows the rows of one emulator.
 * @param xterm the emulator; the handlers end with it.
 */
export function createStaleRows(xterm: Xterm): StaleRows {
  /** 1 where painted. A row that is not in it is not painted. */
  let fresh = new Uint8Array(xterm.rows);

  function all(): void {
    if (fresh.length === xterm.rows) fresh.fill(0);
    else fresh = new Uint8Array(xterm.rows);
  }

  const told = onRowsChanged(xterm, (rows) => {
    const { baseY, viewportY } = xterm.buffer.active;
    // In a view that looks back, rows move when old lines are dropped.
    if (rows === null || baseY !== viewportY) all();
    else fresh.fill(0, rows.start, rows.end + 1);
  });

  return {
    all,
    take(y) {
      const stale = !told || fresh[y] !== 1;
      fresh[y] = 1;
      return stale;
    },
  };
}
