/** What keys do while one looks back in the shell. Pure; the terminal's history is only read. */
import type { TerminalHistory } from '../../terminal/terminal.ts';
import type { Command } from '../../tui/keys.ts';
import { act, nothingHappens, type Outcome } from '../../tui/outcome.ts';
import { type Situation, shownTab } from '../../tui/situation.ts';
import { type LookBack, lastCol, type Spot, selectedLines, selectedText } from './look-back.ts';
import { findAll, nextFound } from './search-history.ts';

/** Everything a key needs. */
interface Place {
  readonly situation: Situation;
  readonly back: LookBack;
  readonly history: TerminalHistory;
  readonly rows: number;
}

/**
 * Begins to look back in the shell that is shown, where its cursor is.
 * @param situation the moment.
 */
export function lookBack(situation: Situation): Outcome {
  const tab = shownTab(situation.tabs, situation.ui);
  if (!tab) return nothingHappens;
  const { history, cursor, modes } = tab.terminal;
  const live = Math.max(history.first, history.end - tab.terminal.rows);
  const line = tab.terminal.scrollback > 0 ? history.top : Math.min(history.end - 1, live + cursor.row);
  const back: LookBack = {
    tab: tab.number,
    keys: true,
    alternate: modes.alternateScreen,
    cursor: { line, col: tab.terminal.scrollback > 0 ? 0 : cursor.col },
    anchor: null,
    lines: false,
    found: null,
  };
  return act({ type: 'focus-moved', to: 'shell' }, { type: 'looked-back', back });
}

/**
 * What a key does while one looks back.
 * @param key as the key table writes it.
 * @param situation the moment; its `ui.back` has the keys.
 */
export function performLookBack(key: string, situation: Situation): Outcome {
  const { ui, keys } = situation;
  const tab = shownTab(situation.tabs, ui);
  const binding = keys.table.find((each) => each.scope === 'looking-back' && each.keys.includes(key));
  if (keys.prefix === key) return leave({ type: 'focus-moved', to: 'lesson' });
  if (ui.back === null || !tab || !binding) return nothingHappens;
  const { history, rows } = tab.terminal;
  // The wheel may have left the cursor behind.
  const back = { ...ui.back, cursor: intoView(ui.back.cursor, history, rows) };
  const place: Place = { situation, back, history, rows };
  const to = motions[binding.command]?.(place);
  if (to) return moveTo(to, place);
  return others[binding.command]?.(place) ?? nothingHappens;
}

/**
 * Goes to where a text stands, upwards from the cursor.
 * @param text what was typed; the empty text ends the search.
 * @param situation the moment; one looks back in it.
 */
export function searchFor(text: string, situation: Situation): Outcome {
  const { back } = situation.ui;
  const tab = shownTab(situation.tabs, situation.ui);
  if (back === null || !tab) return nothingHappens;
  const { history, rows } = tab.terminal;
  return goToFound({ situation, back, history, rows }, text, 'older');
}

function goToFound(place: Place, text: string, towards: 'older' | 'newer'): Outcome {
  const { back, history } = place;
  if (text === '') return act({ type: 'looked-back', back: { ...back, found: null } });
  const spots = findAll(history, text);
  const index = nextFound(spots, back.cursor, towards);
  const found = { text, at: spots.length - index, total: spots.length };
  const spot = spots[index];
  if (!spot) return act({ type: 'looked-back', back: { ...back, found: { text, at: 0, total: 0 } } });
  return moveTo(spot, { ...place, back: { ...back, found } }, true);
}

type Motion = (place: Place) => Spot;

const motions: Partial<Readonly<Record<Command, Motion>>> = {
  'back-up': ({ back }) => ({ ...back.cursor, line: back.cursor.line - 1 }),
  'back-down': ({ back }) => ({ ...back.cursor, line: back.cursor.line + 1 }),
  'back-left': ({ back }) => ({ ...back.cursor, col: back.cursor.col - 1 }),
  'back-right': ({ back }) => ({ ...back.cursor, col: back.cursor.col + 1 }),
  'back-line-start': ({ back }) => ({ ...back.cursor, col: 0 }),
  'back-line-end': ({ back, history }) => ({ ...back.cursor, col: lastCol(history.line(back.cursor.line)) }),
  'back-page-up': ({ back, rows }) => ({ ...back.cursor, line: back.cursor.line - (rows - 1) }),
  'back-page-down': ({ back, rows }) => ({ ...back.cursor, line: back.cursor.line + (rows - 1) }),
  'back-first': ({ history }) => ({ line: history.first, col: 0 }),
  'back-last': ({ history }) => ({ line: history.end - 1, col: 0 }),
  'back-next-word': ({ back, history }) => nextWord(back.cursor, history),
  'back-previous-word': ({ back, history }) => previousWord(back.cursor, history),
};

