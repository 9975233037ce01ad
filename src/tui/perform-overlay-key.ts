/** What keys do while something lies over the panes: a question, help, the list of sections, all checks. Pure. */
import type { KeyBook } from './key-book.ts';
import type { Outcome } from './outcome.ts';
import { performInAnswer } from './perform-answer-key.ts';
import type { Situation } from './situation.ts';
import type { Overlay, UiAction } from './ui-state.ts';

/**
 * What a key does in the topmost overlay.
 * @param key as the key table writes it.
 * @param situation the moment; a question or an overlay is there.
 */
export function performInOverlay(key: string, situation: Situation): Outcome {
  const { view, ui } = situation;
  if (view.question !== null) return inQuestion(key, situation);
  if (ui.overlay?.type === 'quit') return inQuit(key, situation.keys);
  if (ui.overlay?.type === 'answer') return performInAnswer(key, ui.overlay, situation);
  if (ui.overlay?.type === 'share') return inShare(key, situation);
  return ui.overlay ? inList(key, ui.overlay, situation) : { actions: [], effects: [] };
}

/**
 * What lies over the panes, scrolled; in the list of sections another one is chosen.
 * @param situation the moment; a question or an overlay is there.
 * @param lines positive: further down.
 */
export function scrollOverlay({ view, ui }: Situation, lines: number): Outcome {
  if (view.question !== null) return { actions: [{ type: 'question-scrolled', top: ui.questionTop + lines }], effects: [] };
  if (ui.overlay === null || !isList(ui.overlay)) return { actions: [], effects: [] };
  const to = ui.overlay.type === 'sections' ? ui.overlay.at + Math.sign(lines) : ui.overlay.top + lines;
  return { actions: [moveTo(to, ui.overlay, view)], effects: [] };
}

function moveTo(to: number, overlay: Overlay, view: Situation['view']): UiAction {
  const last = overlay.type === 'sections' ? view.sections.length - 1 : Number.MAX_SAFE_INTEGER;
  return { type: 'overlay-moved', to: Math.min(to, last) };
}

function isFor(key: string, command: 'yes' | 'no' | 'switch-pane' | 'go-there' | 'skip', keys: KeyBook): boolean {
  return keys.table.some((binding) => binding.command === command && binding.keys.includes(key));
}

function inQuestion(key: string, { view, ui, keys }: Situation): Outcome {
  const answered: UiAction = { type: 'question-answered' };
  // Where `s` says yes, it is also the key that asks whether to skip: held down, it must not skip anything.
  const asksItself = view.question?.type === 'skip' && isFor(key, 'skip', keys);
  if (isFor(key, 'yes', keys) && !asksItself)
    return { actions: [answered], effects: [{ type: 'ask', intent: { type: 'confirm' } }] };
  if (isFor(key, 'no', keys)) return { actions: [answered], effects: [{ type: 'ask', intent: { type: 'cancel' } }] };
  const to = moved(key, ui.questionTop, 10);
  return { actions: to === null ? [] : [{ type: 'question-scrolled', top: to }], effects: [] };
}

function inQuit(key: string, keys: KeyBook): Outcome {
  if (isFor(key, 'yes', keys)) return { actions: [], effects: [{ type: 'quit' }] };
  return { actions: isFor(key, 'no', keys) ? [{ type: 'overlay-closed' }] : [], effects: [] };
}

/** Only a yes to the question lets anybody look; where nobody asks any more, any key closes it. */
function inShare(key: string, { view, keys }: Situation): Outcome {
  const close: UiAction = { type: 'overlay-closed' };
  if (view.class?.share?.status !== 'asked') return { actions: [close], effects: [] };
  if (isFor(key, 'yes', keys)) return { actions: [close], effects: [{ type: 'ask', intent: { type: 'share', allow: true } }] };
  // Leaving the question open is no answer yet.
  if (key === 'Esc') return { actions: [close], effects: [] };
  return isFor(key, 'no', keys)
    ? { actions: [close], effects: [{ type: 'ask', intent: { type: 'share', allow: false } }] }
    : { actions: [], effects: [] };
}

/** Whether it is scrolled or chosen from, rather than answered. */
function isList(overlay: Overlay): overlay is List {
  return overlay.type !== 'quit' && overlay.type !== 'share' && overlay.type !== 'answer';
}

type List = Exclude<Overlay, { type: 'quit' | 'answer' | 'share' }>;

/** Keys that close a list besides Esc: its own, and the one that leaves the program from the lesson. */
const closers: Readonly<Record<List['type'], readonly string[]>> = {
  help: ['h', 'q', '?'],
  checks: ['v', 'q'],
  class: ['w', 'q'],
  sections: ['g', 'q'],
};

function inList(key: string, overlay: List, { view, layout, keys }: Situation): Outcome {
  const close: UiAction = { type: 'overlay-closed' };
  if (key === 'Esc' || closers[overlay.type].includes(key)) return { actions: [close], effects: [] };
  if (isFor(key, 'switch-pane', keys)) return { actions: [close], effects: [] };
  if (overlay.type === 'sections' && isFor(key, 'go-there', keys)) return goThere(overlay.at, view, close);
  if (key === 'Enter') return choose(overlay, view, close);
  const at = overlay.type === 'sections' ? overlay.at : overlay.top;
  const to = moved(key, at, layout.rows - 8);
  return { actions: to === null ? [] : [moveTo(to, overlay, view)], effects: [] };
}

function choose(overlay: List, view: Situation['view'], close: UiAction): Outcome {
  if (overlay.type !== 'sections') return { actions: [close], effects: [] };
  const section = view.sections[overlay.at];
  if (!section || section.status === 'locked') return { actions: [], effects: [] };
  return { actions: [close], effects: [{ type: 'ask', intent: { type: 'view', section: section.id } }] };
}

/** To the start of the chosen section; whether it is to be is asked by the session. */
function goThere(at: number, view: Situation['view'], close: UiAction): Outcome {
  const section = view.sections[at];
  return section
    ? { actions: [close], effects: [{ type: 'ask', intent: { type: 'go', section: section.id } }] }
    : { actions: [], effects: [] };
}

/** Where a moving key leads; null for any other key. */
function moved(key: string, at: number, page: number): number | null {
  switch (key) {
    case '↓':
    case 'j':
    case 'Tab':
      return at + 1;
    case '↑':
    case 'k':
    case 'Shift-Tab':
      return at - 1;
    case 'PgDn':
    case 'Space':
      return at + page;
    case 'PgUp':
    case 'b':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return Number.MAX_SAFE_INTEGER;
    default:
      return null;
  }
}
