/** What the learner can choose at the prompt, by number or by word. Pure. */
import type { CheckView, SectionView, View } from '../session/view.ts';
import { heldSentence } from '../tui/classroom/class-lines.ts';
import { words } from '../words/words.ts';
import type { Action, Choice } from './choice.ts';
import { classChoices } from './class-words.ts';
import { onwardFrom, sectionWords, stepWords, tally } from './plain-words.ts';

/**
 * The choices in the section that is shown: its steps, its questions that are open, then always the same ones in the same order.
 * @param view the session's view.
 */
export function choicesOf(view: View): readonly Choice[] {
  const shown = view.sections[view.shown];
  const steps = shown && shown.status !== 'locked' ? shown.steps : [];
  return [
    ...steps.map((step): Choice => ({ label: stepWords(step), action: { type: 'step', block: step.block, kind: step.kind } })),
    ...questionsOf(view).map(
      (check): Choice => ({
        label: words().choices.answer(check.asks?.ask ?? check.title),
        action: { type: 'answer', check: check.id },
      }),
    ),
    { word: 'next', letter: 'n', label: nextLabel(view), action: { type: 'next' } },
    { word: 'hint', letter: 'h', label: words().choices.hint, action: { type: 'hint' } },
    { word: 'checks', letter: 'c', label: checksLabel(view.sections[view.open]), action: { type: 'checks' } },
    { word: 'shell', letter: 's', label: words().choices.shell, action: { type: 'shell', tab: 1 } },
    { word: 'text', letter: 't', label: words().choices.text, action: { type: 'text' } },
    { word: 'go', letter: 'g', label: words().choices.go, action: { type: 'sections' } },
    { word: 'skip', letter: 'k', label: words().choices.skip, action: { type: 'skip' } },
    ...classChoices(view),
    { word: 'quit', letter: 'q', label: words().choices.quit, action: { type: 'quit' } },
  ];
}

/** Questions of the open section that have no right answer yet, where it is the one that is shown. */
function questionsOf(view: View): readonly CheckView[] {
  const open = view.sections[view.open];
  if (open?.status !== 'open' || view.shown !== view.open) return [];
  return open.checks.filter((check) => check.asks !== undefined && check.status !== 'pass');
}

function nextLabel(view: View): string {
  const { open, next, may } = onwardFrom(view);
  if (open && view.shown !== view.open) return words().choices.nextBackTo(sectionWords(open));
  if (!next) return words().choices.nextLast;
  if (may && view.class?.held) return words().choices.next(heldSentence(view, view.class.held));
  return may ? words().choices.next(sectionWords(next)) : words().choices.nextWhenDone;
}

function checksLabel(open: SectionView | undefined): string {
  return open && open.checks.length > 0 ? words().choices.checks(tally(open)) : words().choices.noChecks;
}

/**
 * The list as lines.
 * @param choices in order.
 */
export function choiceLines(choices: readonly Choice[]): readonly string[] {
  return choices.map(({ label, letter }, index) => `  ${index + 1}  ${label}${letter === undefined ? '' : ` [${letter}]`}`);
}

/**
 * What was chosen; null for what is no choice.
 * @param line as typed.
 * @param choices in order.
 */
export function chosen(line: string, choices: readonly Choice[]): Action | null {
  const typed = line.trim().toLowerCase().split(/\s+/);
  const [word = '', tab] = typed;
  const own = words().choices.word;
  if (word === '' || word === '?' || word === 'help' || word === own.help) return { type: 'list' };
  const choice = /^\d+$/.test(word)
    ? choices[Number(word) - 1]
    : choices.find(({ word: name, letter }) => letter === word || (name !== undefined && [name, own[name]].includes(word)));
  if (choice === undefined || typed.length > 2) return null;
  if (tab === undefined) return choice.action;
  return choice.action.type === 'shell' && /^[1-9]$/.test(tab) ? { type: 'shell', tab: Number(tab) } : null;
}