const others: Partial<Readonly<Record<Command, (place: Place) => Outcome>>> = {
  'back-search': ({ back }) => act({ type: 'looked-back', back }, { type: 'prompted', prompt: { for: 'search', text: '' } }),
  'back-older': (place) => goToFound(place, place.back.found?.text ?? '', 'older'),
  'back-newer': (place) => goToFound(place, place.back.found?.text ?? '', 'newer'),
  'back-select': (place) => select(place, false),
  'back-select-lines': (place) => select(place, true),
  'back-copy': copy,
  'back-leave': ({ back }) =>
    back.anchor === null ? leave() : act({ type: 'looked-back', back: { ...back, anchor: null, lines: false } }),
};

/** A second press lets go again, as in vim. */
function select({ back }: Place, lines: boolean): Outcome {
  const letGo = back.anchor !== null && back.lines === lines;
  const anchor = letGo ? null : (back.anchor ?? back.cursor);
  return act({ type: 'looked-back', back: { ...back, anchor, lines: !letGo && lines } });
}

function copy({ back, history }: Place): Outcome {
  if (back.anchor === null) return nothingHappens;
  const left = leave();
  return { ...left, effects: [copied(back, history), ...left.effects] };
}

/**
 * What is selected, on its way out.
 * @param back the state; something is selected.
 * @param history the lines.
 */
export function copied(back: LookBack, history: TerminalHistory): Outcome['effects'][number] {
  return { type: 'copy', text: selectedText(back, history), lines: selectedLines(back, history) };
}

function leave(...more: Outcome['actions']): Outcome {
  return { actions: [{ type: 'looked-back', back: null }, ...more], effects: [{ type: 'show-line', line: null }] };
}

/** The cursor, and the view with it where it would be outside; what was searched for comes to the middle. */
function moveTo(to: Spot, { back, history, rows, situation }: Place, middle = false): Outcome {
  const line = Math.max(history.first, Math.min(to.line, history.end - 1));
  const cursor = { line, col: Math.max(0, Math.min(to.col, situation.layout.terminal.cols - 1)) };
  const { top } = history;
  const seen = line >= top && line < top + rows;
  const first = middle ? line - Math.floor(rows / 2) : line < top ? line : line - rows + 1;
  return {
    actions: [{ type: 'looked-back', back: { ...back, cursor } }],
    effects: seen ? [] : [{ type: 'show-line', line: first }],
  };
}

/**
 * The cell, brought into the view.
 * @param spot any cell.
 * @param history the lines, and where the view is.
 * @param rows rows of the view.
 */
export function intoView(spot: Spot, history: TerminalHistory, rows: number): Spot {
  return { ...spot, line: Math.max(history.top, Math.min(spot.line, history.top + rows - 1, history.end - 1)) };
}

function nextWord({ line, col }: Spot, history: TerminalHistory): Spot {
  const here = history.line(line);
  const at = here.indexOf(col);
  const [skipped] = /^\S*\s*/.exec(here.text.slice(at)) ?? [''];
  if (at + skipped.length < here.text.length) return { line, col: here.colOf(at + skipped.length) };
  for (let next = line + 1; next < history.end; next++) {
    const { text, colOf } = history.line(next);
    if (text.trim() !== '') return { line: next, col: colOf(text.search(/\S/)) };
  }
  return { line, col };
}

function previousWord({ line, col }: Spot, history: TerminalHistory): Spot {
  const here = history.line(line);
  const word = here.text.slice(0, here.indexOf(col)).search(/\S+\s*$/);
  if (word >= 0) return { line, col: here.colOf(word) };
  for (let previous = line - 1; previous >= history.first; previous--) {
    const { text, colOf } = history.line(previous);
    const last = text.search(/\S+\s*$/);
    if (last >= 0) return { line: previous, col: colOf(last) };
  }
  return { line, col };
}
