/** Which checks of sections that are done can be asked again later. Pure. */
import type { Check, Question } from '../model/check.ts';
import type { SessionState } from './state.ts';

/**
 * Checks of sections that are done which can be asked at any later moment.
 * @param state the session.
 */
export function doneChecks(state: SessionState): readonly Check[] {
  return state.lesson.sections
    .slice(0, state.open + 1)
    .filter((section) => state.sections[section.index]?.status === 'done')
    .flatMap((section) => section.checks.filter(isLasting));
}

/** A fact that can be asked again: not one about a moment, nor about requests or answers of its own section. */
function isLasting({ timing, question }: Check): boolean {
  return timing.once !== true && timing.never !== true && timing.stableForMs === undefined && !isCounted(question);
}

function isCounted(question: Question): boolean {
  switch (question.kind) {
    case 'monitor':
    case 'answer':
      return true;
    case 'all':
    case 'any':
      return question.of.some(isCounted);
    case 'not':
      return isCounted(question.of);
    default:
      return false;
  }
}
