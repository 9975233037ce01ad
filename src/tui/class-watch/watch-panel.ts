/** Below the matrix: the checks of the learner the keys are on, who is stuck together, and what the keys do. Pure. */
import type { ClassView } from '../../classroom/instructor/class-view.ts';
import {
  checksOf,
  duration,
  namedClusters,
  reasonWords,
  stateWords,
  verdictWords,
} from '../../classroom/instructor/seat-words.ts';
import { accentStyle, boldStyle, dimStyle, type Line, lineWidth, span } from '../../tui/text/line.ts';
import { words } from '../../words/words.ts';
import { verdictSpan } from './watch-cells.ts';
import { WATCH_KEYS } from './watch-keys.ts';
import { currentSeat, type WatchState } from './watch-state.ts';

/** Checks that are shown; more are counted. */
const MOST_CHECKS = 4;
const MOST_GROUPS = 2;

/**
 * The lower part.
 * @param state what is known.
 * @param view the class.
 * @param at the server's time, ms.
 */
export function panelLines(state: WatchState, view: ClassView, at: number): readonly Line[] {
  return [...learnerLines(state, view, at), ...groupLines(view)];
}

function learnerLines(state: WatchState, view: ClassView, at: number): readonly Line[] {
  const seat = currentSeat(state);
  const section = view.lesson.sections[state.section];
  if (!seat || !section) return [[span(words().watch.nobody, dimStyle)]];
  const status = seat.sections[section.id]?.status ?? 'locked';
  const head: Line = [
    span(` ${seat.name}`, boldStyle),
    span(`, ${stateWords(seat.state)} · ${state.section + 1} ${section.title} · ${words().watch.statuses[status]}`),
    ...(seat.hand ? [span(`   ✋ ${seat.hand.note || words().watch.handUp}, ${duration(at - seat.hand.at)}`, accentStyle)] : []),
  ];
  const checks = checksOf(section, seat);
  const shown = checks
    .slice(0, MOST_CHECKS)
    .map(
      ({ title, verdict }): Line => [
        span('   '),
        verdictSpan(verdict.status),
        span(` ${title}`),
        span(verdict.status === 'pass' ? '' : `   ${verdictWords(verdict)}`, dimStyle),
      ],
    );
  const more = checks.length - shown.length;
  if (more > 0) return [head, ...shown.slice(0, -1), [span(words().watch.more(more + 1), dimStyle)]];
  return checks.length > 0 ? [head, ...shown] : [head, [span(words().watch.nothing, dimStyle)]];
}

function groupLines(view: ClassView): readonly Line[] {
  return namedClusters(view)
    .slice(0, MOST_GROUPS)
    .map(({ seats, of, title, reason }) => [
      span(words().watch.fail(seats.length, of), boldStyle),
      span(title),
      span(`   ${reasonWords(reason)}`, dimStyle),
    ]);
}

/**
 * The bottom line: a question, what came of the last one, or the keys.
 * @param state what is known.
 * @param cols cells across.
 */
export function footerLine(state: WatchState, cols: number): Line {
  if (state.question !== null) {
    const keys: Line = [span('y', accentStyle), span(words().watch.yes), span('n', accentStyle), span(words().watch.no)];
    return [span(' '), ...keys, span(state.question.words, boldStyle)];
  }
  if (state.notice !== '') return [span(` ${state.notice}`, boldStyle)];
  let line: Line = [span(' ')];
  for (const [key, name] of WATCH_KEYS) {
    const next: Line = [...line, span(key, accentStyle), span(` ${words().watch.keys[name]}   `)];
    if (lineWidth(next) <= cols) line = next;
  }
  return line;
}
