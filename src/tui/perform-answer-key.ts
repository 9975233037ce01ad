/** What keys do while a question to the learner lies over the panes: choosing, writing, answering. Pure. */
import type { CheckView, View } from '../session/view.ts';
import { act, ask, nothingHappens, type Outcome } from './outcome.ts';
import { pasteInPrompt, pressInPrompt } from './prompt.ts';
import { askedIn, type Situation } from './situation.ts';
import type { AnswerSheet, Overlay } from './ui-state.ts';

type Asks = NonNullable<CheckView['asks']>;

/**
 * Puts a question over the panes.
 * @param check the question; nothing happens where there is none.
 */
export function openSheet(check: CheckView | undefined): Outcome {
  if (check?.asks === undefined) return nothingHappens;
  return act({ type: 'overlay-opened', overlay: { type: 'answer', check: check.id, at: 0, picked: [], text: '' } });
}

/**
 * What a key does in it.
 * @param key as the key table writes it.
 * @param sheet the answer so far.
 * @param situation the moment.
 */
export function performInAnswer(key: string, sheet: AnswerSheet, situation: Situation): Outcome {
  const check = askedIn(situation.view, sheet);
  if (check?.asks === undefined || key === 'Esc' || key === situation.keys.prefix) return act({ type: 'overlay-closed' });
  if (key === '?' && sheet.text === '' && mayHint(check)) return ask({ type: 'hint', check: check.id });
  return check.asks.how === 'text' ? inText(key, sheet) : inChoices(key, sheet, check.asks);
}

/**
 * Whether a hint is to be had: once an answer was wrong, as with any check that fails.
 * @param check the question.
 */
export function mayHint({ status, hasHint, hint }: CheckView): boolean {
  return status === 'fail' && hasHint && hint === undefined;
}

/**
 * Text that was pasted, as part of an answer; null where no answer in words is being given.
 * @param text what was pasted.
 * @param view the session's view.
 * @param overlay what lies over the panes.
 */
export function pasteInAnswer(text: string, view: View, overlay: Overlay | null): AnswerSheet | null {
  if (overlay?.type !== 'answer' || askedIn(view, overlay)?.asks?.how !== 'text') return null;
  return { ...overlay, text: pasteInPrompt({ for: 'search', text: overlay.text }, text).text };
}

function changed(sheet: AnswerSheet): Outcome {
  return act({ type: 'overlay-opened', overlay: sheet });
}

/** What was typed goes with the answer: after a wrong one the line is empty again. */
function answered(sheet: AnswerSheet, given: readonly string[]): Outcome {
  if (given.length === 0) return nothingHappens;
  const { actions } = changed({ ...sheet, text: '' });
  return { actions, effects: [{ type: 'ask', intent: { type: 'answer', check: sheet.check, given } }] };
}

function inText(key: string, sheet: AnswerSheet): Outcome {
  const typed = pressInPrompt({ for: 'search', text: sheet.text }, key);
  switch (typed.type) {
    case 'changed':
      return changed({ ...sheet, text: typed.prompt.text });
    case 'done':
      return typed.text.trim() === '' ? nothingHappens : answered(sheet, [typed.text]);
    default:
      return act({ type: 'overlay-closed' });
  }
}

function inChoices(key: string, sheet: AnswerSheet, { how, choices }: Asks): Outcome {
  const { at, picked } = sheet;
  const last = choices.length - 1;
  if (key === 'Enter') {
    const chosen = how === 'one' ? [at] : [...picked].sort((a, b) => a - b);
    return answered(
      sheet,
      chosen.flatMap((index) => choices[index] ?? []),
    );
  }
  const number = /^[1-9]$/.test(key) ? Number(key) - 1 : null;
  if (number !== null && number <= last) return changed(how === 'one' ? { ...sheet, at: number } : toggled(sheet, number));
  if (key === 'Space' && how === 'several') return changed(toggled(sheet, at));
  const step = ['↓', 'j', 'Tab'].includes(key) ? 1 : ['↑', 'k', 'Shift-Tab'].includes(key) ? -1 : 0;
  return step === 0 ? nothingHappens : changed({ ...sheet, at: Math.max(0, Math.min(last, at + step)) });
}

function toggled(sheet: AnswerSheet, index: number): AnswerSheet {
  const { picked } = sheet;
  return { ...sheet, at: index, picked: picked.includes(index) ? picked.filter((each) => each !== index) : [...picked, index] };
}
