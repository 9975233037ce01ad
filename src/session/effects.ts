/** What the session wants done. Data only; the engine performs them and answers with events. */
import type { Check } from '../model/check.ts';
import type { RunBlock, WriteBlock } from '../model/lesson.ts';
import type { Actor, DurableEvent } from './events.ts';

/** One thing to do. */
export type Effect =
  /** Append to the journal before anything else is done. */
  | { readonly type: 'record'; readonly event: DurableEvent }
  /** Copy the lesson's files (with the first section) and start the section's scripts; ends with `section-prepared`. */
  | { readonly type: 'prepare-section'; readonly section: string }
  /** Watch a section: run its checks until told otherwise, and its monitor if it has one. */
  | { readonly type: 'watch-section'; readonly section: string }
  | { readonly type: 'unwatch-section'; readonly section: string }
  /** Keep the host's files as they are now, at the start of a section. */
  | { readonly type: 'take-snapshot'; readonly section: string }
  /** Find out which of these hold at the start of a section. */
  | { readonly type: 'take-baseline'; readonly section: string; readonly checks: readonly Check[] }
  /** Find out which of these hold no longer, with patience for what is still coming up. */
  | { readonly type: 'check-earlier'; readonly checks: readonly Check[] }
  | { readonly type: 'rewind'; readonly section: string }
  /** A fresh host, from which everything up to this section is then solved anew. */
  | { readonly type: 'begin-afresh'; readonly section: string }
  | { readonly type: 'catch-up'; readonly to: string }
  | { readonly type: 'stop-catch-up' }
  /** Start the host, after ending what is left of it. */
  | { readonly type: 'start-host' }
  | { readonly type: 'check-now' }
  | { readonly type: 'run-block'; readonly block: RunBlock; readonly by: Actor }
  | { readonly type: 'stop-run' }
  | { readonly type: 'preview-write'; readonly block: WriteBlock; readonly by: Actor }
  | { readonly type: 'write-file'; readonly block: WriteBlock; readonly by: Actor };
