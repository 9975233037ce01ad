/** What is appended, and what comes of it: types alone. */
import type { Report } from '../../classroom/protocol/report.ts';
import type { AppendPlan } from './plan-append.ts';
import type { JournalRow } from './rows.ts';

/** Reports of one journal, in order. */
export interface Append {
  readonly seat: string;
  readonly journal: string;
  readonly lessonHash: string;
  readonly reports: readonly Report[];
}

/** What came of it. `journal`: as it is now; absent where there still is none. */
export interface Appended {
  readonly plan: AppendPlan | { readonly type: 'too-many' };
  readonly journal: JournalRow | null;
}
