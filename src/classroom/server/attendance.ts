/** Who was there and how far they came, from the class in memory. */
import type { Attendance } from '../../classroom/record/export-class.ts';
import type { Cohort } from './cohort.ts';

/**
 * Attendance and completion, in the order of joining.
 * @param now by the server's clock.
 */
export function attendanceOf(cohort: Cohort, now: number): Attendance {
  const { row } = cohort;
  const seats = [...cohort.present()].sort((a, b) => a.row.joinedAt - b.row.joinedAt);
  return {
    class: { id: row.id, title: row.title, startedAt: row.startedAt },
    lesson: { id: row.lesson.id, title: row.lesson.title },
    exportedAt: now,
    sections: row.lesson.sections.map(({ id, title }) => ({ id, title })),
    learners: seats.map((seat) => {
      const stand = cohort.current(seat)?.stand;
      return {
        seat: seat.row.seat,
        name: seat.row.name,
        joinedAt: seat.row.joinedAt,
        lastHeardAt: seat.heardAt,
        host: stand?.host ?? null,
        startedAt: stand?.startedAt ?? null,
        finishedAt: stand?.finishedAt ?? null,
        sections: row.lesson.sections.map((_, n) => {
          const own = stand?.sections[n];
          const took = own?.openedAt != null && own.closedAt !== null ? Math.max(0, own.closedAt - own.openedAt) : null;
          return { status: own?.status ?? 'locked', solvedBy: own?.solvedBy ?? null, tookMs: took, hints: own?.hints ?? 0 };
        }),
      };
    }),
  };
}
