/** A completion record from what a class server knows of a journal. Pure. */
import type { CompletionRecord } from '../../classroom/protocol/record.ts';
import type { JournalStand } from '../../classroom/stand/journal-stand.ts';
import type { ClassRow, JournalRow, SeatRow } from '../../classroom/store/rows.ts';

/** What a record is made of. */
export interface RecordFacts {
  readonly room: ClassRow;
  readonly seat: SeatRow;
  readonly journal: JournalRow;
  readonly stand: JournalStand;
  /** By the server's clock. */
  readonly now: number;
}

/** Makes a record, not signed yet. */
export function recordOf({ room, seat, journal, stand, now }: RecordFacts): CompletionRecord {
  return {
    format: 'lockstep-completion-record',
    version: 1,
    class: { id: room.id, title: room.title },
    learner: { seat: seat.seat, name: seat.name },
    lesson: { id: room.lesson.id, title: room.lesson.title, hash: journal.lessonHash },
    host: stand.host,
    startedAt: stand.startedAt,
    finishedAt: stand.finishedAt,
    sections: room.lesson.sections.map(({ id, title }, n) => {
      const own = stand.sections[n];
      return {
        id,
        title,
        status: own?.status ?? 'locked',
        openedAt: own?.openedAt ?? null,
        closedAt: own?.closedAt ?? null,
        solvedBy: own?.solvedBy ?? null,
        hints: own?.hints ?? 0,
      };
    }),
    journal: { id: journal.id, head: journal.head, lines: journal.next },
    firstHeardAt: journal.firstReceivedAt,
    signedAt: now,
  };
}
