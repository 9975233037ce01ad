/** What the footer says of keys whose words depend on the moment. Pure. */

import { words } from '../words/words.ts';
import { nextSection, openSection, sectionName, shownSection } from './lesson/progress.ts';
import { stepAction } from './lesson/render-step.ts';
import { hintable, openQuestion, type Situation } from './situation.ts';
import { onward } from './ui-state.ts';

/** What Enter does now; null while it does nothing. */
export function actWords(situation: Situation): string | null {
  const { view, reading, settled } = situation;
  if (reading.marked === null) return view.shown === view.open && openQuestion(view) !== undefined ? words().bar.answer : null;
  if (!settled) return null;
  if (reading.marked === onward) return onwardWords(situation);
  if (!reading.markSeen) return words().bar.toNextStep;
  const step = shownSection(view)?.steps.find((each) => each.block === reading.marked);
  return step && step.status !== 'running' ? stepAction(step) : null;
}

function onwardWords({ view, reading }: Situation): string | null {
  const next = nextSection(view);
  if (!reading.markSeen) return openSection(view)?.kind === 'reading' ? words().bar.readOn : words().bar.whatHappened;
  // Held before the gate, asking again changes nothing.
  const held = view.class?.held;
  return next && !(held?.waiting === true && !held.passable) ? sectionName(next) : null;
}

/** Whether there is a question to answer, where Enter is for something else. */
export function answerWords(situation: Situation): string | null {
  return openQuestion(situation.view) !== undefined && actWords(situation) !== words().bar.answer ? words().bar.answer : null;
}

/** Whether there is another stop for the mark. */
export function stopWords({ reading }: Situation): string | null {
  return reading.document.anchors.length > 1 ? words().bar.nextStep : null;
}

/** Whether there is a hint to be had: of a check, or of the section. */
export function hintWords({ view }: Situation): string | null {
  const open = openSection(view);
  const ofSection = open !== undefined && open.status === 'open' && open.hints.length < open.hintCount;
  return hintable(view) !== undefined || ofSection ? words().bar.hint : null;
}

/** Where Esc leads while another section is read than the one that is open. */
export function backWords({ view }: Situation): string | null {
  const open = openSection(view);
  if (view.shown === view.open || !open) return null;
  return words().bar.backTo(open.number > 0 ? words().parts.section(open.number) : open.shortTitle);
}
