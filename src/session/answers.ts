/** Answers to a section's questions: which are taken, and whether they are right. Pure. */
import { isRight, longestAnswer, rightAnswer } from '../model/answer.ts';
import type { Check } from '../model/check.ts';
import type { DurableEvent, SessionEvent } from './events.ts';
import { openSection, type SessionState } from './state.ts';

/**
 * What an answer becomes; null where it answers nothing: another section's question, one that was answered rightly
 * before, choices that there are not, or nothing at all.
 * @param state the session.
 * @param event the answer.
 */
export function answer(
  state: SessionState,
  event: Extract<SessionEvent, { type: 'answer-given' }>,
): Extract<DurableEvent, { type: 'question-answered' }> | null {
  const open = openSection(state);
  const question = open?.section.checks.find(({ id }) => id === event.check)?.question;
  if (open?.own.status !== 'open' || question?.kind !== 'answer') return null;
  if (open.own.verdicts[event.check]?.verdict.status === 'pass') return null;
  const said = event.given === 'right' ? rightAnswer(question) : event.given;
  const given =
    question.how === 'text'
      ? said.slice(0, 1).map((text) => text.slice(0, longestAnswer).trim())
      : question.choices.filter((choice) => said.includes(choice));
  if (given.length === 0 || given[0] === '') return null;
  const { at, check, by } = event;
  return { type: 'question-answered', at, check, given, right: isRight(question, given), by };
}

/**
 * Whether a check is a question to the learner, which no host can be asked.
 * @param check any.
 */
export function isForLearner({ question }: Check): boolean {
  return question.kind === 'answer';
}
