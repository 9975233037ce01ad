/**
 * Everything that keys, footer and panes need to know of this moment, put together once: the session's view, the
 * screen's own state, the layout, and where reader and mark are in the text. Pure.
 */
import type { Tab } from '../engine/engine.ts';
import type { CheckView, View } from '../session/view.ts';
import type { KeyBook } from './key-book.ts';
import type { Layout } from './layout.ts';
import { nextSection, nextStep, openSection, shownSection } from './lesson/progress.ts';
import type { Anchor, Rendered } from './lesson/rendered.ts';
import { type Overlay, onward, type ReadingPlace, type UiState } from './ui-state.ts';

/** Where the reader is in the text. */
export interface Reading {
  readonly document: Rendered;
  /** Cells of a line. */
  readonly width: number;
  /** Rows of the pane. */
  readonly height: number;
  /** First line shown. */
  readonly top: number;
  /** The most that `top` can be. */
  readonly lastTop: number;
  /** The stop that Enter acts on: a block's id, `onward` or null. */
  readonly marked: string | null;
  /** Whether enough of it can be seen to act on it. */
  readonly markSeen: boolean;
}

/** The moment. */
export interface Situation {
  readonly view: View;
  readonly ui: UiState;
  readonly tabs: readonly Tab[];
  readonly layout: Layout;
  readonly keys: KeyBook;
  /** Whether the section has been shown long enough to be acted on. */
  readonly settled: boolean;
  readonly reading: Reading;
}

/**
 * The stop that is marked: what the learner chose, or what is next.
 * @param view the session's view.
 * @param ui the screen's state.
 */
export function markedStop(view: View, ui: UiState): string | null {
  const section = shownSection(view);
  if (!section || section.status === 'locked') return null;
  const chosen = ui.marks[section.id];
  const here = view.shown === view.open;
  const canGoOn = here && nextSection(view) !== undefined;
  if (chosen !== undefined && (chosen === onward ? canGoOn : section.steps.some((step) => step.block === chosen))) return chosen;
  if (canGoOn && (section.status !== 'open' || section.steps.every((step) => step.status === 'done'))) return onward;
  return here ? (nextStep(section)?.block ?? null) : null;
}

/**
 * Where the reader is.
 * @param view the session's view.
 * @param ui the screen's state.
 * @param document the section's lines.
 * @param room cells of a line and rows of the pane.
 */
export function readingOf(
  view: View,
  ui: UiState,
  document: Rendered,
  room: { readonly width: number; readonly height: number },
): Reading {
  const { width, height } = room;
  const section = shownSection(view);
  const lastTop = Math.max(0, document.lines.length - height);
  const top = Math.min(topOf(section && ui.places[section.id], document.lines.length, width), lastTop);
  const marked = markedStop(view, ui);
  const place = document.anchors.find((anchor) => anchor.block === marked);
  return { document, width, height, top, lastTop, marked, markSeen: place !== undefined && isSeen(place, top, height) };
}

/** After a change of width, about the same text stays on top. */
function topOf(place: ReadingPlace | undefined, total: number, width: number): number {
  if (!place) return 0;
  return place.width === width ? place.top : Math.round((place.top * total) / Math.max(1, place.total));
}

/** Of a block its head must be seen or most of the pane be its; of the way onward its last line, which says where to. */
function isSeen(place: Anchor, top: number, height: number): boolean {
  if (place.block === onward) return place.bottom > top && place.bottom <= top + height;
  const seen = Math.min(place.bottom, top + height) - Math.max(place.top, top);
  return seen >= Math.min(2, place.bottom - place.top) && (place.top >= top || seen > height / 2);
}

/**
 * The first failing check of the open section that still has a hint to give.
 * @param view the session's view.
 */
export function hintable(view: View): CheckView | undefined {
  return openSection(view)?.checks.find((check) => check.status === 'fail' && check.hasHint && check.hint === undefined);
}

/**
 * The first question to the learner of the open section that has no right answer yet.
 * @param view the session's view.
 */
export function openQuestion(view: View): CheckView | undefined {
  const open = openSection(view);
  return open?.status === 'open' ? open.checks.find((check) => check.asks !== undefined && check.status !== 'pass') : undefined;
}

/**
 * The question that an answer is being given to; undefined once it was answered rightly.
 * @param view the session's view.
 * @param overlay what lies over the panes.
 */
export function askedIn(view: View, overlay: Overlay | null): CheckView | undefined {
  if (overlay?.type !== 'answer') return undefined;
  return openSection(view)?.checks.find((check) => check.id === overlay.check && check.status !== 'pass');
}

/**
 * The screen's state without an overlay that has nothing left to ask.
 * @param view the session's view.
 * @param ui the screen's state.
 */
export function withoutAnswered(view: View, ui: UiState): UiState {
  return ui.overlay?.type === 'answer' && askedIn(view, ui.overlay) === undefined ? { ...ui, overlay: null } : ui;
}

/**
 * Whether something would be cut short by leaving: a block being typed, or a program in a shell.
 * @param situation the moment.
 */
export function isBusy(situation: Pick<Situation, 'view' | 'tabs'>): boolean {
  return situation.view.running !== null || situation.tabs.some((tab) => tab.terminal.alive && !tab.terminal.atPrompt);
}

/**
 * The tab that is shown: the chosen one, or the first while that one is gone.
 * @param tabs the engine's tabs.
 * @param ui the screen's state.
 */
export function shownTab(tabs: readonly Tab[], ui: UiState): Tab | undefined {
  return tabs.find((tab) => tab.number === ui.tab) ?? tabs[0];
}
