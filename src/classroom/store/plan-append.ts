/** What of a batch of reports is new, and whether the batch fits what is known. Pure. */
import type { Report } from '../../classroom/protocol/report.ts';

/** What is known of a journal: how far, and the hashes of those reports that come again. */
export interface KnownJournal {
  readonly next: number;
  /** By number; all of the batch's that are below `next`. */
  readonly hashes: ReadonlyMap<number, string>;
}

/** What comes of a batch. `next`: the number of the next report wanted. */
export type AppendPlan =
  | { readonly type: 'fits'; readonly add: readonly Report[]; readonly next: number }
  | { readonly type: 'gap'; readonly next: number }
  | { readonly type: 'other-journal' }
  | { readonly type: 'out-of-order' };

/**
 * Compares a batch with what is known.
 * @param known the journal.
 * @param reports the batch, at least one.
 */
export function planAppend(known: KnownJournal, reports: readonly Report[]): AppendPlan {
  const first = reports[0]?.seq ?? 0;
  if (reports.some(({ seq }, n) => seq !== first + n)) return { type: 'out-of-order' };
  if (first > known.next) return { type: 'gap', next: known.next };
  const again = reports.filter(({ seq }) => seq < known.next);
  if (again.some(({ seq, hash }) => known.hashes.get(seq) !== hash)) return { type: 'other-journal' };
  const add = reports.slice(again.length);
  return { type: 'fits', add, next: Math.max(known.next, first + reports.length) };
}
