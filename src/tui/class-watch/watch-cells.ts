/** The signs of the matrix in a terminal. Shapes differ, so that colours may be missing. Pure. */
import { type ClassSection, checksOf } from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { accentStyle, boldStyle, dimStyle, type Span, span } from '../../tui/text/line.ts';

/** Which sections are shown, and how wide a name may be. */
export interface Columns {
  readonly first: number;
  readonly count: number;
  /** Cells for a name. */
  readonly name: number;
}

/** Cells of one section. */
const SQUARE = 3;
/** Cells of state, hand and pace, and the least that is left for the section's title. */
const BESIDE = 3 + 2 + 7 + 14;
const LEAST_NAME = 12;
const MOST_NAME = 24;

/**
 * How the width is shared out; sections that do not fit are left out around the one the keys are on.
 * @param sections how many there are.
 * @param section the one the keys are on, from 0.
 * @param cols cells across.
 */
export function columnsFor(sections: number, section: number, cols: number): Columns {
  const count = Math.max(1, Math.min(sections, Math.floor((cols - BESIDE - LEAST_NAME) / SQUARE)));
  const name = Math.max(LEAST_NAME, Math.min(MOST_NAME, cols - BESIDE - count * SQUARE));
  const first = Math.max(0, Math.min(sections - count, section - Math.floor(count / 2)));
  return { first, count, name };
}

/**
 * A seat's state as a sign.
 * @param seat the seat.
 */
export function stateSpan({ state }: SeatStand): Span {
  if (state === 'working') return span('●', { tone: 'good' });
  if (state === 'waiting') return span('‖', accentStyle);
  if (state === 'done') return span('✓', { tone: 'good' });
  return state === 'offline' ? span('○', dimStyle) : span('·', dimStyle);
}

/**
 * One section of one seat as a sign: done, skipped, not open yet; where it is open, the worst of its checks.
 * @param section the section.
 * @param seat the seat.
 */
export function cellSpan(section: ClassSection, seat: SeatStand): Span {
  const status = seat.sections[section.id]?.status ?? 'locked';
  if (status === 'done') return span('✓', { tone: 'good' });
  if (status === 'skipped') return span('–', dimStyle);
  if (status === 'locked') return span('·', dimStyle);
  const verdicts = checksOf(section, seat).map(({ verdict }) => verdict.status);
  if (verdicts.includes('fail')) return span('✗', boldStyle);
  return verdicts.includes('error') ? span('!', boldStyle) : span('▸', accentStyle);
}

/**
 * The sign of a verdict.
 * @param status the verdict.
 */
export function verdictSpan(status: string): Span {
  const signs: Readonly<Record<string, Span>> = {
    pass: span('✓', { tone: 'good' }),
    fail: span('✗', boldStyle),
    error: span('!', boldStyle),
  };
  return signs[status] ?? span('·', dimStyle);
}
