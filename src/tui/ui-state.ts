/**
 * What the screen itself remembers: where the keys go, how far each section is scrolled, which block is marked, what
 * lies over the panes. One pure reducer; it knows nothing of how any of it is drawn and nothing of the lesson's state.
 */

import type { LookBack } from './look-back/look-back.ts';
import type { Pressed } from './mouse/pressed.ts';
import type { Prompt } from './prompt.ts';

/** The two panes that can have the keys. */
export type Focus = 'lesson' | 'shell';

/** What lies over the panes by the learner's wish; questions of the session come from the view. */
export type Overlay =
  | { readonly type: 'help' | 'checks' | 'class'; readonly top: number }
  | { readonly type: 'sections'; readonly at: number }
  | AnswerSheet
  | { readonly type: 'quit' }
  /** May the class's instructor see the terminal? */
  | { readonly type: 'share' };

/** An answer that is being given: the choice that is pointed at, those that are picked, or the text so far. */
export interface AnswerSheet {
  readonly type: 'answer';
  readonly check: string;
  readonly at: number;
  readonly picked: readonly number[];
  readonly text: string;
}

/** How far a section is scrolled. Lines differ with the width, so the place says of what it is one. */
export interface ReadingPlace {
  /** First line shown, from 0. */
  readonly top: number;
  /** Cells of a line then. */
  readonly width: number;
  /** Lines of the section then. */
  readonly total: number;
}

/** The whole state of the screen. */
export interface UiState {
  readonly focus: Focus;
  /** The focused pane has the whole room. */
  readonly zoomed: boolean;
  /** Number of the terminal tab that is shown. */
  readonly tab: number;
  /** Where the reader is, by section. */
  readonly places: Readonly<Record<string, ReadingPlace>>;
  /** What the learner marked, by section: a block's id, or `onward`. */
  readonly marks: Readonly<Record<string, string>>;
  readonly overlay: Overlay | null;
  /** Looking back in the shell, or selecting there; null while its live screen is as it is. */
  readonly back: LookBack | null;
  /** What is typed into the footer; null while nothing is. */
  readonly prompt: Prompt | null;
  /** Where the mouse's button went down; null while it is up. */
  readonly pressed: Pressed | null;
  /** First line shown of a question that is longer than its box. */
  readonly questionTop: number;
  /** Time of the newest notice that was read, ms since the epoch. */
  readonly noticeRead: number;
}

/** What can happen to it. */
export type UiAction =
  | { readonly type: 'focus-moved'; readonly to: Focus }
  | { readonly type: 'zoom-toggled' }
  | { readonly type: 'tab-chosen'; readonly tab: number }
  | { readonly type: 'lesson-scrolled'; readonly section: string; readonly place: ReadingPlace }
  | { readonly type: 'block-marked'; readonly section: string; readonly mark: string }
  /** The mark goes by itself again, to what is next. */
  | { readonly type: 'mark-released'; readonly section: string }
  | { readonly type: 'overlay-opened'; readonly overlay: Overlay }
  | { readonly type: 'overlay-moved'; readonly to: number }
  | { readonly type: 'overlay-closed' }
  | { readonly type: 'looked-back'; readonly back: LookBack | null }
  | { readonly type: 'prompted'; readonly prompt: Prompt | null }
  | { readonly type: 'mouse-pressed'; readonly pressed: Pressed | null }
  | { readonly type: 'question-scrolled'; readonly top: number }
  | { readonly type: 'question-answered' }
  | { readonly type: 'notice-read'; readonly at: number };

/** The stop after the last block: going on to the next section. */
export const onward = 'onward';

/** How the screen begins: with the lesson, which says what to do. */
export const initialUi: UiState = {
  focus: 'lesson',
  zoomed: false,
  tab: 1,
  places: {},
  marks: {},
  overlay: null,
  back: null,
  prompt: null,
  pressed: null,
  questionTop: 0,
  noticeRead: 0,
};

/**
 * The next state.
 * @param ui before.
 * @param action what happened.
 */
export function reduceUi(ui: UiState, action: UiAction): UiState {
  switch (action.type) {
    case 'focus-moved':
      return { ...ui, focus: action.to, overlay: null, ...(action.to === ui.focus ? {} : { back: null, prompt: null }) };
    case 'zoom-toggled':
      return { ...ui, zoomed: !ui.zoomed };
    case 'tab-chosen':
      return { ...ui, tab: action.tab, back: null };
    case 'lesson-scrolled':
      return { ...ui, places: { ...ui.places, [action.section]: action.place } };
    case 'block-marked':
      return { ...ui, marks: { ...ui.marks, [action.section]: action.mark } };
    case 'mark-released': {
      const { [action.section]: _, ...marks } = ui.marks;
      return { ...ui, marks };
    }
    case 'overlay-opened':
      return { ...ui, overlay: action.overlay };
    case 'overlay-moved':
      return { ...ui, overlay: moveOverlay(ui.overlay, Math.max(0, action.to)) };
    case 'overlay-closed':
      return { ...ui, overlay: null };
    case 'looked-back':
      return { ...ui, back: action.back, prompt: null };
    case 'prompted':
      return { ...ui, prompt: action.prompt };
    case 'mouse-pressed':
      return { ...ui, pressed: action.pressed };
    case 'question-scrolled':
      return { ...ui, questionTop: Math.max(0, action.top) };
    case 'question-answered':
      return { ...ui, questionTop: 0 };
    case 'notice-read':
      return { ...ui, noticeRead: Math.max(ui.noticeRead, action.at) };
  }
}

function moveOverlay(overlay: Overlay | null, to: number): Overlay | null {
  if (overlay === null || overlay.type === 'quit' || overlay.type === 'share' || overlay.type === 'answer') return overlay;
  return overlay.type === 'sections' ? { ...overlay, at: to } : { ...overlay, top: to };
}
