/**
 * What of a journal line is for the class: ids, verdicts, reason codes, times, the kind of host; a raised hand's note,
 * which was written for it. No command, no path, no output, no sentence. Pure. Each kind of event decides for itself
 * below, so that a new one cannot be told by accident; what does not fit the protocol is told as `other`.
 */

import { type Report, type ReportedEvent, type ReportedVerdict, reportedEvent } from '../../classroom/protocol/report.ts';
import { word } from '../../classroom/protocol/words.ts';
import type { JournalHeader } from '../../journal/record.ts';
import type { Verdict } from '../../model/check.ts';
import type { DurableEvent } from '../../session/events.ts';

/** A line of a journal, decoded. */
export interface JournalLine {
  readonly seq: number;
  readonly hash: string;
  readonly body: JournalHeader | DurableEvent;
}

/** An event of an earlier or later Lockstep may be none of those below. */
type Teller<T extends DurableEvent['type']> = (event: Extract<DurableEvent, { type: T }>) => ReportedEvent | null;

/** Null: nothing for the class. */
const tellers: { readonly [T in DurableEvent['type']]: Teller<T> } = {
  'session-started': ({ type, at, host, version }) => ({ type, at, host, version: version.slice(0, 40) }),
  'session-resumed': ({ type, at, host, version }) => ({ type, at, host, version: version.slice(0, 40) }),
  'section-opened': ({ type, at, section }) => ({ type, at, section }),
  'section-prepared': ({ type, at, section }) => ({ type, at, section }),
  'section-done': ({ type, at, section, by }) => ({ type, at, section, by: by ?? 'learner' }),
  'section-skipped': ({ type, at, section }) => ({ type, at, section }),
  'section-rewound': ({ type, at, section, how }) => ({ type, at, section, how }),
  'step-started': ({ type, at, block, by }) => ({ type, at, block, by }),
  'step-finished': ({ type, at, block }) => ({ type, at, block }),
  'step-failed': ({ type, at, block }) => ({ type, at, block }),
  'file-written': ({ type, at, block }) => ({ type, at, block }),
  'verdict-changed': ({ type, at, check, verdict }) => ({ type, at, check, verdict: withoutWords(verdict) }),
  // Whether it was right, and never what was said.
  'question-answered': ({ at, check, right }) => ({
    type: 'verdict-changed',
    at,
    check,
    verdict: right ? { status: 'pass' } : { status: 'fail', reason: 'wrong-answer' },
  }),
  'hint-revealed': ({ type, at, section, check }) => ({ type, at, section, check }),
  'monitor-summed': ({ type, at, section, served, failed, slowestMs }) => ({ type, at, section, served, failed, slowestMs }),
  'catch-up-started': ({ type, at, to }) => ({ type, at, to }),
  'catch-up-ended': ({ type, at, to }) => ({ type, at, to }),
  'lesson-finished': ({ type, at }) => ({ type, at }),
  'hand-raised': ({ type, at, note }) => ({ type, at, note }),
  'hand-lowered': ({ type, at }) => ({ type, at }),
  'message-shown': ({ type, at, message }) => ({ type, at, message }),
  'message-read': () => null,
  'snapshot-taken': () => null,
  'baseline-taken': () => null,
  'rewind-begun': () => null,
  'rewind-failed': () => null,
  'count-restarted': () => null,
};

function withoutWords(verdict: Verdict): ReportedVerdict {
  switch (verdict.status) {
    case 'fail':
    case 'error':
      return { status: verdict.status, reason: word.safeParse(verdict.reason).success ? verdict.reason : 'other' };
    default:
      return { status: verdict.status };
  }
}

/**
 * What the class is told of a line.
 * @param line from the journal.
 */
export function reportOf({ seq, hash, body }: JournalLine): Report {
  return { seq, hash, event: eventOf(body) };
}

/**
 * The same line with nothing but its number, hash and time: for what a server does not take.
 * @param report what it was told as.
 */
export function withoutContents({ seq, hash, event }: Report): Report {
  return { seq, hash, event: { type: 'other', at: event.at } };
}

function eventOf(body: JournalHeader | DurableEvent): ReportedEvent {
  if ('format' in body) return { type: 'journal-begun', at: momentOf(Date.parse(body.begun)) };
  const at = momentOf(body.at);
  const told = reportedEvent.safeParse(tell({ ...body, at }));
  return told.success ? told.data : { type: 'other', at };
}

/** A journal may hold events of another Lockstep, which are not what their type says. */
function tell(event: DurableEvent): ReportedEvent | null {
  if (!Object.hasOwn(tellers, event.type)) return null;
  try {
    // The table is keyed by the event's own type, which the compiler cannot follow through an index.
    return (tellers[event.type] as (event: DurableEvent) => ReportedEvent | null)(event);
  } catch {
    return null;
  }
}

/** The most that a date can be, ECMA-262 "time values". */
const latest = 8_640_000_000_000_000;

function momentOf(at: number): number {
  return Number.isFinite(at) ? Math.min(latest, Math.max(0, Math.trunc(at))) : 0;
}
