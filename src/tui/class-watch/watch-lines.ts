/** The class as rows of a terminal: the same matrix as on the page, in as many cells as there are. Pure. */
import type { ClassView } from '../../classroom/instructor/class-view.ts';
import type { Connection } from '../../classroom/instructor/follow-stream.ts';
import { countClass, duration, paceFigure, stateWords, timeOn } from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { accentStyle, boldStyle, dimStyle, fitLine, type Line, lineWidth, type Span, span, spread } from '../../tui/text/line.ts';
import { inLanguage, words } from '../../words/words.ts';
import { type Columns, cellSpan, columnsFor, stateSpan } from './watch-cells.ts';
import { footerLine, panelLines } from './watch-panel.ts';
import { currentSeat, type WatchState } from './watch-state.ts';

/** Rows of the lower part: a rule, the learner, their checks, groups. */
const PANEL = 9;
/** Rows that are not learners: title, counts, rule, section numbers, and the footer. */
const AROUND = 5;
/** In fewer rows than this the lower part is left out. */
const LOW = 18;

/**
 * The whole screen.
 * @param state what is known.
 * @param cols cells across.
 * @param rows rows.
 * @param now our clock, ms.
 * @returns exactly `rows` lines.
 */
export function watchLines(state: WatchState, cols: number, rows: number, now: number): readonly Line[] {
  const { view } = state;
  if (view === null) {
    return filled([[span(words().watch.asking)], [], [span(` ${connectionWords(state.connection)}`, dimStyle)]], rows);
  }
  const at = now + view.clockAhead;
  const panel = rows < LOW ? 0 : PANEL;
  const room = Math.max(1, rows - AROUND - panel);
  const columns = columnsFor(view.lesson.sections.length, state.section, cols);
  const rule: Line = [span('─'.repeat(cols), dimStyle)];
  const seats = windowOf(state, room).flatMap((id) => view.seats.get(id) ?? []);
  return [
    spread([span(` ${view.class.title}`, boldStyle)], [span(`${connectionWords(state.connection)} `, dimStyle)], cols),
    fitLine(countsLine(state, view), cols),
    rule,
    fitLine(headLine(view, columns, state.section), cols),
    ...filled(
      seats.map((seat) => fitLine(seatLine(state, view, seat, columns, at), cols)),
      room,
    ),
    ...(panel === 0 ? [] : [rule, ...filled(panelLines(state, view, at), panel - 1).map((line) => fitLine(line, cols))]),
    fitLine(footerLine(state, cols), cols),
  ];
}

function filled(lines: readonly Line[], rows: number): readonly Line[] {
  return Array.from({ length: rows }, (_, row) => lines[row] ?? []);
}

/** The part of the order around the keys. */
function windowOf({ order, seat }: WatchState, room: number): readonly string[] {
  const at = Math.max(0, order.indexOf(seat ?? ''));
  const first = Math.max(0, Math.min(order.length - room, at - Math.floor(room / 2)));
  return order.slice(first, first + room);
}

function connectionWords(connection: Connection): string {
  if (connection.state === 'live') return words().watch.live;
  if (connection.state === 'lost') return words().watch.notConnected(duration(connection.retryInMs));
  return connection.state === 'refused' ? inLanguage(connection.sentence) : words().watch.connecting;
}

function countsLine({ group, order }: WatchState, { seats, class: about, lesson }: ClassView): Line {
  const { all, states, hands } = countClass(seats.values());
  const facts = [
    words().watch.learners(all),
    words().watch.working(states.working),
    words().watch.waiting(states.waiting),
    words().watch.finished(states.done),
    words().watch.offline(states.offline),
  ];
  const held = lesson.sections.findIndex(({ id }) => id === about.gate);
  return [
    span(` ${facts.join(' · ')}`),
    ...(hands > 0 ? [span(' · '), span(words().watch.hands(hands), accentStyle)] : []),
    ...(group === 'all' ? [] : [span(' · '), span(words().watch.shown(order.length, words().watch.groups[group]), accentStyle)]),
    ...(held < 0 ? [] : [span(' · '), span(words().watch.heldBefore(held + 1, lesson.sections[held]?.title ?? ''), accentStyle)]),
  ];
}

function headLine({ class: about, lesson }: ClassView, { first, count, name }: Columns, section: number): Line {
  const numbers = lesson.sections.slice(first, first + count).flatMap(({ id }, index): Span[] => {
    const held = about.gate === id;
    const number = String(first + index + 1).padEnd(2);
    const style = first + index === section ? { bold: true, underline: true } : dimStyle;
    return [span(held ? '┃' : ' ', accentStyle), span(number, style)];
  });
  return [
    span(`   ${words().watch.learner.padEnd(name)}  `, dimStyle),
    ...numbers,
    span(`   ${words().watch.pace}  ${words().watch.section}`, dimStyle),
  ];
}

function seatLine(state: WatchState, view: ClassView, seat: SeatStand, columns: Columns, at: number): Line {
  const { first, count, name } = columns;
  const chosen = currentSeat(state)?.seat === seat.seat;
  const known = fitLine([span(seat.name, chosen ? boldStyle : {})], name);
  const cells = view.lesson.sections.slice(first, first + count).flatMap((section, index): Span[] => {
    const here = chosen && first + index === state.section;
    const held = view.class.gate === section.id;
    return [
      span(here ? '[' : held ? '┃' : ' ', here || held ? accentStyle : {}),
      cellSpan(section, seat),
      span(here ? ']' : ' ', accentStyle),
    ];
  });
  return [
    span(chosen ? '▸' : ' ', accentStyle),
    stateSpan(seat),
    span(' '),
    ...known,
    span(' '.repeat(name - lineWidth(known))),
    span(seat.hand ? '✋' : '  ', accentStyle),
    ...cells,
    span(seat.pace === null || seat.open === null ? '       ' : paceFigure(seat.pace).padStart(7)),
    span(`  ${whereWords(view, seat, at)}`, dimStyle),
  ];
}

function whereWords({ lesson }: ClassView, seat: SeatStand, at: number): string {
  const section = lesson.sections.find(({ id }) => id === seat.open);
  if (!section) return stateWords(seat.state);
  const ms = timeOn(seat, section.id, at);
  return ms === null ? section.title : `${section.title} · ${duration(ms)}`;
}
