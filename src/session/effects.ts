/** What the session wants done. Data only; the engine performs them and answers with events. */
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
  | { readonly type: 'check-now' }
  | { readonly type: 'run-block'; readonly block: RunBlock; readonly by: Actor }
  | { readonly type: 'stop-run' }
  | { readonly type: 'preview-write'; readonly block: WriteBlock; readonly by: Actor }
  | { readonly type: 'write-file'; readonly block: WriteBlock; readonly by: Actor };
